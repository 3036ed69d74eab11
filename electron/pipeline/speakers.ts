// Who speaks. Until voices are told apart, every segment belongs to one unnamed speaker: a statement
// pinned on the wrong person is worse than none. The person can name the speaker and add roles by hand.
import type { Segment, Speaker } from "../formats.ts";

const unnamed: Readonly<Record<string, string>> = { sv: "Talare 1", en: "Speaker 1" };

/** Gives each segment its speaker. Returns new values; the given ones are left as they are. */
export function assignSpeakers(
  segments: readonly Segment[],
  language: string,
): { readonly speakers: Speaker[]; readonly segments: Segment[] } {
  if (segments.length === 0) return { speakers: [], segments: [] };
  const speaker: Speaker = { id: "A", name: unnamed[language] ?? unnamed["en"] ?? "A" };
  return {
    speakers: [speaker],
    segments: segments.map((segment) => ({ ...segment, speaker: speaker.id })),
  };
}
