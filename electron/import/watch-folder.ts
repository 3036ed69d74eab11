// A folder that is looked into now and then: what comes there is taken in. Runs in main.
// It is looked into, and not listened to: a network share and a dictaphone's disk tell nobody what changes on them.
import { stat } from "node:fs/promises";

/** What a look saw of a file. One that changes between two looks is still being written. */
const markOf = async (path: string): Promise<string | null> => {
  const found = await stat(path).catch(() => null);
  return found === null || found.size === 0 ? null : `${path}|${String(found.size)}|${String(found.mtimeMs)}`;
};

export interface FolderWatchOptions {
  readonly list: () => Promise<readonly string[]>;
  /** Files that are not to be taken in, as an earlier run or `knowAll` answered them. */
  readonly known: readonly string[];
  /** Takes in files that have come. One that throws is tried again at the next look. */
  readonly take: (paths: readonly string[]) => Promise<void>;
  /** After every change, to be kept for the next run. */
  readonly keep: (known: readonly string[]) => Promise<void>;
}

export interface FolderWatch {
  /** Looks once. What lies there unchanged since the last look, and is not known, is taken in. */
  look(): Promise<void>;
}

/** The marks of all that lies there now: it was there before anybody watched. */
export async function knowAll(paths: readonly string[]): Promise<readonly string[]> {
  return (await Promise.all(paths.map(markOf))).filter((mark) => mark !== null);
}

export function watchFolder({ list, known, take, keep }: FolderWatchOptions): FolderWatch {
  const done = new Set(known);
  let before: ReadonlySet<string> = new Set();
  let looking = false;

  async function lookOnce(): Promise<void> {
    const now = new Set<string>();
    const come: { readonly path: string; readonly mark: string }[] = [];
    for (const path of await list()) {
      const mark = await markOf(path);
      if (mark === null || done.has(mark)) continue;
      now.add(mark);
      if (before.has(mark)) come.push({ path, mark });
    }
    before = now;
    if (come.length === 0) return;
    await take(come.map(({ path }) => path));
    for (const { mark } of come) done.add(mark);
    await keep([...done]);
  }

  return {
    async look() {
      if (looking) return;
      looking = true;
      await lookOnce().catch(() => {});
      looking = false;
    },
  };
}
