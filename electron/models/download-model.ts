// Fetches a model from the hub: lists the files, fetches each with resume, checks size and sum, then puts it in place.
// The network comes in as `fetch`, so that one place owns it. Only hosts named in the catalogue are reached.
import { mkdir, open, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { LyssnaError, toErrorData } from "../errors.ts";
import type { Download } from "./catalog.ts";
import { checkRoom, finishModel, type ModelWork } from "./import-model.ts";
import { checkModelFolder, hashFile, type Manifest } from "./model-folder.ts";

export interface DownloadOptions extends ModelWork {
  readonly fetch: typeof fetch;
  /** Where the hub answers, for example "https://huggingface.co". */
  readonly hub: string;
  /** Hosts that the hub may send us on to, with their subdomains. */
  readonly hosts: readonly string[];
}

/** What the hub tells of a repository; the sum only of files in its large-file store. */
const listingSchema = z.object({
  sha: z.string(),
  siblings: z.array(
    z.object({
      rfilename: z.string(),
      size: z.number().int().optional(),
      lfs: z.object({ sha256: z.string(), size: z.number().int() }).optional(),
    }),
  ),
});

const mostRedirects = 5;

/**
 * Downloads to `modelsDir/<id>`. What was fetched before a cut is kept and used at the next try.
 * Throws download-failed, model-damaged (sizes or sums that differ), no-room, cancelled.
 */
export async function downloadModel(entry: Download, modelsDir: string, options: DownloadOptions): Promise<void> {
  const { signal, report } = options;
  const draft = join(modelsDir, `.download-${entry.id}`);
  try {
    await mkdir(draft, { recursive: true });
    const files: Wanted[] = [];
    const revisions: string[] = [];
    for (const from of entry.from) {
      const { revision, wanted } = await listFiles(entry.id, from, options);
      files.push(...wanted);
      revisions.push(revision);
    }
    const totalBytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    await checkRoom(modelsDir, totalBytes);

    const listed: Manifest["files"] = [];
    let doneBytes = 0;
    for (const { path, url, sizeBytes, sums } of files) {
      const target = join(draft, path);
      await fetchFile(url, target, sizeBytes, options, (bytes) =>
        report(Math.min(1, (doneBytes + bytes) / totalBytes)),
      );
      const sum = await hashFile(target, signal);
      const { size } = await stat(target);
      if (size !== sizeBytes || sums.some((expected) => expected !== sum)) {
        await rm(target, { force: true });
        throw new LyssnaError("model-damaged", { model: entry.id, file: path });
      }
      listed.push({ path, sizeBytes, sha256: sum });
      doneBytes += sizeBytes;
    }
    await checkModelFolder(draft, entry.id);
    await finishModel(draft, modelsDir, {
      lyssna: "model/1",
      id: entry.id,
      hub: entry.from.map(({ hub }) => hub).join(" "),
      revision: revisions.join(" "),
      files: listed,
    });
  } catch (error) {
    if (signal.aborted) throw new LyssnaError("cancelled");
    if (error instanceof LyssnaError) throw error;
    if (toErrorData(error).code === "no-room") throw new LyssnaError("no-room", {}, { cause: error });
    throw new LyssnaError("download-failed", { model: entry.id }, { cause: error });
  }
}

interface Wanted {
  /** Within the model's folder. */
  readonly path: string;
  readonly url: string;
  readonly sizeBytes: number;
  /** What it must come to: as the hub tells, and as the catalogue does. */
  readonly sums: readonly string[];
}

async function listFiles(
  id: string,
  { hub, revision, folder, files, sums }: Download["from"][number],
  options: DownloadOptions,
) {
  const url = `${options.hub}/api/models/${hub}/revision/${encodeURIComponent(revision)}?blobs=true`;
  const { sha, siblings } = listingSchema.parse(await (await reach(url, {}, options)).json());
  const wanted = files.map((file): Wanted => {
    const path = folder === "" ? file : `${folder}/${file}`;
    const found = siblings.find(({ rfilename }) => rfilename === file);
    if (found === undefined) throw new LyssnaError("model-damaged", { model: id, file: path });
    return {
      path,
      url: `${options.hub}/${hub}/resolve/${sha}/${file}`,
      sizeBytes: found.lfs?.size ?? found.size ?? 0,
      sums: [found.lfs?.sha256, sums[file]].flatMap((sum) => (sum === undefined ? [] : [sum])),
    };
  });
  return { revision: sha, wanted };
}

/** Fetches what is missing of a file, from where the last try ended. */
async function fetchFile(
  url: string,
  target: string,
  sizeBytes: number,
  options: DownloadOptions,
  progress: (bytes: number) => void,
): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  const kept = (await stat(target).catch(() => null))?.size ?? 0;
  let have = kept <= sizeBytes ? kept : 0;
  if (have === sizeBytes && sizeBytes > 0) return progress(have);
  const response = await reach(url, have > 0 ? { range: `bytes=${have}-` } : {}, options);
  if (response.status !== 206) have = 0;
  const file = await open(target, have > 0 ? "r+" : "w");
  try {
    for await (const chunk of response.body ?? []) {
      if (have + chunk.byteLength > sizeBytes) throw new Error("longer than announced");
      await file.write(chunk, 0, chunk.byteLength, have);
      progress((have += chunk.byteLength));
    }
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A request that follows redirects itself, and only to hosts that the catalogue names. */
async function reach(url: string, headers: Record<string, string>, options: DownloadOptions): Promise<Response> {
  let address = new URL(url);
  for (let hop = 0; hop <= mostRedirects; hop++) {
    if (!mayReach(address, options)) throw new Error("address outside the catalogue");
    const response = await options.fetch(address, { headers, redirect: "manual", signal: options.signal });
    const next = response.headers.get("location");
    if (response.status >= 300 && response.status < 400 && next !== null) {
      await response.body?.cancel();
      address = new URL(next, address);
      continue;
    }
    if (!response.ok) throw new Error(`answered ${response.status}`);
    return response;
  }
  throw new Error("too many redirects");
}

const mayReach = (address: URL, { hub, hosts }: DownloadOptions): boolean =>
  address.origin === new URL(hub).origin ||
  (address.protocol === "https:" &&
    hosts.some((host) => address.hostname === host || address.hostname.endsWith(`.${host}`)));
