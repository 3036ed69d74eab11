// Fetches a model from the hub: plans from the hub's list, fetches each file from where the last try ended, checks size and
// sum, then puts it in place. Whole or not at all. Runs in main and the command line.
import { mkdir, open, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { LyssnaError, toErrorData } from "../errors.ts";
import { askHub, chunksOf, type HubOptions, HubTrouble, overNetwork, tryAgain, type WaitOptions } from "./ask-hub.ts";
import type { Download } from "./catalog.ts";
import {
  bytesHere,
  type DownloadPlan,
  draftFolder,
  dropDraft,
  type PlannedFile,
  readPlan,
  totalOf,
  withoutPlan,
  writePlan,
} from "./download-draft.ts";
import { writeAll } from "./copy-file.ts";
import { checkRoom, finishModel } from "./import-model.ts";
import { keepSums, type KnownSums, readSums, sumKey } from "./known-sums.ts";
import { checkModelFolder, hashFile, type Manifest, readManifest } from "./model-folder.ts";

export interface DownloadProgress {
  readonly doneBytes: number;
  readonly totalBytes: number;
  /** Nothing comes at the moment: the server is given time. */
  readonly waiting: boolean;
}

export interface DownloadOptions extends HubOptions {
  readonly report: (progress: DownloadProgress) => void;
}

/** What the hub tells of a repository; the sum only of files in its large-file store. */
const listingSchema = z.object({
  sha: z.string().regex(/^[\w.-]{1,100}$/u),
  siblings: z.array(
    z.object({
      rfilename: z.string(),
      size: z.number().int().nonnegative().optional(),
      lfs: z.object({ sha256: z.string(), size: z.number().int().nonnegative() }).optional(),
    }),
  ),
});

/** A try that brought less than this got nowhere: a server that sends a byte a time would keep us for ever. */
const worthwhileBytes = 1 << 18;

/**
 * Downloads to `modelsDir/<id>`. What was fetched before a cut is kept and used at the next try, from the same commit.
 * Throws download-failed, -busy, -server, -gone, -wrong, -elsewhere, model-damaged, model-no-room, no-room, cancelled.
 */
export async function downloadModel(entry: Download, modelsDir: string, options: DownloadOptions): Promise<void> {
  const { signal } = options;
  try {
    await mkdir(modelsDir, { recursive: true });
    const kept = await readPlan(modelsDir, entry.id);
    const isUsable = kept?.asked === JSON.stringify(entry.from);
    try {
      await follow(
        kept !== null && isUsable ? kept : await planAnew(entry, modelsDir, options),
        entry,
        modelsDir,
        options,
      );
    } catch (error) {
      // The commit that the plan was made of may be gone: then there is a newer one to begin with.
      if (!isUsable || toErrorData(error).code !== "download-gone") throw error;
      await follow(await planAnew(entry, modelsDir, options), entry, modelsDir, options);
    }
  } catch (error) {
    if (signal.aborted) throw new LyssnaError("cancelled");
    if (error instanceof LyssnaError) throw error;
    if (toErrorData(error).code === "no-room") throw new LyssnaError("no-room", {}, { cause: error });
    throw new LyssnaError("download-failed", { model: entry.id }, { cause: error });
  }
}

/**
 * Whether the hub has another commit than the one that is installed. A download that was paused at an older one is dropped.
 * Throws as `downloadModel`.
 */
export async function hasUpdate(entry: Download, modelsDir: string, options: HubOptions): Promise<boolean> {
  const { revisions } = await makePlan(entry, options);
  const newest = revisions.join(" ");
  const kept = await readPlan(modelsDir, entry.id);
  if (kept !== null && kept.revisions.join(" ") !== newest) await dropDraft(modelsDir, entry.id);
  return (await readManifest(join(modelsDir, entry.id)))?.revision !== newest;
}

async function planAnew(entry: Download, modelsDir: string, options: DownloadOptions): Promise<DownloadPlan> {
  const onWait = () => options.report({ doneBytes: 0, totalBytes: 0, waiting: true });
  const plan = await makePlan(entry, { ...options, onWait });
  await writePlan(modelsDir, entry.id, plan);
  return plan;
}

async function makePlan(entry: Download, options: HubOptions & WaitOptions): Promise<DownloadPlan> {
  const files: PlannedFile[] = [];
  const revisions: string[] = [];
  for (const from of entry.from) {
    const url = `${options.hub}/api/models/${from.hub}/revision/${encodeURIComponent(from.revision)}?blobs=true`;
    const ask = async () => {
      const response = await askHub(url, {}, options);
      return overNetwork(() => response.json());
    };
    const listing = listingSchema.safeParse(await tryAgain(entry.id, ask, () => false, { ...options, mostCuts: 2 }));
    if (!listing.success) throw new LyssnaError("download-server", { model: entry.id, status: "–" });
    revisions.push(listing.data.sha);
    for (const alternatives of from.files) files.push(...choose(entry.id, alternatives, from, listing.data));
  }
  return { lyssna: "download/1", asked: JSON.stringify(entry.from), revisions, files };
}

/** The first of the alternatives that the repository has, with weights too large for one file beside it. */
function choose(
  id: string,
  alternatives: readonly string[],
  { hub, folder, sums }: Download["from"][number],
  { sha, siblings }: z.infer<typeof listingSchema>,
): readonly PlannedFile[] {
  const name = alternatives.find((one) => siblings.some(({ rfilename }) => rfilename === one));
  if (name === undefined) throw new LyssnaError("download-lacks", { model: id, file: alternatives[0] ?? "" });
  const wanted = siblings.filter(
    ({ rfilename }) => rfilename === name || (name.endsWith(".onnx") && rfilename.startsWith(`${name}_data`)),
  );
  return wanted.map(({ rfilename: file, size, lfs }) => ({
    path: folder === "" ? file : `${folder}/${file}`,
    hub,
    revision: sha,
    file,
    sizeBytes: lfs?.size ?? size ?? 0,
    sums: [lfs?.sha256, sums[file]].flatMap((sum) => (sum === undefined ? [] : [sum])),
  }));
}

async function follow(plan: DownloadPlan, entry: Download, modelsDir: string, options: DownloadOptions): Promise<void> {
  const { id } = entry;
  const draft = draftFolder(modelsDir, id);
  const totalBytes = totalOf(plan);
  await checkRoom(modelsDir, totalBytes - (await bytesHere(modelsDir, id, plan)), id);

  const known = await readSums(modelsDir);
  const listed: Manifest["files"] = [];
  let before = 0;
  for (const file of plan.files) {
    const report = (bytes: number, waiting = false) =>
      options.report({ doneBytes: before + bytes, totalBytes, waiting });
    const sha256 = await fetchChecked(file, id, draft, known, options, report);
    listed.push({ path: file.path, sizeBytes: file.sizeBytes, sha256 });
    before += file.sizeBytes;
  }
  await checkModelFolder(draft, id);
  await keepSums(modelsDir, Object.fromEntries(plan.files.map((file, at) => [sumKey(file), listed[at]?.sha256 ?? ""])));
  await withoutPlan(modelsDir, id);
  await finishModel(draft, modelsDir, {
    lyssna: "model/1",
    id,
    hub: entry.from.map(({ hub }) => hub).join(" "),
    revision: plan.revisions.join(" "),
    files: listed,
  });
}

/** Fetches what is missing of a file and answers its sum. One that is wrong is deleted: nothing is built on it. */
async function fetchChecked(
  file: PlannedFile,
  id: string,
  draft: string,
  known: KnownSums,
  options: DownloadOptions,
  report: (bytes: number, waiting?: boolean) => void,
): Promise<string> {
  const target = join(draft, file.path);
  const recorded = known[sumKey(file)];
  const sums = [...file.sums, ...(recorded === undefined ? [] : [recorded])];
  await mkdir(dirname(target), { recursive: true });
  for (let isFirst = true; ; isFirst = false) {
    const keptBytes = await sizeOf(target);
    let have = Math.min(keptBytes, file.sizeBytes);
    let mark = have;
    const hasMoved = () => {
      const moved = have - mark >= worthwhileBytes;
      if (moved) mark = have;
      return moved;
    };
    const progress = (bytes: number) => report((have = bytes));
    const onWait = () => report(have, true);
    progress(have);
    await tryAgain(id, () => fetchRest(file, id, target, options, progress), hasMoved, { ...options, onWait });
    const sum = await hashFile(target, options.signal);
    if (sums.every((expected) => expected === sum)) return sum;
    await rm(target, { force: true });
    // What lay there from an earlier try may have been spoilt when the computer went out: once more, from the beginning.
    if (!isFirst || keptBytes === 0) throw new LyssnaError("download-wrong", { model: id, file: file.path });
  }
}

/** Fetches from where the last try ended. Throws HubTrouble, or download-wrong for another size than was announced. */
async function fetchRest(
  { hub, revision, file: name, path, sizeBytes }: PlannedFile,
  id: string,
  target: string,
  options: DownloadOptions,
  progress: (bytes: number) => void,
): Promise<void> {
  const wrong = async () => {
    await rm(target, { force: true });
    return new LyssnaError("download-wrong", { model: id, file: path });
  };
  const kept = await sizeOf(target);
  let have = kept <= sizeBytes ? kept : 0;
  if (have === sizeBytes && kept === sizeBytes && sizeBytes > 0) return progress(have);
  const url = `${options.hub}/${hub}/resolve/${revision}/${name}`;
  const response = await askHub(url, have > 0 ? { range: `bytes=${have}-` } : {}, options);
  if (response.status !== 206) have = 0;
  else if (!answersFrom(response, have)) throw await wrong();
  const told = announced(response, have);
  if (told !== null && told !== sizeBytes) {
    await response.body?.cancel().catch(() => {});
    throw await wrong();
  }
  const file = await open(target, have > 0 ? "r+" : "w");
  let isLonger = false;
  try {
    for await (const chunk of chunksOf(response, options)) {
      if ((isLonger = have + chunk.byteLength > sizeBytes)) break;
      await writeAll(file, chunk, have);
      progress((have += chunk.byteLength));
    }
    await file.sync();
  } finally {
    await file.close();
  }
  if (isLonger) throw await wrong();
  // A server, or somebody between, that ends politely in the middle is a cut all the same.
  if (have < sizeBytes) throw new HubTrouble("cut");
}

/** A part that begins elsewhere than asked would make a file of two halves that do not belong together. */
const answersFrom = ({ headers }: Response, from: number): boolean =>
  Number(/^bytes (\d+)-/u.exec(headers.get("content-range") ?? "")?.[1] ?? Number.NaN) === from;

/** Bytes of the whole file as the answer tells; where it tells nothing, or is packed on the way, nothing is held against it. */
function announced({ headers, status }: Response, from: number): number | null {
  const whole = /\/(\d+)$/u.exec(headers.get("content-range") ?? "")?.[1];
  if (status === 206 && whole !== undefined) return Number(whole);
  const length = headers.get("content-encoding") === null ? headers.get("content-length") : null;
  return length === null ? null : from + Number(length);
}

const sizeOf = async (path: string): Promise<number> => (await stat(path).catch(() => null))?.size ?? 0;
