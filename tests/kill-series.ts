// Kills the app at random moments until its job is done all the same. Tests only.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const headless = fileURLToPath(new URL("headless-app.ts", import.meta.url));

export interface Ended {
  readonly output: string;
  readonly kills: number;
}

/**
 * Runs the headless app on a data folder; while there are kills left, ends it with SIGKILL after `waitMs()`.
 * The last run is left in peace.
 */
export async function runWithKills(args: readonly string[], kills: number, waitMs: () => number): Promise<Ended> {
  for (let killed = 0; ;) {
    const child = spawn(process.execPath, [headless, ...args], { stdio: ["ignore", "pipe", "ignore"] });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    const ended = new Promise<number | null>((done) => child.on("close", done));
    const timer = killed < kills ? setTimeout(() => child.kill("SIGKILL"), waitMs()) : undefined;
    const code = await ended;
    clearTimeout(timer);
    if (code === 0) return { output, kills: killed };
    if (killed >= kills) throw new Error(`the app ended with ${code}`);
    killed++;
  }
}
