// Wrong tries slow down. Counted on the disk before each try, and waited for by a clock that nobody can set.
// Who can change files can start the count anew, but then also try elsewhere: against that stands the passphrase's cost.
// Runs in main and the command line.
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { LyssnaError } from "../../errors.ts";
import { writeWhole } from "../write-file.ts";

export const triesFileName = "key-tries.json";
const freeTries = 3;
const mostWaitMs = 5 * 60_000;
/** What a file that cannot be read counts as: not a way to begin anew. */
const unreadableCount = 8;

/** After three free tries 2 s, 4 s, 8 s … up to five minutes. */
export const waitAfter = (failed: number): number =>
  failed < freeTries ? 0 : Math.min(mostWaitMs, 1000 * 2 ** (failed - freeTries + 1));

export interface Tries {
  /** Milliseconds until the next try is taken. */
  waitMs(): number;
  /** Runs one try. Throws unlock-wait where it comes too early; the try is then not made. */
  once<Result>(attempt: () => Promise<Result | null>): Promise<Result | null>;
}

/** @param monotonicMs counts up whatever the system's clock is set to; a restart begins the wait anew */
export function countTries(dir: string, monotonicMs: () => number): Tries {
  const path = join(dir, triesFileName);
  let since = monotonicMs();
  const waitMs = () => Math.max(0, waitAfter(readCount(path)) - (monotonicMs() - since));
  return {
    waitMs,
    async once(attempt) {
      const left = waitMs();
      if (left > 0) throw new LyssnaError("unlock-wait", { seconds: Math.ceil(left / 1000) });
      const failed = readCount(path) + 1;
      // First, so that ending the process in the middle of a try gains nothing.
      writeWhole(path, Buffer.from(`${JSON.stringify({ lyssna: "key-tries/1", failed })}\n`), { overwrite: true });
      since = monotonicMs();
      const result = await attempt();
      since = monotonicMs();
      if (result !== null) rmSync(path, { force: true });
      return result;
    },
  };
}

function readCount(path: string): number {
  try {
    const file: unknown = JSON.parse(readFileSync(path, "utf8"));
    const failed = typeof file === "object" && file !== null && "failed" in file ? file.failed : null;
    return typeof failed === "number" && Number.isSafeInteger(failed) && failed >= 0 ? failed : unreadableCount;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT" ? 0 : unreadableCount;
  }
}
