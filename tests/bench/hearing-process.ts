// A process that plays main for one transcription and tells what memory it took, its inference processes' apart.
// Bench only; asked by measure-memory.ts.
import { hearSound, type InferenceOptions, openInference } from "./hear-sound.ts";
import { descendantsOf, forgetPeak, readMemory } from "./process-memory.ts";
import { meetingSound } from "./sound.ts";

export interface HearingRequest extends InferenceOptions {
  readonly modelDir: string;
  readonly minutes: number;
}

/** Bytes; the inference processes together. */
export interface HearingMemory {
  readonly mainPeak: number;
  readonly inferencePeak: number;
  /** Of the inference processes with the model loaded and nothing heard yet. */
  readonly loaded: number;
  /** Inference processes. */
  readonly processes: number;
}

/** The sound that is heard over and over: short, so that it is no part of what grows. */
const soundMinutes = 5;
const silenceShare = 0.25;

async function answer({ modelDir, minutes, ...options }: HearingRequest): Promise<HearingMemory> {
  const sound = meetingSound(soundMinutes, silenceShare);
  // As on every use of a model but the first, which compares our graphs with the published ones and lets those go.
  const inference = openInference({ ...options, trusted: true });
  try {
    await inference.loadSpeech({ dir: modelDir }, new AbortController().signal);
    const pids = descendantsOf(process.pid);
    const sum = (part: "residentBytes" | "peakBytes") =>
      pids.reduce((total, pid) => total + (readMemory(pid)?.[part] ?? Number.NaN), 0);
    const loaded = sum("residentBytes");
    for (const pid of [process.pid, ...pids]) forgetPeak(pid);
    await hearSound(sound, modelDir, inference, minutes);
    const mainPeak = readMemory(process.pid)?.peakBytes ?? Number.NaN;
    return { mainPeak, inferencePeak: sum("peakBytes"), loaded, processes: pids.length };
  } finally {
    inference.close();
  }
}

process.once("message", (request: HearingRequest) => {
  answer(request).then(
    (memory) => process.send?.(memory, () => process.disconnect()),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
      process.exit(1);
    },
  );
});
