// All windows' answers as the segments of the recording, in order, without what nobody said. Runs in main and the
// command line, a little at a time.
import { setImmediate } from "node:timers/promises";
import type { Segment } from "../formats.ts";
import type { WindowResult } from "../inference/protocol.ts";
import { cutLoopsAcross, cutLoopsInside } from "./cut-loops.ts";
import { dropInvented } from "./drop-invented.ts";
import { groupByPause, placeText, type Utterance } from "./place-text.ts";
import type { SoundWindow } from "./plan-windows.ts";
import type { Voice } from "./voice-track.ts";

export interface Answers {
  readonly windows: readonly SoundWindow[];
  readonly results: ReadonlyMap<number, WindowResult>;
  /** The recording's. */
  readonly language: string;
  readonly voice: Voice | null;
}

/** So many windows take about a millisecond or two; main may not compute for longer than a frame. */
const windowsAFrame = 8;

/** `dropped` counts what was left out: "failed" windows, and text by "no-speech", "phantom" and "loop". */
export async function assembleText({ windows, results, language, voice }: Answers): Promise<{
  readonly segments: Segment[];
  readonly dropped: Readonly<Record<string, number>>;
}> {
  const dropped: Record<string, number> = {};
  const count = (reason: string, times: number) => {
    if (times > 0) dropped[reason] = (dropped[reason] ?? 0) + times;
  };
  const utterances: Utterance[] = [];
  for (const [index, { spans }] of windows.entries()) {
    const result = results.get(index) ?? { language, segments: [], dropped: { failed: 1 } };
    for (const [reason, times] of Object.entries(result.dropped)) count(reason, times);
    if (result.dropped["failed"] !== undefined) utterances.push(...notTranscribed(spans));
    const placed = result.segments.flatMap((segment) => placeText(segment, spans, voice));
    const { kept, phantoms, noSpeech } = dropInvented(placed, voice, result.noSpeechProbability);
    count("phantom", phantoms);
    count("no-speech", noSpeech);
    const inside = cutLoopsInside(kept, voice);
    count("loop", inside.loops);
    const about = result.language === language ? {} : { language: result.language };
    utterances.push(...inside.kept.map((utterance) => ({ ...utterance, ...about })));
    if (index % windowsAFrame === windowsAFrame - 1) await setImmediate();
  }
  const { kept, loops } = cutLoopsAcross(utterances, voice);
  count("loop", loops);
  const segments = kept.map((utterance, index) => ({ id: `s${index + 1}`, ...utterance }));
  return { segments, dropped };
}

/** One mark for what was said together. */
const notTranscribed = (spans: SoundWindow["spans"]): Utterance[] =>
  groupByPause(spans).map((group) => ({
    startMs: group[0]?.startMs ?? 0,
    endMs: group.at(-1)?.endMs ?? 0,
    text: "",
    state: "not-transcribed",
  }));
