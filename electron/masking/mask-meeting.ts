// A meeting's transcripts and its summary masked together, so that a person has the same number in both. Runs in a worker
// thread.
import type { Summary, SummaryItem, Transcript } from "../formats.ts";
import type { MaskChoice, MaskWords } from "../masking-choice.ts";
import { noWords } from "../masking-kinds.ts";
import { findAll, type MaskRules } from "./find-all.ts";
import type { Find, MaskKind, Passage } from "./kinds.ts";
import { type MaskKey, maskPassages } from "./mask.ts";
import { passagesOf, withTexts } from "./mask-transcript.ts";

export interface MaskInput {
  readonly transcripts: readonly Transcript[];
  readonly summary: Summary | null;
  /** Texts beside them: the meeting's title in the library. */
  readonly title?: string;
}

/** One place, as a person looks at it. */
export interface MaskHit {
  readonly passage: string;
  readonly start: number;
  readonly end: number;
  readonly kind: MaskKind;
  readonly placeholder: string;
  readonly text: string;
  readonly before: string;
  readonly after: string;
}

export interface MaskedMeeting extends MaskInput {
  readonly key: MaskKey;
  readonly hits: readonly MaskHit[];
}

const aroundCharacters = 40;

/** The words of the case and of the meeting together; the meeting's own word weighs more. */
export function rulesFrom(choice: MaskChoice, caseWords: MaskWords = noWords): MaskRules {
  const own = new Set(choice.always.map(({ text }) => text.toLowerCase()));
  const kept = new Set(choice.never.map((text) => text.toLowerCase()));
  return {
    always: [...choice.always, ...caseWords.always.filter(({ text }) => !kept.has(text.toLowerCase()))],
    never: [...choice.never, ...caseWords.never.filter((text) => !own.has(text.toLowerCase()))],
    places: choice.places,
  };
}

export function maskMeeting({ transcripts, summary, title }: MaskInput, rules: MaskRules): MaskedMeeting {
  const prefixes = transcripts.map((_, at) => (transcripts.length === 1 ? "" : `m${String(at + 1)}:`));
  const told = transcripts.flatMap((transcript, at) =>
    passagesOf(transcript).map((passage) => ({ ...passage, id: `${prefixes[at] ?? ""}${passage.id}` })),
  );
  const written: Passage[] = [];
  const note = (text: string): string => {
    written.push({ id: `summary:${String(written.length)}`, text });
    return text;
  };
  if (summary !== null) changeTexts(summary, note);
  const passages = [...told, ...written, ...(title === undefined ? [] : [{ id: "meeting", text: title }])];
  const language = transcripts.find(({ segments }) => segments.length > 0)?.language ?? summary?.language ?? "sv";
  const texts = new Map(passages.map(({ id, text }) => [id, text]));
  const places = rules.places.filter(
    (place) => !("text" in place) || texts.get(place.passage)?.slice(place.start, place.end) === place.text,
  );
  const finds = findAll(passages, language, { ...rules, places });
  const masked = maskPassages(passages, finds, language);
  const maskedTexts = new Map(masked.passages.map(({ id, text }) => [id, text]));
  let next = 0;
  const replace = (): string => maskedTexts.get(`summary:${String(next++)}`) ?? "";
  return {
    transcripts: transcripts.map((transcript, at) =>
      withTexts(
        transcript,
        passagesOf(transcript).map(({ id, text }) => ({
          id,
          text: maskedTexts.get(`${prefixes[at] ?? ""}${id}`) ?? text,
        })),
        true,
      ),
    ),
    summary: summary === null ? null : changeTexts(summary, replace),
    ...(title === undefined ? {} : { title: maskedTexts.get("meeting") ?? title }),
    key: masked.key,
    hits: hitsOf(finds, texts, masked.placeholders),
  };
}

function hitsOf(
  finds: readonly Find[],
  texts: ReadonlyMap<string, string>,
  placeholders: ReadonlyMap<string, string>,
): MaskHit[] {
  return finds.map(({ passage, start, end, kind, key }) => {
    const text = texts.get(passage) ?? "";
    return {
      passage,
      start,
      end,
      kind,
      placeholder: placeholders.get(`${kind} ${key}`) ?? "",
      text: text.slice(start, end),
      before: text.slice(Math.max(0, start - aroundCharacters), start),
      after: text.slice(end, end + aroundCharacters),
    };
  });
}

/** Every text of a summary that can name somebody, in one order, changed. */
function changeTexts(summary: Summary, change: (text: string) => string): Summary {
  const item = (from: SummaryItem): SummaryItem => ({
    ...from,
    text: change(from.text),
    ...(from.who === undefined ? {} : { who: change(from.who) }),
    ...(from.what === undefined ? {} : { what: change(from.what) }),
    ...(from.when === undefined ? {} : { when: change(from.when) }),
    ...(from.reasons === undefined ? {} : { reasons: from.reasons.map(change) }),
    ...(from.later === undefined ? {} : { later: from.later.map((later) => ({ ...later, text: change(later.text) })) }),
  });
  return {
    ...summary,
    ...(summary.title === undefined ? {} : { title: change(summary.title) }),
    sections: summary.sections.map((section) => ({ ...section, items: section.items.map(item) })),
    unplaced: summary.unplaced.map(item),
    ...(summary.sources === undefined
      ? {}
      : {
          sources: summary.sources.map((source) =>
            source.title === undefined ? source : { ...source, title: change(source.title) },
          ),
        }),
    ...(summary.conflicts === undefined
      ? {}
      : {
          conflicts: summary.conflicts.map((conflict) => ({
            ...conflict,
            about: change(conflict.about),
            statements: conflict.statements.map((statement) => ({
              ...statement,
              text: change(statement.text),
              ...(statement.who === undefined ? {} : { who: change(statement.who) }),
            })),
          })),
        }),
  };
}
