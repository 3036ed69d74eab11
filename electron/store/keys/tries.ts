// Wrong tries slow down. Counted on the disk before each try, and waited for by a clock that nobody can set.
// Who can change files can start the count anew, but then also try elsewhere: against that stands the passphrase's cost.
// Runs in main and the command line.
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
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

/** Tries that went wrong and that no log tells of yet: the log cannot be written while it is locked. No content. */
export interface FailedTries {
  readonly count: number;
  /** ISO 8601. */
  readonly firstAt: string;
  readonly lastAt: string;
}

export interface Tries {
  /** Milliseconds until the next try is taken. */
  waitMs(): number;
  /** Runs one try. Throws unlock-wait where it comes too early; the try is then not made. */
  once<Result>(attempt: () => Promise<Result | null>): Promise<Result | null>;
  /** What the log has to be told; null where nothing went wrong since it was. */
  untold(): FailedTries | null;
  /** The log has it. */
  told(): void;
}

interface TriesFile {
  readonly failed: number;
  readonly untold: FailedTries | null;
}

/** @param monotonicMs counts up whatever the system's clock is set to; a restart begins the wait anew */
export function countTries(dir: string, monotonicMs: () => number, wall: () => number = Date.now): Tries {
  const path = join(dir, triesFileName);
  let since = monotonicMs();
  const waitMs = () => Math.max(0, waitAfter(read(path).failed) - (monotonicMs() - since));
  const write = (file: TriesFile) => {
    if (file.failed === 0 && file.untold === null) return rmSync(path, { force: true });
    writeWhole(path, Buffer.from(`${JSON.stringify({ lyssna: "key-tries/1", ...file })}\n`), { overwrite: true });
    return undefined;
  };
  return {
    waitMs,
    async once(attempt) {
      const left = waitMs();
      if (left > 0) throw new LyssnaError("unlock-wait", { seconds: Math.ceil(left / 1000) });
      const { failed, untold } = read(path);
      const at = new Date(wall()).toISOString();
      const counted = { count: (untold?.count ?? 0) + 1, firstAt: untold?.firstAt ?? at, lastAt: at };
      // First, so that ending the process in the middle of a try gains nothing.
      write({ failed: failed + 1, untold: counted });
      since = monotonicMs();
      const result = await attempt();
      since = monotonicMs();
      if (result !== null) write({ failed: 0, untold });
      return result;
    },
    untold: () => read(path).untold,
    told() {
      write({ failed: read(path).failed, untold: null });
    },
  };
}

const nonNegative = z.number().int().nonnegative();
const fileSchema = z.object({
  failed: nonNegative,
  untold: z
    .object({ count: nonNegative, firstAt: z.iso.datetime(), lastAt: z.iso.datetime() })
    .nullable()
    .catch(null)
    .default(null),
});

function read(path: string): TriesFile {
  try {
    return fileSchema.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch (error) {
    const isNone = (error as NodeJS.ErrnoException).code === "ENOENT";
    return { failed: isNone ? 0 : unreadableCount, untold: null };
  }
}
