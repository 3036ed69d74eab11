// Whether what the main job needs is on this machine, by trying it. Runs in main and the command line.
import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, rm, statfs } from "node:fs/promises";
import { arch, cpus, platform, release, tmpdir } from "node:os";
import { join } from "node:path";
import { LyssnaError, toErrorData } from "../errors.ts";
import type { Finding, FindingId } from "../findings.ts";
import { readMachine } from "../models/machine.ts";
import { type Ffmpeg } from "../pipeline/ffmpeg.ts";
import { openStore } from "../store/store.ts";
import { loadBuiltInTemplates } from "../summary/templates.ts";

export interface ExamineTools {
  /** Throws ffmpeg-missing. */
  readonly findFfmpeg: () => Promise<Ffmpeg>;
  /** Starts the inference process, and answers what it can compute on. */
  readonly listDevices: () => Promise<readonly string[]>;
  /** Ids of the installed speech models. Throws where none can be used, not even the demonstration's. */
  readonly installedModels: () => Promise<readonly string[]>;
  /** Where models and meetings are kept. */
  readonly dir: string;
  /** The installed app must have an ffmpeg of its own. */
  readonly packaged: boolean;
}

type Found = Pick<Finding, "value"> & Partial<Pick<Finding, "remark">>;

/** One finding after another, each when it is known: some take seconds. */
export async function* examine(tools: ExamineTools): AsyncGenerator<Finding, void, void> {
  for (const [id, look] of Object.entries(looks) as readonly (readonly [FindingId, Look])[])
    yield await found(id, () => look(tools));
}

async function found(id: FindingId, look: () => Promise<Found>): Promise<Finding> {
  try {
    return { id, remark: null, problem: null, ...(await look()) };
  } catch (error) {
    return { id, value: "", remark: null, problem: toErrorData(error).code };
  }
}

type Look = (tools: ExamineTools) => Promise<Found>;
const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;

const looks: Readonly<Record<FindingId, Look>> = {
  async computer() {
    const processors = cpus();
    const model = processors[0]?.model.trim() ?? "–";
    return {
      value: `${platform()} ${release()} ${arch()}, ${String(processors.length)} × ${model}, Node ${process.versions.node}`,
    };
  },
  cores: async () => ({ value: String((await readMachine()).cores) }),
  async memory() {
    const { freeBytes, totalBytes } = await readMachine();
    return { value: `${gigabytes(freeBytes)} / ${gigabytes(totalBytes)}` };
  },
  devices: async ({ listDevices }) => ({ value: (await listDevices()).join(", ") }),
  async room({ dir }) {
    await mkdir(dir, { recursive: true });
    const { bavail, bsize } = await statfs(dir);
    return { value: gigabytes(bavail * bsize) };
  },
  async ffmpeg({ findFfmpeg, packaged }) {
    const { version, source, warning } = await findFfmpeg();
    if (packaged && source !== "bundled") throw new LyssnaError("ffmpeg-missing");
    return { value: `${version} (${source})`, remark: warning ? "old-ffmpeg" : null };
  },
  database: async () => ({ value: await tryDatabase() }),
  async models({ installedModels }) {
    const installed = await installedModels();
    return { value: installed.join(", "), remark: installed.length === 0 ? "only-demonstration" : null };
  },
  templates: async () => ({ value: String((await loadBuiltInTemplates()).length) }),
};

/** A database is made, encrypted, and taken away again. */
async function tryDatabase(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "lyssna-doctor-"));
  try {
    const store = await openStore({ dir, key: new Uint8Array(randomBytes(32)) });
    try {
      return await store.checkIntegrity();
    } finally {
      await store.close();
    }
  } finally {
    await rm(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}
