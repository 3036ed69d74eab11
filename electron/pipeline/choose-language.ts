// Which language the recording is in, where each window has told its own, and which windows were probably wrong. Pure.
import type { WindowResult } from "../inference/protocol.ts";
import { packedLengthMs } from "./packed-time.ts";
import type { SoundWindow } from "./plan-windows.ts";
import type { Voice } from "./voice-track.ts";

/** Of a model that does not tell how sure it is. */
const unknownProbability = 0.5;
/** Windows in another language than most are believed while the chance that all of them are wrong is below this. */
const mostDoubt = 0.2;
/** What was heard first in its own language stands if it is surer by this than what the majority's language gave. */
const clearlySurer = 0.15;
const fallback = "sv";

export interface Majority {
  readonly majority: string;
  /** Windows to be heard again in the majority's language, in order. */
  readonly doubtful: readonly number[];
}

/**
 * The majority weighs each window by its speech and by how sure its language is. Windows that differ stand together
 * with their neighbours of the same language: a meeting that goes over to an interpreter is believed, a lone odd window
 * only if it is sure. Windows without text have no say.
 */
export function findMajority(
  windows: readonly SoundWindow[],
  results: ReadonlyMap<number, WindowResult>,
  voice: Voice | null,
): Majority {
  const votes = new Map<string, number>();
  const heard = [...results]
    .filter(([, { segments }]) => segments.length > 0)
    .toSorted(([a], [b]) => a - b)
    .map(([index, { language, languageProbability = unknownProbability }]) => ({
      index,
      language,
      probability: languageProbability,
    }));
  for (const { index, language, probability } of heard) {
    const weight = probability * speechMs(windows[index], voice);
    votes.set(language, (votes.get(language) ?? 0) + weight);
  }
  const [most] = [...votes].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const majority = most?.[0] ?? fallback;
  const doubtful: number[] = [];
  for (let from = 0; from < heard.length;) {
    const language = heard[from]?.language;
    let to = from;
    let doubt = 1;
    for (; heard[to]?.language === language && to < heard.length; to++) doubt *= 1 - (heard[to]?.probability ?? 0);
    if (language !== majority && doubt > mostDoubt) doubtful.push(...heard.slice(from, to).map(({ index }) => index));
    from = to;
  }
  return { majority, doubtful };
}

/** Of two answers for one window, the first in its own language, the second in the majority's. */
export function surerOf(first: WindowResult, second: WindowResult): WindowResult {
  if (second.dropped["failed"] !== undefined || second.segments.length === 0) return first;
  return confidenceOf(first) > confidenceOf(second) + clearlySurer ? first : second;
}

/** Mean over the text, weighed by its length; 0 where nothing is known. */
function confidenceOf({ segments }: WindowResult): number {
  const length = segments.reduce((sum, { text }) => sum + text.length, 0);
  return segments.reduce((sum, { text, confidence = 0 }) => sum + text.length * confidence, 0) / Math.max(1, length);
}

const speechMs = (window: SoundWindow | undefined, voice: Voice | null): number =>
  voice === null
    ? packedLengthMs(window?.spans ?? [])
    : (window?.spans ?? []).reduce((sum, { startMs, endMs }) => sum + voice.voicedMs(startMs, endMs), 0);
