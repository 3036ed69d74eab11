// The machine's memory and cores, as far as the system tells. Runs in main and the command line.
import { readdir, readFile } from "node:fs/promises";
import { availableParallelism, totalmem } from "node:os";
import { join } from "node:path";
import type { Memory } from "./memory-need.ts";

export interface Machine extends Memory {
  /** Physical cores: two threads of one core share its arithmetic, which is all that is used here. */
  readonly cores: number;
}

/**
 * macOS counts as used what it gives back when asked (compressed and cached pages), so this share of the memory is taken
 * for free whatever it says. An assumption, not a measurement.
 */
const givenBackShare = 0.4;

export async function readMachine(platform: NodeJS.Platform = process.platform): Promise<Machine> {
  const totalBytes = totalmem();
  // Knows of the limits that a container or a service has.
  const free = process.availableMemory();
  const freeBytes = platform === "darwin" ? Math.max(free, totalBytes * givenBackShare) : free;
  return { totalBytes, freeBytes, cores: await countCores(platform) };
}

async function countCores(platform: NodeJS.Platform): Promise<number> {
  const threads = availableParallelism();
  if (platform === "linux") return coresOf(threads, await readSiblings());
  return coresOf(threads, platform === "win32" && process.arch === "x64" ? "paired" : null);
}

/**
 * @param threads that this process may use at once
 * @param siblings for each thread the list of those on its core; "paired" where two a core is the rule and nobody tells;
 *   null where each thread is a core (ARM)
 */
export function coresOf(threads: number, siblings: readonly string[] | "paired" | null): number {
  const cores = siblings === "paired" ? (threads >= 4 ? Math.ceil(threads / 2) : threads) : new Set(siblings).size;
  return Math.max(1, Math.min(threads, cores === 0 ? threads : cores));
}

/** From Linux's own description of the processor; empty where there is none. */
async function readSiblings(): Promise<readonly string[]> {
  const root = "/sys/devices/system/cpu";
  const names = (await readdir(root).catch(() => [])).filter((name) => /^cpu\d+$/u.test(name));
  const lists = names.map((name) =>
    readFile(join(root, name, "topology", "thread_siblings_list"), "utf8").catch(() => ""),
  );
  return (await Promise.all(lists)).filter((list) => list !== "");
}
