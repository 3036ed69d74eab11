// An opponent: whisper.cpp's own command line, on a file of sound. Bench only.
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { wavBytes } from "../../models/demonstration/say.ts";
import { sampleRateHz, type Sound } from "./sound.ts";

export interface WhisperCpp {
  transcribe(): Promise<Transcribed>;
  close(): Promise<void>;
}

interface Transcribed {
  /** Without loading the model. */
  readonly elapsedMs: number;
  /** As many as were decoded: each says one line. */
  readonly windows: number;
}

export interface OpenOptions {
  readonly program: string;
  readonly modelPath: string;
  readonly sound: Sound;
  readonly threads: number;
}

const run = promisify(execFile);
/** Its two kinds of attention; which one is quicker depends on the processor. */
const attentions = ["-fa", "-nfa"] as const;

/** The program in a build folder, or null. */
export function findProgram(buildDir: string): string | null {
  const paths = ["bin/whisper-cli", "bin/Release/whisper-cli.exe", "whisper-cli"].map((path) => join(buildDir, path));
  return paths.find((path) => existsSync(path)) ?? null;
}

/** Takes the kind of attention that is quicker on the sound's first half minute. */
export async function openWhisperCpp({ program, modelPath, sound, threads }: OpenOptions): Promise<WhisperCpp> {
  const dir = await mkdtemp(join(tmpdir(), "lyssna-bench-"));
  const writeSound = async (name: string, samples: Sound) => {
    const path = join(dir, name);
    await writeFile(path, wavBytes(Int16Array.from(samples, (value) => value * 32_767)));
    return path;
  };
  const transcribe = async (path: string, attention: string): Promise<Transcribed> => {
    // Its quickest way: greedy, no second try, no context, so that its prompt is as short as ours.
    const ways = ["-bs", "1", "-bo", "1", "-nf", "-mc", "0", "-ng", "-l", "sv", "-t", String(threads), attention];
    const { stdout, stderr } = await run(program, ["-m", modelPath, "-f", path, ...ways], { maxBuffer: 2 ** 26 });
    const windows = stdout.split("\n").filter((line) => line.startsWith("[")).length;
    return { elapsedMs: readTiming(stderr, "total") - readTiming(stderr, "load"), windows };
  };
  async function quickest(): Promise<string> {
    const piece = await writeSound("piece.wav", sound.slice(0, 30 * sampleRateHz));
    const tried: { readonly attention: string; readonly elapsedMs: number }[] = [];
    // Twice each: on a busy machine one try says little.
    for (const attention of [...attentions, ...attentions]) {
      tried.push({ attention, ...(await transcribe(piece, attention)) });
    }
    const [best] = tried.toSorted((one, other) => one.elapsedMs - other.elapsedMs);
    return best?.attention ?? "-fa";
  }
  const close = () => rm(dir, { recursive: true, force: true });
  const best = await quickest().catch(async (error: unknown) => {
    await close();
    throw error;
  });
  const whole = await writeSound("sound.wav", sound);
  return {
    transcribe: () => transcribe(whole, best),
    close,
  };
}

/** Milliseconds of a line such as "whisper_print_timings:     load time =   123.45 ms". */
export function readTiming(text: string, name: string): number {
  const [, value] = new RegExp(`${name} time =\\s*([\\d.]+) ms`, "u").exec(text) ?? [];
  if (value === undefined) throw new Error(`whisper.cpp told no ${name} time`);
  return Number(value);
}
