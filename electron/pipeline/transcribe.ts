// Transcribe: window by window through the inference process, each answer kept before the next is asked for.
import { LyssnaError } from "../errors.ts";
import type { Segment } from "../formats.ts";
import { type Inference, sampleRateHz, type WindowResult } from "../inference/protocol.ts";
import type { Work } from "../work.ts";
import type { SoundWindow } from "./plan-windows.ts";

export interface TranscribeOptions {
  /** Opens the sound as PCM from a time on. */
  readonly openPcm: (startMs: number) => AsyncIterable<Float32Array>;
  readonly windows: readonly SoundWindow[];
  readonly inference: Inference;
  /** BCP 47 code, or "auto": then each window tells its own, and the most frequent is the recording's. */
  readonly language: string;
  /** Answers of an earlier run that was cut off, by window. */
  readonly finished: ReadonlyMap<number, WindowResult>;
  readonly keep: (index: number, result: WindowResult) => Promise<void>;
}

export interface Transcribed {
  readonly segments: Segment[];
  readonly language: string;
  readonly dropped: Readonly<Record<string, number>>;
}

/** A window that fails twice is marked in the transcript with its times as not transcribed, never left out. */
export async function transcribe(options: TranscribeOptions, { signal, report }: Work): Promise<Transcribed> {
  const { windows, finished } = options;
  const results = new Map(finished);
  const missing = windows.flatMap((window, index) => (results.has(index) ? [] : [{ window, index }]));
  const totalMs = windows.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
  const doneMs = () =>
    windows.reduce((sum, { startMs, endMs }, index) => (results.has(index) ? sum + endMs - startMs : sum), 0);
  report({ stage: "transcribe", fraction: totalMs === 0 ? 1 : doneMs() / totalMs });

  const first = missing[0];
  if (first !== undefined) {
    const fromMs = first.window.startMs;
    const slices = sliceWindows(
      options.openPcm(fromMs),
      missing.map(({ window }) => window),
      fromMs,
    );
    let at = 0;
    for await (const samples of slices) {
      signal.throwIfAborted();
      const { index } = missing[at++] ?? first;
      const result = await hearWindow(samples, options, signal);
      await options.keep(index, result);
      results.set(index, result);
      report({ stage: "transcribe", fraction: doneMs() / totalMs });
    }
  }
  return assemble(windows, results, options.language);
}

async function hearWindow(
  samples: Float32Array,
  options: TranscribeOptions,
  signal: AbortSignal,
): Promise<WindowResult> {
  const { inference, language } = options;
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      // A copy: the samples are handed over to the other process, and may be needed again.
      return await inference.transcribeWindow({ samples: samples.slice(), language }, signal);
    } catch (error) {
      if (signal.aborted) throw error;
      const fatal = error instanceof LyssnaError && (error.code === "model-missing" || error.code === "model-damaged");
      if (fatal) throw error;
    }
  }
  return { language, segments: [], dropped: { failed: 1 } };
}

/** Cuts the windows, which are in order, out of PCM that begins at `fromMs`. Holds one window at a time. */
export async function* sliceWindows(
  pcm: AsyncIterable<Float32Array>,
  windows: readonly SoundWindow[],
  fromMs: number,
): AsyncGenerator<Float32Array, void, void> {
  const toSample = (ms: number) => Math.round(((ms - fromMs) * sampleRateHz) / 1000);
  let next = 0;
  let window = windows[next];
  if (window === undefined) return;
  let buffer = new Float32Array(toSample(window.endMs) - toSample(window.startMs));
  let filled = 0;
  let at = 0;
  for await (const chunk of pcm) {
    let offset = 0;
    while (offset < chunk.length && window !== undefined) {
      const start = toSample(window.startMs);
      if (at + offset < start) {
        offset = Math.min(chunk.length, start - at);
        continue;
      }
      const take = Math.min(chunk.length - offset, buffer.length - filled);
      buffer.set(chunk.subarray(offset, offset + take), filled);
      filled += take;
      offset += take;
      if (filled === buffer.length) {
        yield buffer;
        window = windows[++next];
        buffer = new Float32Array(window === undefined ? 0 : toSample(window.endMs) - toSample(window.startMs));
        filled = 0;
      }
    }
    at += chunk.length;
    if (window === undefined) return;
  }
  // The sound ended early: what there is of this window, and silence for the rest, so that every window is answered.
  for (; window !== undefined; window = windows[++next]) {
    yield buffer;
    const following = windows[next + 1];
    buffer = new Float32Array(following === undefined ? 0 : toSample(following.endMs) - toSample(following.startMs));
  }
}

function assemble(
  windows: readonly SoundWindow[],
  results: ReadonlyMap<number, WindowResult>,
  language: string,
): Transcribed {
  const segments: Segment[] = [];
  const dropped: Record<string, number> = {};
  const votes = new Map<string, number>();
  for (const [index, window] of windows.entries()) {
    const result = results.get(index) ?? { language, segments: [], dropped: { failed: 1 } };
    for (const [reason, count] of Object.entries(result.dropped)) dropped[reason] = (dropped[reason] ?? 0) + count;
    if (result.dropped["failed"]) {
      segments.push({ id: `s${segments.length + 1}`, ...window, text: "", state: "not-transcribed" });
      continue;
    }
    if (result.segments.length > 0) votes.set(result.language, (votes.get(result.language) ?? 0) + 1);
    for (const segment of result.segments) {
      const startMs = Math.min(window.startMs + segment.startMs, window.endMs);
      const endMs = Math.min(window.startMs + segment.endMs, window.endMs);
      segments.push({ id: `s${segments.length + 1}`, ...segment, startMs, endMs: Math.max(startMs, endMs) });
    }
  }
  const [most] = [...votes].toSorted((a, b) => b[1] - a[1]);
  return { segments, language: language === "auto" ? (most?.[0] ?? "sv") : language, dropped };
}
