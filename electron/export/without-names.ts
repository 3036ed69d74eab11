// The speakers' names give way to their roles, or to "Person A". Names of people who are only spoken about are not known
// here and stay; the document says so. Runs anywhere.
import type { Segment, Speaker, Summary, SummaryItem, Transcript } from "../formats.ts";
import { oneLine } from "./clean-text.ts";
import type { ExportInput } from "./outline.ts";
import type { ExportTexts } from "./texts.ts";

/** The same input with roles in place of names, in what was said, in what was written, and in titles. */
export function withoutNames(input: ExportInput, texts: ExportTexts): ExportInput {
  const transcripts: readonly Transcript[] = "lyssna" in input.transcript ? [input.transcript] : input.transcript;
  const stands = standIns(
    transcripts.flatMap(({ speakers }) => speakers),
    texts,
    transcripts.every(({ language }) => /^sv\b/iu.test(language)),
  );
  const clean = replacer(stands);
  const bare = (transcript: Transcript): Transcript => ({
    ...transcript,
    ...(transcript.title === undefined ? {} : { title: clean(transcript.title) }),
    speakers: transcript.speakers.map((speaker) => ({ ...speaker, name: stands.get(nameOf(speaker)) ?? speaker.id })),
    segments: transcript.segments.map((segment) => bareSegment(segment, clean)),
  });
  if (input.kind === "transcript") return { ...input, transcript: bare(input.transcript) };
  const transcript = "lyssna" in input.transcript ? bare(input.transcript) : input.transcript.map(bare);
  return { ...input, summary: bareSummary(input.summary, clean), transcript };
}

/** Without what the recogniser wrote before, and without the timed words: they would tell. */
function bareSegment(segment: Segment, clean: (text: string) => string): Segment {
  const { original: _original, words: _words, ...rest } = segment;
  return { ...rest, text: clean(segment.text) };
}

function bareSummary(summary: Summary, clean: (text: string) => string): Summary {
  const item = (from: SummaryItem): SummaryItem => ({
    ...from,
    text: clean(from.text),
    ...(from.who === undefined ? {} : { who: clean(from.who) }),
    ...(from.what === undefined ? {} : { what: clean(from.what) }),
    ...(from.when === undefined ? {} : { when: clean(from.when) }),
    ...(from.reasons === undefined ? {} : { reasons: from.reasons.map(clean) }),
    ...(from.later === undefined ? {} : { later: from.later.map((later) => ({ ...later, text: clean(later.text) })) }),
  });
  return {
    ...summary,
    ...(summary.title === undefined ? {} : { title: clean(summary.title) }),
    sections: summary.sections.map((section) => ({ ...section, items: section.items.map(item) })),
    unplaced: summary.unplaced.map(item),
    ...(summary.sources === undefined
      ? {}
      : {
          sources: summary.sources.map((source) =>
            source.title === undefined ? source : { ...source, title: clean(source.title) },
          ),
        }),
    ...(summary.conflicts === undefined
      ? {}
      : {
          conflicts: summary.conflicts.map(({ about, statements, ...rest }) => ({
            ...rest,
            about: clean(about),
            statements: statements.map((statement) => ({
              ...statement,
              text: clean(statement.text),
              ...(statement.who === undefined ? {} : { who: clean(statement.who) }),
            })),
          })),
        }),
  };
}

const nameOf = ({ id, name }: Speaker): string => oneLine(name ?? "") || oneLine(id);

/** By name. A role that two people have gets a letter, and so does a person without one. */
function standIns(speakers: readonly Speaker[], texts: ExportTexts, isSwedish: boolean): ReadonlyMap<string, string> {
  const people = new Map(speakers.map((speaker) => [nameOf(speaker), oneLine(speaker.role ?? "")]));
  const roles = [...people.values()];
  const letters = new Map<string, number>();
  return new Map(
    [...people].map(([name, role]) => {
      const word = role === "" ? texts.person : role.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
      if (role !== "" && roles.filter((other) => other === role).length === 1)
        return [name, isSwedish ? definite(word) : word];
      const at = letters.get(word) ?? 0;
      letters.set(word, at + 1);
      return [name, `${word} ${at < 26 ? String.fromCodePoint(65 + at) : at + 1}`];
    }),
  );
}

/** "Klient" → "Klienten": the form that stands in a sentence where a name stood. A role that has it already keeps it. */
function definite(role: string): string {
  if (/\s|(?:[ae]n|et)$/iu.test(role)) return role;
  if (/barn$/iu.test(role)) return `${role}et`;
  return /(?:[aeiouyåäö]|[eo][lr])$/iu.test(role) ? `${role}n` : `${role}en`;
}

/** Whole names first, then their parts; a Swedish or English genitive keeps its ending. */
function replacer(stands: ReadonlyMap<string, string>): (text: string) => string {
  const byWord = new Map<string, string>();
  for (const [name, stand] of stands) byWord.set(name, stand);
  for (const [name, stand] of stands)
    for (const part of name.split(/\s+/u))
      // A part in lower case ("av", "mamma till") is an ordinary word.
      if (/^\p{Lu}[\p{L}’'-]+$/u.test(part) && !byWord.has(part)) byWord.set(part, stand);
  const known = [...byWord.keys()].filter((word) => word.length > 1).toSorted((a, b) => b.length - a.length);
  if (known.length === 0) return (text) => text;
  const escaped = known.map((word) => word.replaceAll(/[$()*+.?[\\\]^{|}]/gu, "\\$&"));
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(${escaped.join("|")})(?=(?:'?s|’s)?(?![\\p{L}\\p{N}]))`, "gu");
  return (text) =>
    text.replace(pattern, (found: string, _word: string, at: number) => {
      const stand = byWord.get(found) ?? found;
      // Inside a sentence a role is an ordinary word; a letter tells that it stands for a name.
      const isInside = /[\p{L}\p{N},]\s+$/u.test(text.slice(Math.max(0, at - 3), at));
      return isInside && !/\s\S+$/u.test(stand) ? stand.toLowerCase() : stand;
    });
}
