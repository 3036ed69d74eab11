// Meetings in which is marked what has to go, and how much of it went. Tests and bench only.
import type { Transcript } from "../../../electron/formats.ts";
import { maskTranscript } from "../../../electron/masking/mask-transcript.ts";

export interface MaskEntity {
  readonly type: string;
  readonly must: boolean;
  readonly text: string;
  readonly segment: string;
  readonly start: number;
}

export interface MaskGold {
  readonly name: string;
  readonly transcript: Transcript;
  readonly entities: readonly MaskEntity[];
}

export interface MaskScore {
  readonly must: number;
  readonly mustGone: number;
  /** Names of those who work there, places, workplaces: better gone, not counted in the bar. */
  readonly may: number;
  readonly mayGone: number;
  readonly names: number;
  readonly namesGone: number;
  readonly numbers: number;
  readonly numbersGone: number;
  readonly leaks: readonly string[];
  readonly over: readonly string[];
  readonly ordinary: number;
  readonly overShare: number;
}

const nameTypes = new Set(["person", "staff"]);
const numberTypes = new Set(["pnr", "phone", "email", "account", "regnr", "case", "date_of_birth", "nhs"]);

/** "{kind:text}" has to go, "{?kind:text}" may. */
export function readMaskGold(file: string, name: string): MaskGold {
  let language = "sv";
  const entities: MaskEntity[] = [];
  const segments: { id: string; speaker: string; text: string }[] = [];
  for (const line of file.split("\n")) {
    const colon = line.indexOf(": ");
    if (line.startsWith("#") || colon < 0) continue;
    if (line.startsWith("language: ")) {
      language = line.slice(colon + 2).trim();
      continue;
    }
    const id = `s${String(segments.length + 1)}`;
    let text = "";
    let rest = line.slice(colon + 2);
    for (let found = marked.exec(rest); found !== null; found = marked.exec(rest)) {
      text += rest.slice(0, found.index);
      const [whole, may = "", type = "", own = ""] = found;
      entities.push({ type, must: may === "", text: own, segment: id, start: text.length });
      text += own;
      rest = rest.slice(found.index + whole.length);
    }
    segments.push({ id, speaker: line.slice(0, colon), text: text + rest });
  }
  return { name, entities, transcript: toTranscript(segments, language) };
}

const marked = /\{(\??)(\w+):([^}]*)\}/u;

/** The same meeting in lower case and without punctuation, as a recogniser may give it. */
export function unwritten(file: string): string {
  const plain = (text: string): string =>
    text
      .toLowerCase()
      .replaceAll(/[.,?!…](?=\s|$)/gu, "")
      .replaceAll(/ +/gu, " ");
  return file
    .split("\n")
    .map((line) => {
      const colon = line.indexOf(": ");
      if (line.startsWith("#") || line.startsWith("language: ") || colon < 0) return line;
      const said = line
        .slice(colon + 2)
        .replaceAll(
          /\{(\??)(\w+):([^}]*)\}|([^{]+)/gu,
          (
            _whole,
            may: string | undefined,
            type: string | undefined,
            own: string | undefined,
            other: string | undefined,
          ) =>
            type === undefined
              ? plain((other ?? "").replace(/^[.,?!…]/u, ""))
              : `{${may ?? ""}${type}:${plain(own ?? "")}}`,
        );
      return `${line.slice(0, colon + 2)}${said.trim()}`;
    })
    .join("\n");
}

export function toTranscript(
  segments: readonly { readonly id: string; readonly speaker: string; readonly text: string }[],
  language: string,
): Transcript {
  const speakers = [...new Set(segments.map(({ speaker }) => speaker))];
  return {
    lyssna: "transcript/1",
    language,
    durationMs: segments.length * 1000,
    speakers: speakers.map((name, at) => ({ id: String(at), name, role: name.toLowerCase() })),
    segments: segments.map(({ id, speaker, text }, at) => ({
      id,
      startMs: at * 1000,
      endMs: at * 1000 + 1000,
      speaker: String(speakers.indexOf(speaker)),
      text,
    })),
  };
}

interface Place {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

const wordsOf = (text: string): Place[] =>
  [...text.matchAll(/[\p{L}\p{N}]+/gu)].map((found) => ({
    word: found[0].toLowerCase(),
    start: found.index,
    end: found.index + found[0].length,
  }));

/** A word is kept if it stands in the longest common row of words of the line and its masked form. */
export function scoreMasking({ transcript, entities }: MaskGold): MaskScore {
  const masked = new Map(maskTranscript(transcript).transcript.segments.map(({ id, text }) => [id, text]));
  const leaks: string[] = [];
  const over: string[] = [];
  const counts = { must: 0, mustGone: 0, may: 0, mayGone: 0, names: 0, namesGone: 0, numbers: 0, numbersGone: 0 };
  let ordinary = 0;
  for (const { id, text } of transcript.segments) {
    const words = wordsOf(text);
    const kept = keptWords(
      words.map(({ word }) => word),
      wordsOf(masked.get(id) ?? "").map(({ word }) => word),
    );
    const inEntity = new Set<number>();
    for (const { type, must, text: own, start, segment } of entities) {
      if (segment !== id) continue;
      const at = words.flatMap((word, index) => (word.start < start + own.length && word.end > start ? [index] : []));
      for (const index of at) inEntity.add(index);
      const isGone = !at.some((index) => kept.has(index));
      const add = (all: keyof typeof counts, gone: keyof typeof counts): void => {
        counts[all] += 1;
        if (isGone) counts[gone] += 1;
      };
      if (must) add("must", "mustGone");
      else add("may", "mayGone");
      if (nameTypes.has(type)) add("names", "namesGone");
      if (numberTypes.has(type)) add("numbers", "numbersGone");
      if (must && !isGone) leaks.push(`${id} ${type} "${own}"`);
    }
    words.forEach(({ start, end }, index) => {
      if (inEntity.has(index)) return;
      ordinary += 1;
      if (!kept.has(index)) over.push(`${id} ${text.slice(start, end)}`);
    });
  }
  return { ...counts, leaks, over, ordinary, overShare: over.length / Math.max(1, ordinary) };
}

function keptWords(before: readonly string[], after: readonly string[]): ReadonlySet<number> {
  const [rows, columns] = [before.length, after.length];
  const longest = Array.from({ length: rows + 1 }, () => new Uint16Array(columns + 1));
  const value = (row: number, column: number): number => longest[row]?.[column] ?? 0;
  for (let row = rows - 1; row >= 0; row -= 1)
    for (let column = columns - 1; column >= 0; column -= 1)
      (longest[row] as Uint16Array)[column] =
        before[row] === after[column]
          ? value(row + 1, column + 1) + 1
          : Math.max(value(row + 1, column), value(row, column + 1));
  const kept = new Set<number>();
  for (let row = 0, column = 0; row < rows && column < columns;) {
    if (before[row] === after[column]) {
      kept.add(row);
      row += 1;
      column += 1;
    } else if (value(row + 1, column) >= value(row, column + 1)) row += 1;
    else column += 1;
  }
  return kept;
}
