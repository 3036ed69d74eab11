// What a document holds, before it is Markdown, plain text or Word. Runs anywhere.
// Everything that the three have in common is decided here once: order, citations, marks, what is left to a person.
import type { InterfaceLanguage, Summary, SummaryItem, SummarySection, Transcript } from "../formats.ts";
import { clock } from "./clock.ts";
import { oneLine } from "./clean-text.ts";
import { conflictSections, newWords, nextTimeSections, withLater } from "./report-parts.ts";
import { exportTexts, type ExportTexts } from "./texts.ts";

/** What to export. A report over several meetings brings their transcripts in the order m1, m2 … */
export type ExportInput =
  | {
      readonly kind: "summary";
      readonly summary: Summary;
      readonly transcript: Transcript | readonly Transcript[];
      /** True once a person has approved it: the document no longer says that it is a draft. */
      readonly reviewed?: boolean;
    }
  | { readonly kind: "transcript"; readonly transcript: Transcript };

export interface OutlineItem {
  readonly text: string;
  /** Citations and marks, such as "[00:42]" and "Saknar stöd". May be empty. */
  readonly source: string;
}

export type OutlineBody =
  | { readonly kind: "note"; readonly text: string }
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
  /** Said once, at the start of what an engine wrote and nobody approved. */
  readonly notice: string | null;
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly sections: readonly { readonly heading: string; readonly body: OutlineBody }[];
}

export function outlineOf(input: ExportInput, language: InterfaceLanguage): Outline {
  const texts = exportTexts(language);
  return input.kind === "summary" ? summaryOutline(input, texts) : transcriptOutline(input.transcript, texts);
}

function summaryOutline(input: Extract<ExportInput, { kind: "summary" }>, texts: ExportTexts): Outline {
  const { summary } = input;
  const transcripts: readonly Transcript[] = "lyssna" in input.transcript ? [input.transcript] : input.transcript;
  const cite = citations(transcripts, texts);
  const several = transcripts.length > 1;
  const recordedAt = several ? undefined : (summary.recordedAt ?? transcripts[0]?.recordedAt);
  const unplaced = summary.unplaced.length === 0 ? [] : [unplacedSection(summary.unplaced, texts)];
  return {
    title: oneLine(
      summary.title ?? (several ? undefined : transcripts[0]?.title) ?? summary.template.title ?? texts.summary,
    ),
    notice: input.reviewed === true ? null : texts.draft,
    facts: [
      ...(recordedAt === undefined ? [] : [[texts.recordedAt, dateWords(recordedAt)] as const]),
      [texts.template, oneLine(summary.template.title ?? summary.template.id)],
      ...(several ? [[texts.sources, transcripts.map(sourceWord).join("; ")] as const] : []),
    ],
    sections: [
      ...[...summary.sections, ...unplaced].map((section) => ({
        heading: oneLine(section.heading),
        body: sectionBody(section, cite, texts),
      })),
      ...conflictSections(summary, cite, texts),
      ...nextTimeSections(summary, texts),
    ],
  };
}

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
    return { kind: "note", text: section.state === "left-to-person" ? texts.leftToPerson : texts.notMentioned };
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
  return { kind: "items", items };
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

function citations(transcripts: readonly Transcript[], texts: ExportTexts): Cite {
  const times = new Map<string, string>();
  for (const [at, { segments, recordedAt }] of transcripts.entries()) {
    const day = recordedAt === undefined ? "" : ` (${dateWords(recordedAt).slice(0, 10)})`;
    for (const { id, startMs } of segments) {
      if (transcripts.length === 1) times.set(id, clock(startMs));
      else times.set(`m${at + 1}:${id}`, `${texts.meeting} ${at + 1}${day}, ${clock(startMs)}`);
    }
  }
  return (segmentId) => times.get(segmentId) ?? "";
}

function transcriptOutline(transcript: Transcript, texts: ExportTexts): Outline {
  const names = speakerNames(transcript);
  const lines = spoken(transcript).map((segment) => ({
    time: clock(segment.startMs),
    speaker: segment.speaker === undefined ? "" : (names.get(segment.speaker) ?? texts.unknownSpeaker),
    text: segment.state === "not-transcribed" ? `(${texts.notTranscribed})` : oneLine(segment.text),
  }));
  const { title, recordedAt, durationMs } = transcript;
  return {
    title: oneLine(title ?? texts.transcript),
    notice: null,
    facts: [
      ...(recordedAt === undefined ? [] : [[texts.recordedAt, dateWords(recordedAt)] as const]),
      [texts.duration, clock(durationMs)],
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
