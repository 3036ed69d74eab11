// Who speaks. Until voices are told apart, every segment of a sound belongs to one unnamed speaker: a statement pinned on
// the wrong person is worse than none. Two channels are two people: that is certain. Pure.
import type { Segment, Speaker } from "../formats.ts";
import { withoutEchoes } from "./without-echoes.ts";

const unnamed: Readonly<Record<string, string>> = { sv: "Talare", en: "Speaker" };

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
  const speakers = sounds.map((_, at) => ({
    id: String.fromCodePoint(65 + at),
    name: `${unnamed[language] ?? unnamed["en"] ?? ""} ${String(at + 1)}`,
  }));
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
