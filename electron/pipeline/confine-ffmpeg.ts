// How ffmpeg is started: with nothing of our surroundings and as few rights as the system gives a program to give away.
// It is the one program that reads files strangers made, in C. Runs in main and the command line.
import { execFile } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { promisify } from "node:util";

export interface Start {
  readonly command: string;
  /** What stands before ffmpeg's own arguments. */
  readonly args: readonly string[];
}

/**
 * PATH and nothing else. FFREPORT would make ffmpeg write a log that names the file, LD_PRELOAD and the like would put
 * other code into it, and what else lies there is no business of a decoder. (On Windows Node adds what no program starts
 * without: SYSTEMROOT and its kin.)
 */
export const smallEnvironment = (): Record<string, string> => ({ PATH: process.env["PATH"] ?? "" });

/**
 * Linux (util-linux), each asked for alone, because a distribution or a container may forbid any of them:
 * - a user namespace with a network of its own, in which there is no interface, and no shared memory of others;
 * - no new rights, whatever set-uid program it may find;
 * - limits: it writes no file (pipes are none), leaves no core dump with somebody's voice in it, opens 64 files, has 4 GiB
 *   of address space and four hours of processor time (eight hours of sound take minutes). Not its count of processes:
 *   the system counts all of the user's.
 * macOS and Windows have nothing of the kind that a program may start another with and that is not deprecated or native
 * code; there the limits of ffmpeg's own options hold, the environment, and the end of a process that hangs.
 */
const linuxSteps: readonly (readonly [string, ...string[]])[] = [
  ["/usr/bin/unshare", "--user", "--map-current-user", "--net", "--ipc", "--"],
  ["/usr/bin/setpriv", "--no-new-privs", "--"],
  ["/usr/bin/prlimit", "--fsize=0", "--core=0", "--nofile=64", "--as=4294967296", "--cpu=14400", "--"],
];

/** Far more than it takes: a machine that is busy is no reason to go without. */
const probeTimeoutMs = 20_000;
const run = promisify(execFile);
let steps: Promise<readonly string[]> | null = null;

/** The start of ffmpeg at this path. What the system allows is asked once in a process's life. */
export async function confine(ffmpegPath: string): Promise<Start> {
  steps ??= process.platform === "linux" ? allowedSteps() : Promise.resolve([]);
  const [command, ...args] = await steps;
  return command === undefined ? { command: ffmpegPath, args: [] } : { command, args: [...args, ffmpegPath] };
}

async function allowedSteps(): Promise<readonly string[]> {
  const allowed = await Promise.all(linuxSteps.map(async (step) => ((await works(step)) ? step : [])));
  // Outermost the namespace, which needs rights; innermost the limits, which the steps before would meet too.
  return (await works(allowed.flat())) ? allowed.flat() : [];
}

async function works([command, ...args]: readonly string[]): Promise<boolean> {
  if (command === undefined) return true;
  try {
    accessSync(command, constants.X_OK);
    await run(command, [...args, "/bin/true"], { timeout: probeTimeoutMs, env: smallEnvironment() });
    return true;
  } catch {
    return false;
  }
}
