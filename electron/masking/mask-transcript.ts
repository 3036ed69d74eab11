// A whole transcript (and a summary of it) masked, and restored by its key. Runs in a worker thread or the command line.
import type { Segment, Speaker, Transcript } from "../formats.ts";
import { findAll, type MaskRules, noRules } from "./find-all.ts";
import type { Find, Passage } from "./kinds.ts";
import { type MaskKey, maskPassages, restorePassages } from "./mask.ts";

/** The texts of a transcript that can name somebody: title, speakers, lines. */
export function passagesOf({ title, speakers, segments }: Transcript): Passage[] {
  return [
    ...(title === undefined ? [] : [{ id: "title", text: title }]),
    ...speakers.flatMap(({ id, name, role }) =>
      name === undefined || name.toLowerCase() === role?.toLowerCase()
        ? []
        : [{ id: `speaker:${id}`, text: name, isName: true }],
    ),
    ...segments.map(({ id, text }) => ({ id: `segment:${id}`, text })),
  ];
}

export function findInTranscript(transcript: Transcript, rules: MaskRules = noRules): Find[] {
  return findAll(passagesOf(transcript), transcript.language, rules);
}

export function maskTranscript(
  transcript: Transcript,
  rules: MaskRules = noRules,
): { readonly transcript: Transcript; readonly key: MaskKey } {
  const passages = passagesOf(transcript);
  const masked = maskPassages(passages, findAll(passages, transcript.language, rules), transcript.language);
  return { transcript: withTexts(transcript, masked.passages, true), key: masked.key };
}

/** The masked transcript as it was, but for what masking left out: timed words and what the recogniser wrote first. */
export function restoreTranscript(masked: Transcript, key: MaskKey): Transcript {
  return withTexts(masked, restorePassages(passagesOf(masked), key), false);
}

/** `isBare`: without timed words and what was heard at first, which would tell what the line hides. */
export function withTexts(transcript: Transcript, passages: readonly Passage[], isBare: boolean): Transcript {
  const texts = new Map(passages.map(({ id, text }) => [id, text]));
  return {
    ...transcript,
    ...(transcript.title === undefined ? {} : { title: texts.get("title") ?? transcript.title }),
    speakers: transcript.speakers.map((speaker) => withName(speaker, texts.get(`speaker:${speaker.id}`))),
    segments: transcript.segments.map((segment) => ({
      ...(isBare ? bare(segment) : segment),
      text: texts.get(`segment:${segment.id}`) ?? segment.text,
    })),
  };
}

const withName = (speaker: Speaker, name: string | undefined): Speaker =>
  name === undefined ? speaker : { ...speaker, name };

/** Timed words and what was heard at first would tell what the line hides. */
function bare({ words: _words, original: _original, ...rest }: Segment): Segment {
  return rest;
}
