// Who speaks. Two channels are two people: that is certain. In one sound the voices are told apart by models where they are
// installed; where they are not, nobody is named: a statement pinned on the wrong person is worse than none. Pure.
import type { Segment, Speaker } from "../formats.ts";
import { speakerId, unnamedSpeaker } from "../voices/find-speakers.ts";
import { withoutEchoes } from "./without-echoes.ts";

const unknown: Readonly<Record<string, string>> = { sv: "Okänd talare", en: "Unknown speaker" };

/** Between two people there is a pause at least this long, or a question that is answered. */
const turnPauseMs = 700;

export interface SoundText {
  readonly segments: readonly Segment[];
  readonly language: string;
  readonly dropped: Readonly<Record<string, number>>;
}

export interface JoinedText extends SoundText {
  readonly speakers: Speaker[];
  readonly segments: Segment[];
}

/** What was heard in one sound or in several, each of one speaker, in the order of time and numbered anew. */
export function joinSounds(sounds: readonly SoundText[]): JoinedText {
  const said = sounds.map(({ segments }) => segments.length);
  // The language of the one who says most.
  const language = sounds[said.indexOf(Math.max(...said))]?.language ?? "sv";
  const speakers = sounds.map((_, at) => unnamedSpeaker(at, language));
  const { kept, echoes } = withoutEchoes(sounds.map(({ segments }) => segments));
  const dropped: Record<string, number> = echoes > 0 ? { echo: echoes } : {};
  for (const sound of sounds)
    for (const [reason, times] of Object.entries(sound.dropped)) dropped[reason] = (dropped[reason] ?? 0) + times;
  const segments = kept
    .flatMap((own, at) =>
      own.map((segment) => ({
        ...segment,
        speaker: speakers[at]?.id ?? "A",
        ...(segment.language === undefined && sounds[at]?.language !== language
          ? { language: sounds[at]?.language ?? language }
          : {}),
      })),
    )
    .toSorted((a, b) => a.startMs - b.startMs)
    .map((segment, index) => ({ ...segment, id: `s${String(index + 1)}` }));
  return {
    language,
    speakers: speakers.filter(({ id }) => segments.some(({ speaker }) => speaker === id)),
    segments,
    dropped,
  };
}

/**
 * One sound whose voices nobody told apart: all is said by somebody unknown, and a new line begins where somebody else may
 * have begun, so that lines can be given to people one by one.
 */
export function asUnknown(text: JoinedText): JoinedText {
  if (text.speakers.length !== 1) return text;
  const name = unknown[text.language] ?? unknown["en"] ?? "";
  return {
    ...text,
    speakers: [{ id: speakerId(0), name }],
    segments: text.segments.map((segment, at) => {
      const before = text.segments[at - 1];
      if (before === undefined) return segment;
      const begins = segment.startMs - before.endMs >= turnPauseMs || /\?["”»]?$/u.test(before.text.trim());
      return begins ? { ...segment, newLine: true } : segment;
    }),
  };
}
