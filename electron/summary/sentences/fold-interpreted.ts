// A talk through an interpreter, as one talk: what was said in another language is left out, what the interpreter only says
// again is told once, and what the interpreter says as "jag" is the account of who spoke before. Runs anywhere.
import type { Segment, Transcript } from "../../formats.ts";
import { contentStems, coverage } from "../language/stem.ts";
import type { Lexicon } from "../lexicon.ts";

const interpreters = /\b(?:tolk\p{L}*|\p{L}*tolk|\p{L}*tolken|interpreter)\b/u;
/** Of an interpreter's content words so many were said just before: it is the same again. */
const sameAgain = 0.7;
/** Turns before it that are looked at. */
const turnsBack = 2;
const saysI = /(?<!\p{L})(?:jag|mig|min|mitt|mina|vi|oss|vår|vårt|våra|i|me|my|mine|we|us|our)(?!\p{L})/iu;
const speaksForSelf = /(?<!\p{L})(?:tolken|tolkar|översätt\p{L}*|the interpreter|translate\p{L}*)(?!\p{L})/iu;

const base = (language: string): string => language.split("-")[0]?.toLowerCase() ?? language;

/** The same transcript where nobody interprets. Segments that stay keep their ids. */
export function foldInterpreted(transcript: Transcript, lexicon: Lexicon): Transcript {
  const ids = new Set(
    transcript.speakers.flatMap(({ id, role, name }) =>
      interpreters.test((role ?? name ?? "").toLowerCase()) ? [id] : [],
    ),
  );
  if (ids.size === 0) return transcript;
  const isInterpreter = ({ speaker }: Segment): boolean => speaker !== undefined && ids.has(speaker);
  const isForeign = ({ language }: Segment): boolean =>
    language !== undefined && base(language) !== base(transcript.language);
  const segments: Segment[] = [];
  /** Who spoke last in another language, and has not been interpreted yet. */
  let foreign: string | undefined;
  const turns: { speaker: string | undefined; stems: Set<string> }[] = [];
  for (const segment of transcript.segments) {
    if (isForeign(segment)) {
      if (!isInterpreter(segment)) foreign = segment.speaker;
      continue;
    }
    const stems = contentStems(segment.text, lexicon);
    if (isInterpreter(segment)) {
      const before = new Set(turns.slice(-turnsBack).flatMap((turn) => [...turn.stems]));
      if (stems.length >= 2 && coverage(stems, before) >= sameAgain) continue;
      const isTheirs = foreign !== undefined && saysI.test(segment.text) && !speaksForSelf.test(segment.text);
      segments.push(isTheirs && foreign !== undefined ? { ...segment, speaker: foreign } : segment);
      continue;
    }
    foreign = undefined;
    segments.push(segment);
    const last = turns.at(-1);
    if (last !== undefined && last.speaker === segment.speaker) for (const one of stems) last.stems.add(one);
    else turns.push({ speaker: segment.speaker, stems: new Set(stems) });
  }
  return { ...transcript, segments };
}
