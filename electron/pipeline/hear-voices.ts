// Every piece of sound in which somebody speaks through the models that tell voices apart; each answer is kept as it comes.
// Runs in main and the command line; the heavy work is in processes of its own.
import { LyssnaError } from "../errors.ts";
import { freeRecent, letGo } from "../free-memory.ts";
import { type Inference, sampleRateHz, type VoiceModel } from "../inference/protocol.ts";
import { packWindows } from "../voices/keep-windows.ts";
import { hopMs, planVoices, type VoicePiece, windowCountOf, windowMs } from "../voices/plan-voices.ts";
import type { Work } from "../work.ts";
import type { SpeechRegion } from "./detect-speech.ts";

/** Pieces by the number of their first window. */
export interface KeptVoices {
  readonly pieces: ReadonlyMap<number, Uint8Array>;
  keep(first: number, bytes: Uint8Array): Promise<void>;
}

export interface HearVoicesOptions {
  readonly openPcm: (startMs: number) => AsyncIterable<Float32Array>;
  readonly regions: readonly SpeechRegion[];
  readonly durationMs: number;
  readonly model: VoiceModel;
  readonly inference: Inference;
  readonly kept: KeptVoices;
}

export interface HeardVoices {
  readonly pieces: readonly Uint8Array[];
  readonly windowCount: number;
}

/** Throws model-damaged, worker-ended, cancelled. What was kept by an earlier run is not heard again. */
export async function hearVoices(options: HearVoicesOptions, work: Work): Promise<HeardVoices> {
  const { signal, report } = work;
  const { durationMs, kept } = options;
  const windowCount = windowCountOf(durationMs);
  const planned = planVoices(durationMs, options.regions);
  const pieces = new Map(
    planned.flatMap(({ first }) => {
      const bytes = kept.pieces.get(first);
      return bytes === undefined ? [] : [[first, bytes] as const];
    }),
  );
  const missing = planned.filter(({ first }) => !pieces.has(first));
  const tell = () => report({ stage: "speakers", fraction: planned.length === 0 ? 1 : pieces.size / planned.length });
  tell();
  if (missing.length > 0) {
    const listener = await options.inference.openVoices(options.model, signal);
    try {
      const hear = async ({ first, count }: VoicePiece, samples: Float32Array): Promise<void> => {
        const isFirst = first === 0;
        const isLast = first + count === windowCount;
        const heard = await listener.hear({ samples, isFirst, isLast }, signal);
        letGo(samples);
        freeRecent();
        const bytes = packWindows(heard.map((window, at) => ({ ...window, index: first + at })));
        await kept.keep(first, bytes);
        pieces.set(first, bytes);
        tell();
      };
      await feed(options, missing, hear, listener.atOnce, signal);
    } finally {
      listener.close();
    }
  }
  return { pieces: planned.flatMap(({ first }) => pieces.get(first) ?? []), windowCount };
}

/** Cuts the pieces, which overlap, out of the running sound: one at a time, whatever the length. */
async function feed(
  { openPcm }: HearVoicesOptions,
  pieces: readonly VoicePiece[],
  hear: (piece: VoicePiece, samples: Float32Array) => Promise<void>,
  atOnce: number,
  signal: AbortSignal,
): Promise<void> {
  const inFlight = new Set<Promise<void>>();
  const failures: unknown[] = [];
  const start = async (piece: VoicePiece, samples: Float32Array): Promise<void> => {
    if (inFlight.size >= atOnce) await Promise.race(inFlight);
    if (failures.length > 0) throw failures[0];
    if (signal.aborted) throw new LyssnaError("cancelled");
    const asked: Promise<void> = hear(piece, samples)
      .catch((error: unknown) => void failures.push(error))
      .finally(() => inFlight.delete(asked));
    inFlight.add(asked);
  };
  try {
    for await (const { piece, samples } of cutPieces(openPcm, pieces)) await start(piece, samples);
  } finally {
    await Promise.all(inFlight);
  }
  if (failures.length > 0) throw failures[0];
}

const toSamples = (ms: number): number => Math.round((ms * sampleRateHz) / 1000);

/** The sound of each piece; where the recording ends, the last one is short. */
export async function* cutPieces(
  openPcm: (startMs: number) => AsyncIterable<Float32Array>,
  pieces: readonly VoicePiece[],
): AsyncGenerator<{ readonly piece: VoicePiece; readonly samples: Float32Array }, void, void> {
  const [firstPiece] = pieces;
  if (firstPiece === undefined) return;
  const originMs = firstPiece.first * hopMs;
  const placed = pieces.map((piece) => {
    const from = toSamples(piece.first * hopMs - originMs);
    return { piece, from, to: from + toSamples((piece.count - 1) * hopMs + windowMs) };
  });
  let next = 0;
  let at = 0;
  const open: { readonly place: (typeof placed)[number]; readonly samples: Float32Array }[] = [];
  for await (const chunk of openPcm(originMs)) {
    const end = at + chunk.length;
    for (let place = placed[next]; place !== undefined && place.from < end; place = placed[++next])
      open.push({ place, samples: new Float32Array(place.to - place.from) });
    for (const one of open) {
      const from = Math.max(at, one.place.from);
      const to = Math.min(end, one.place.to);
      if (from >= to) continue;
      one.samples.set(chunk.subarray(from - at, to - at), from - one.place.from);
    }
    while (open[0] !== undefined && open[0].place.to <= end) {
      const done = open.shift();
      if (done !== undefined) yield { piece: done.place.piece, samples: done.samples };
    }
    at = end;
    if (next >= placed.length && open.length === 0) return;
  }
  // Silence to the end, so that every piece is answered.
  for (const { place, samples } of open) yield { piece: place.piece, samples };
  for (const place of placed.slice(next))
    yield { piece: place.piece, samples: new Float32Array(place.to - place.from) };
}
