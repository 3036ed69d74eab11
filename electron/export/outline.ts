// What a document holds, before it is Markdown, plain text, a web page, Word or PDF. Runs anywhere.
// Everything that they have in common is decided here once: order, citations, marks, what is left to a person.
import type { InterfaceLanguage, Summary, SummaryItem, SummarySection, Transcript } from "../formats.ts";
import type { Consent } from "../recorded.ts";
import { clock } from "./clock.ts";
import { consentWords } from "./consent-words.ts";
import { oneLine } from "./clean-text.ts";
import { labelOf, type Review } from "./label.ts";
import { type ExportOptions, wholeDocument } from "./options.ts";
import { plainSummary } from "./plain-language.ts";
import { conflictSections, newWords, nextTimeSections, withLater } from "./report-parts.ts";
import { exportTexts, type ExportTexts } from "./texts.ts";
import { withoutNames } from "./without-names.ts";

/** What to export. A report over several meetings brings their transcripts in the order m1, m2 … */
export type ExportInput =
  | {
      readonly kind: "summary";
      readonly summary: Summary;
      readonly transcript: Transcript | readonly Transcript[];
      /** Who approved it; without it the document says that nobody has. */
      readonly review?: Review | null;
      /** Of a recording: what those present answered; null where nothing is noted. */
      readonly consent?: Consent | null;
    }
  | { readonly kind: "transcript"; readonly transcript: Transcript; readonly consent?: Consent | null };

export interface OutlineItem {
  readonly text: string;
  /** Citations and marks, such as "[00:42]" and "Saknar stöd". May be empty. */
  readonly source: string;
}

export type OutlineBody =
  | { readonly kind: "note"; readonly text: string }
  | { readonly kind: "manual"; readonly text: string }
  | { readonly kind: "quotes"; readonly items: readonly OutlineItem[] }
  | { readonly kind: "terms"; readonly terms: readonly (readonly [word: string, meaning: string])[] }
  | { readonly kind: "notes"; readonly notes: readonly string[] }
  | { readonly kind: "items"; readonly items: readonly OutlineItem[] }
  | { readonly kind: "actions"; readonly rows: readonly OutlineAction[] }
  | { readonly kind: "talk"; readonly lines: readonly TalkLine[] };

export interface OutlineAction {
  readonly what: string;
  readonly who: string;
  readonly when: string;
  readonly source: string;
}

export interface TalkLine {
  readonly time: string;
  readonly speaker: string;
  readonly text: string;
}

export interface Outline {
  readonly title: string;
  /** The language of what was said, as BCP 47. */
  readonly language: string;
  /** Said once, on top: that a machine helped, and who has reviewed it. */
  readonly label: string;
  /** Further sentences about the document itself, after the label. */
  readonly about: readonly string[];
  /** What is to be settled before the text is used. */
  readonly open: readonly string[];
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly sections: readonly { readonly heading: string; readonly body: OutlineBody }[];
}

/** How citations are written: as times in the text, or as numbers that lead to a list with time and speaker. */
export type CiteAs = "times" | "notes";

export function outlineOf(
  input: ExportInput,
  language: InterfaceLanguage,
  options: ExportOptions = wholeDocument,
  citeAs: CiteAs = "times",
): Outline {
  const texts = exportTexts(language);
  const given = options.names && options.masked !== true ? input : unnamedConsent(input);
  const shown = options.names ? given : withoutNames(given, texts);
  const outline =
    shown.kind === "transcript"
      ? transcriptOutline(shown, texts)
      : options.client
        ? clientOutline(shown, texts)
        : summaryOutline(shown, texts, options.citations ? citeAs : null);
  const about = [...(options.masked === true ? [texts.masked] : []), ...(options.names ? [] : [texts.namesLeftOut])];
  return about.length === 0 ? outline : { ...outline, about: [...outline.about, ...about] };
}

type SummaryInput = Extract<ExportInput, { kind: "summary" }>;

/** For the person it is about: only what came up, in short sentences, with words explained and no citations. */
function clientOutline(input: SummaryInput, texts: ExportTexts): Outline {
  const { summary, terms } = plainSummary(input.summary);
  const came = { ...summary, sections: summary.sections.filter(({ items }) => items.length > 0) };
  const outline = summaryOutline({ ...input, summary: came }, { ...texts, unplaced: texts.other }, null);
  return {
    ...outline,
    about: [texts.clientAbout],
    open: [],
    sections: [
      ...outline.sections,
      ...(terms.length === 0 ? [] : [{ heading: texts.terms, body: { kind: "terms", terms } } as const]),
    ],
  };
}

