// Times for words that have none: spread over the voice of their segment, by their length. Pure.
import type { Word } from "../formats.ts";
import type { Span } from "./packed-time.ts";
import type { Voice } from "./voice-track.ts";

/** What silence counts as, against voice: words go where the voice is, and are in order where there is none. */
const silenceWeight = 0.02;

/**
 * The words in order over the stretches of the recording that hold them, each as long as its share of the letters.
 * @param voice null where nothing is known: then time itself is what is shared
 */
export function spreadWords(
  words: readonly Pick<Word, "text" | "confidence">[],
  stretches: readonly Span[],
  voice: Voice | null,
): Word[] {
  const steps = stretches.flatMap((stretch) => toSteps(stretch, voice));
  const total = steps.reduce((sum, { weight }) => sum + weight, 0);
  const letters = words.reduce((sum, { text }) => sum + text.length + 1, 0);
  let step = 0;
  let before = 0;
  /** Where a share of the whole weight has passed. Asked with rising shares only. */
  const timeAt = (share: number, isStart: boolean): number => {
    const wanted = share * total;
    for (; step < steps.length - 1; step++) {
      const reached = before + (steps[step]?.weight ?? 0);
      // A start at the very end of a step belongs to the next.
      if (isStart ? wanted < reached - 1e-9 : wanted <= reached + 1e-9) break;
      before = reached;
    }
    const { startMs, endMs, weight } = steps[step] ?? { startMs: 0, endMs: 0, weight: 0 };
    const within = weight === 0 ? 0 : Math.max(0, Math.min(1, (wanted - before) / weight));
    return Math.round(startMs + within * (endMs - startMs));
  };
  let said = 0;
  return words.map((word) => {
    const startMs = timeAt(said / letters, true);
    said += word.text.length + 1;
    return { ...word, startMs, endMs: Math.max(startMs, timeAt(said / letters, false)) };
  });
}

interface Step extends Span {
  readonly weight: number;
}

function toSteps({ startMs, endMs }: Span, voice: Voice | null): Step[] {
  if (voice === null) return [{ startMs, endMs, weight: endMs - startMs }];
  const steps: Step[] = [];
  for (let from = startMs; from < endMs;) {
    const to = Math.min(endMs, (Math.floor(from / voice.stepMs) + 1) * voice.stepMs);
    steps.push({ startMs: from, endMs: to, weight: silenceWeight * (to - from) + voice.voicedMs(from, to) });
    from = to;
  }
  return steps.length > 0 ? steps : [{ startMs, endMs, weight: 0 }];
}
