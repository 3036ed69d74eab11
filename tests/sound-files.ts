// Sound for tests, made on the fly: WAV bytes by hand, other formats by the machine's ffmpeg. Tests only.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findFfmpeg, type Ffmpeg } from "../electron/pipeline/ffmpeg.ts";

export const ffmpeg: Ffmpeg | null = await findFfmpeg({ env: process.env }).catch(() => null);
/** Reason to skip what needs ffmpeg, or false. */
export const withoutFfmpeg: string | false = ffmpeg === null ? "no ffmpeg on this machine" : false;

export function temporaryFolder(): { readonly dir: string; [Symbol.dispose](): void } {
  const dir = mkdtempSync(join(tmpdir(), "lyssna-sound-"));
  return { dir, [Symbol.dispose]: () => rmSync(dir, { recursive: true, force: true }) };
}

/** Runs ffmpeg with arguments as a person would type them. */
export function makeWithFfmpeg(...args: readonly string[]): void {
  if (ffmpeg === null) throw new Error("no ffmpeg");
  execFileSync(ffmpeg.path, ["-nostdin", "-v", "error", "-y", ...args]);
}

/** A tone of 440 Hz at half scale. */
export const tone = (seconds: number, rateHz = 16_000): Int16Array =>
  Int16Array.from({ length: Math.round(seconds * rateHz) }, (_, i) =>
    Math.round(16_000 * Math.sin((2 * Math.PI * 440 * i) / rateHz)),
  );

export async function collect(chunks: AsyncIterable<Float32Array>): Promise<Float32Array> {
  const all: Float32Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  const samples = new Float32Array(all.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of all) {
    samples.set(chunk, at);
    at += chunk.length;
  }
  return samples;
}
