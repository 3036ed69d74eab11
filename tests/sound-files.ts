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

/** A 16-bit mono WAV file. */
export function wavFile(samples: Int16Array, rateHz = 16_000): Buffer {
  const header = Buffer.alloc(44);
  header.write("RIFF", 0);
  header.writeUInt32LE(36 + samples.byteLength, 4);
  header.write("WAVEfmt ", 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rateHz, 24);
  header.writeUInt32LE(rateHz * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write("data", 36);
  header.writeUInt32LE(samples.byteLength, 40);
  return Buffer.concat([header, Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)]);
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