/** Who was informed, and what they excepted, is in words of one's own, and may name somebody. */
const unnamedConsent = (input: ExportInput): ExportInput =>
  input.consent ? { ...input, consent: { ...input.consent, informed: "", note: "" } } : input;

const consentFact = ({ consent }: ExportInput, texts: ExportTexts): Outline["facts"] =>
  consent === undefined ? [] : [[texts.consent, consentWords(consent, texts)]];

function summaryOutline(input: SummaryInput, texts: ExportTexts, citeAs: CiteAs | null): Outline {
  const { summary } = input;
  const transcripts: readonly Transcript[] = "lyssna" in input.transcript ? [input.transcript] : input.transcript;
  const notes = new Map<string, number>();
  const cite = citeAs === null ? () => "" : citations(transcripts, texts, citeAs === "notes" ? notes : null);
  const several = transcripts.length > 1;
  const recordedAt = several ? undefined : (summary.recordedAt ?? transcripts[0]?.recordedAt);
  const unplaced = summary.unplaced.length === 0 ? [] : [unplacedSection(summary.unplaced, texts)];
  const sections = [
    ...[...summary.sections, ...unplaced].map((section) => ({
      heading: oneLine(section.heading),
      body: sectionBody(section, cite, texts),
    })),
    ...conflictSections(summary, cite, texts),
    ...nextTimeSections(summary, texts),
  ];
  return {
    language: summary.language,
    title: oneLine(
      summary.title ?? (several ? undefined : transcripts[0]?.title) ?? summary.template.title ?? texts.summary,
    ),
    label: labelOf(input.review ?? null, texts),
    about: [],
    open: openPoints(summary),
    facts: [
      ...(recordedAt === undefined ? [] : [[texts.recordedAt, dateWords(recordedAt)] as const]),
      [texts.template, oneLine(summary.template.title ?? summary.template.id)],
      ...consentFact(input, texts),
      ...(several ? [[texts.sources, transcripts.map(sourceWord).join("; ")] as const] : []),
    ],
    sections:
      notes.size === 0
        ? sections
        : [...sections, { heading: texts.notes, body: { kind: "notes", notes: [...notes.keys()] } }],
  };
}

/** What an engine wrote without support and nobody has dealt with, each with its heading and why. */
const openPoints = ({ sections, unplaced }: Summary): readonly string[] =>
  [...sections, { heading: "", items: unplaced }].flatMap(({ heading, items }) =>
    items
      .filter(
        ({ support, origin, confirmed }) => support === "unsupported" && origin !== "person" && confirmed !== true,
      )
      .map(({ text, reasons = [] }) =>
        [heading === "" ? "" : `${oneLine(heading)}:`, `”${oneLine(text)}”`, ...reasons.map(oneLine)]
          .filter((part) => part !== "")
          .join(" "),
      ),
  );

/** "2. Hembesök (2026-04-09)" */
const sourceWord = ({ title, recordedAt }: Transcript, at: number): string =>
  `${at + 1}. ${oneLine(title ?? "–")}${recordedAt === undefined ? "" : ` (${dateWords(recordedAt).slice(0, 10)})`}`;

const unplacedSection = (items: readonly SummaryItem[], texts: ExportTexts): SummarySection => ({
  id: "unplaced",
  heading: texts.unplaced,
  state: "filled",
  items: [...items],
});

/** The body of one heading. `cite` turns an item's segments into times; without it there are none. */
export function sectionBody(section: SummarySection, cite: Cite, texts: ExportTexts): OutlineBody {
  if (section.items.length === 0) {
    return section.state === "left-to-person"
      ? { kind: "manual", text: texts.leftToPerson }
      : { kind: "note", text: texts.notMentioned };
  }
  if (isActions(section)) {
    const rows = section.items.map((item) => ({
      what: withLater(capitalised(oneLine(item.what ?? item.text)), item, cite, texts),
      who: oneLine(item.who ?? ""),
      when: whenWords(item),
      source: sourceWords(item, cite, texts),
    }));
    return { kind: "actions", rows };
  }
  const items = section.items.map((item) => ({
    text: withLater(oneLine(item.text), item, cite, texts),
    source: sourceWords(item, cite, texts),
  }));
  return { kind: section.kind === "quotes" ? "quotes" : "items", items };
}

