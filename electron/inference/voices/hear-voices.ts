// A piece of sound through both models: in each window, which voices speak when and what each of them is like.
// Inference process.
import type { HeardVoice, HeardWindow, VoicesRequest } from "../protocol.ts";
import { centred, fbank, fbankFrameSamples, fbankStepSamples } from "./fbank.ts";
import { frameAt, hopSamples, ownFrames, windowFrames, windowSamples } from "../../voices/frames.ts";
import type { VoiceSessions } from "./load-voices.ts";
import { decodePowerset, speaks, speaksAlone, windowVoices } from "../../voices/powerset.ts";

/** Windows segmented in one run: more gain nothing on a processor. */
const windowsAtOnce = 4;
/** Features of 10 ms that a voice is judged by at least; less tells nothing. */
const leastFrames = 40;
/** Where a window's middle holds less than this of a voice, what is around it helps out. */
const enoughFrames = 150;
/** Beside another voice a frame is not clean: it is 62 ms long, and hears its neighbour. */
const edgeFrames = 2;

/** The sound of consecutive windows, half a window apart; the last may be short. Windows are answered in order. */
export async function hearVoices(
  sessions: VoiceSessions,
  { samples, isFirst, isLast }: VoicesRequest,
): Promise<readonly HeardWindow[]> {
  const count = Math.max(1, Math.ceil((samples.length - windowSamples) / hopSamples) + 1);
  const windows = Array.from({ length: count }, (_, at) => {
    const window = new Float32Array(windowSamples);
    window.set(samples.subarray(at * hopSamples, at * hopSamples + windowSamples));
    return window;
  });
  const heard: HeardWindow[] = [];
  for (let from = 0; from < count; from += windowsAtOnce) {
    const some = windows.slice(from, from + windowsAtOnce);
    const scores = await sessions.segment(some);
    for (const [at, window] of some.entries()) {
      const activity = decodePowerset(scores[at] ?? new Float32Array(0));
      const own = ownFrames(isFirst && from + at === 0, isLast && from + at === count - 1);
      heard.push({ activity, voices: await embedVoices(sessions, window, activity, own) });
    }
  }
  return heard;
}

async function embedVoices(
  sessions: VoiceSessions,
  window: Float32Array,
  activity: Uint8Array,
  own: { readonly from: number; readonly to: number },
): Promise<readonly HeardVoice[]> {
  const voices: HeardVoice[] = [];
  let features: Float32Array | null = null;
  for (let voice = 0; voice < windowVoices; voice++) {
    let saysSomething = false;
    for (let frame = own.from; frame < own.to && !saysSomething; frame++)
      saysSomething = speaks(activity[frame], voice);
    if (!saysSomething) continue;
    const clean = cleanFrames(activity, voice);
    const inOwn = clean.filter((frame) => isWithin(frame, own));
    const chosen = inOwn.length >= enoughFrames ? inOwn : nearest(clean, own, enoughFrames);
    if (chosen.length < leastFrames) continue;
    features ??= fbank(window);
    const embedding = await sessions.embed(centred(features, chosen));
    voices.push({ voice, cleanMs: inOwn.length * 10, embedding });
  }
  return voices;
}

const middleOf = (frame: number): number => frameAt(frame * fbankStepSamples + fbankFrameSamples / 2);

const isWithin = (frame: number, { from, to }: { readonly from: number; readonly to: number }): boolean =>
  middleOf(frame) >= from && middleOf(frame) < to;

/** Frames of 10 ms in which one voice alone speaks. */
function cleanFrames(activity: Uint8Array, voice: number): readonly number[] {
  const isClean = Array.from({ length: windowFrames }, (_, at) => {
    if (!speaksAlone(activity[at], voice)) return false;
    for (let near = Math.max(0, at - edgeFrames); near <= Math.min(windowFrames - 1, at + edgeFrames); near++) {
      const bits = activity[near] ?? 0;
      if ((bits & ~(1 << voice)) !== 0) return false;
    }
    return true;
  });
  const last = Math.floor((windowSamples - fbankFrameSamples) / fbankStepSamples);
  const frames: number[] = [];
  for (let frame = 0; frame <= last; frame++) if (isClean[middleOf(frame)] === true) frames.push(frame);
  return frames;
}

/** The `count` frames that lie nearest to the window's own, in order. */
function nearest(
  frames: readonly number[],
  own: { readonly from: number; readonly to: number },
  count: number,
): readonly number[] {
  const away = (frame: number): number => {
    const at = middleOf(frame);
    return at < own.from ? own.from - at : Math.max(0, at - own.to + 1);
  };
  return frames
    .toSorted((one, other) => away(one) - away(other))
    .slice(0, count)
    .toSorted((one, other) => one - other);
}
