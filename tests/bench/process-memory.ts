// Memory of running processes, as Linux tells it. Bench only.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";

/** Why memory cannot be measured here, or null. */
export const withoutProcessMemory: string | null = existsSync("/proc/self/status")
  ? null
  : "this system does not tell the memory of other processes in /proc";

export interface Memory {
  readonly residentBytes: number;
  /** The most since the process began, or since `forgetPeak`. */
  readonly peakBytes: number;
}

/** Null for a process that has ended. */
export function readMemory(pid: number): Memory | null {
  const status = readStatus(pid);
  const bytes = (name: string) => Number(status?.get(name)?.split(" ")[0]) * 1024;
  return status?.has("VmRSS") === true ? { residentBytes: bytes("VmRSS"), peakBytes: bytes("VmHWM") } : null;
}

/** Processor time that a process has taken, all threads together; 0 for one that has ended (proc(5), stat). */
export function readProcessorMs(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    // utime and stime, in hundredths of a second.
    return 10 * (Number(fields[11]) + Number(fields[12]));
  } catch {
    return 0;
  }
}

/** The peak begins anew at what is resident now (proc(5), clear_refs). */
export const forgetPeak = (pid: number): void => writeFileSync(`/proc/${pid}/clear_refs`, "5");

/** All processes below one: children, their children, and so on. */
export function descendantsOf(pid: number): readonly number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc")) {
    const parent = /^\d+$/u.test(name) ? readStatus(Number(name))?.get("PPid") : undefined;
    if (parent !== undefined) parents.set(Number(name), Number(parent));
  }
  const below = (of: number): number[] =>
    [...parents].flatMap(([child, parent]) => (parent === of ? [child, ...below(child)] : []));
  return below(pid);
}

function readStatus(pid: number): ReadonlyMap<string, string> | null {
  try {
    const lines = readFileSync(`/proc/${pid}/status`, "utf8").split("\n");
    return new Map(lines.map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()]));
  } catch {
    return null;
  }
}