/** Where the kind is not told, a heading of which half the items say what is to be done. */
function isActions({ kind, items }: SummarySection): boolean {
  if (kind !== undefined) return kind === "actions";
  return items.filter(({ what }) => what !== undefined).length * 2 >= items.length;
}

const capitalised = (text: string) => text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());

/** "på torsdag (2026-03-12)": the words that were used, and the date they mean. */
function whenWords({ when, due }: SummaryItem): string {
  if (due === undefined) return oneLine(when ?? "");
  return when === undefined || when === due ? due : `${oneLine(when)} (${due})`;
}

function sourceWords(item: SummaryItem, cite: Cite, texts: ExportTexts): string {
  const times = [...new Set(item.segments.map(cite))].filter((time) => time !== "");
  const mark = item.support === "unsupported" ? texts.unsupported : item.support === "weak" ? texts.weak : "";
  return [times.length === 0 ? "" : `[${times.join(", ")}]`, mark, newWords(item, texts)]
    .filter((part) => part !== "")
    .join(" ");
}

/** When a cited segment was said, or "" for one that is not there. */
export type Cite = (segmentId: string) => string;

/** `notes`, where given, gathers what the numbers stand for, in their order. */
function citations(transcripts: readonly Transcript[], texts: ExportTexts, notes: Map<string, number> | null): Cite {
  const times = new Map<string, string>();
  for (const [at, transcript] of transcripts.entries()) {
    const { segments, recordedAt } = transcript;
    const day = recordedAt === undefined ? "" : ` (${dateWords(recordedAt).slice(0, 10)})`;
    const names = notes === null ? null : speakerNames(transcript);
    for (const { id, startMs, speaker } of segments) {
      const name = speaker === undefined ? undefined : names?.get(speaker);
      const time = `${clock(startMs)}${name === undefined ? "" : `, ${name}`}`;
      if (transcripts.length === 1) times.set(id, time);
      else times.set(`m${at + 1}:${id}`, `${texts.meeting} ${at + 1}${day}, ${time}`);
    }
  }
  if (notes === null) return (segmentId) => times.get(segmentId) ?? "";
  return (segmentId) => {
    const time = times.get(segmentId);
    if (time === undefined) return "";
    const number = notes.get(time) ?? notes.size + 1;
    notes.set(time, number);
    return String(number);
  };
}

function transcriptOutline(input: Extract<ExportInput, { kind: "transcript" }>, texts: ExportTexts): Outline {
  const { transcript } = input;
  const names = speakerNames(transcript);
  const lines = spoken(transcript).map((segment) => ({
    time: clock(segment.startMs),
    speaker: segment.speaker === undefined ? "" : (names.get(segment.speaker) ?? texts.unknownSpeaker),
    text: segment.state === "not-transcribed" ? `(${texts.notTranscribed})` : oneLine(segment.text),
  }));
  const { title, recordedAt, durationMs } = transcript;
  return {
    language: transcript.language,
    title: oneLine(title ?? texts.transcript),
    label: texts.transcriptLabel,
    about: [],
    open: [],
    facts: [
      ...(recordedAt === undefined ? [] : [[texts.recordedAt, dateWords(recordedAt)] as const]),
      [texts.duration, clock(durationMs)],
      ...consentFact(input, texts),
      ...(names.size === 0 ? [] : [[texts.speakers, [...names.values()].join(", ")] as const]),
    ],
    sections: [
      {
        heading: texts.transcript,
        body: lines.length === 0 ? { kind: "note", text: texts.noSpeech } : { kind: "talk", lines },
      },
    ],
  };
}

/** What a speaker is called: the name, or else the id. */
export const speakerNames = (transcript: Transcript): ReadonlyMap<string, string> =>
  new Map(transcript.speakers.map(({ id, name }) => [id, oneLine(name ?? "") || oneLine(id)]));

/** The segments that may leave the app: what a person struck does not. */
export const spoken = (transcript: Transcript) =>
  transcript.segments.filter(
    ({ state, text }) => state !== "struck" && (state === "not-transcribed" || oneLine(text) !== ""),
  );

/** "2026-03-10T09:02:00" → "2026-03-10 09:02". */
const dateWords = (iso: string): string => oneLine(iso).replace("T", " ").slice(0, 16);
