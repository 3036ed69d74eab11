// A translated sentence against the one that it was made of: figures, dates and names must be the same in both. What it says
// besides is for somebody who knows the language. Pure.
import type { Doubt } from "../../renditions.ts";
import { calendarOf, datesIn, type FoundDate } from "./calendar-words.ts";
import { namesIn, plainLetters } from "./names-in.ts";
import { figuresIn, saidFigures } from "./figures-in.ts";

export interface Languages {
  /** Of the sentence, and of what was made of it; the same where it was only put in plain words. */
  readonly from: string;
  readonly to: string;
  /** Words that are names, also where they begin a sentence. */
  readonly names?: ReadonlySet<string>;
}

export function checkRendition(source: string, text: string, { from, to, names }: Languages): readonly Doubt[] {
  const doubts: Doubt[] = [];
  if (from !== to && (source === text || !hasScript(text, to))) doubts.push({ code: "not-translated", detail: "" });

  const [before, after] = [datesIn(source, calendarOf(from)), datesIn(text, calendarOf(to))];
  const isSame = (one: FoundDate, other: FoundDate) => one.kind === other.kind && one.number === other.number;
  for (const date of before.dates)
    if (!after.dates.some((other) => isSame(date, other)) && !isInFigures(date, after.rest))
      doubts.push({ code: "date-missing", detail: date.text });
  for (const date of after.dates)
    if (!before.dates.some((other) => isSame(date, other)) && !isInFigures(date, before.rest))
      doubts.push({ code: "date-added", detail: date.text });

  const [figures, translated] = [figuresIn(before.rest), figuresIn(after.rest)];
  const months = before.dates.filter(({ kind }) => kind === "month").map(({ number }) => String(number));
  const said = new Set([...figures, ...saidFigures(source, from), ...months]);
  const writtenMonths = new Set(after.dates.filter(({ kind }) => kind === "month").map(({ number }) => String(number)));
  const left = [...translated];
  for (const figure of figures) {
    const at = left.indexOf(figure);
    if (at >= 0) left.splice(at, 1);
    else if (!saidFigures(text, to).has(figure) && !writtenMonths.has(figure))
      doubts.push({ code: "number-missing", detail: figure });
  }
  for (const figure of new Set(translated))
    if (!said.has(figure)) doubts.push({ code: "number-added", detail: figure });

  const isIn = (name: string, where: string) => plainLetters(where).includes(plainLetters(name));
  for (const name of namesIn(source, from, names))
    if (!isIn(name, text)) doubts.push({ code: "name-missing", detail: name });
  for (const name of namesIn(text, to, names))
    if (!isIn(name, source)) doubts.push({ code: "name-added", detail: name });
  return doubts;
}

/** "2026-03-10" and "10/3" hold a month without its name; weekdays are never written so. */
const isInFigures = ({ kind, number }: FoundDate, text: string): boolean =>
  kind === "month" &&
  [...text.matchAll(/\d{1,4}([-/.])(\d{1,2})(?:\1(\d{1,4}))?/gu)].some((match) =>
    match[0].split(/[-/.]/u).some((part) => Number(part) === number),
  );

const scripts: Readonly<Record<string, RegExp>> = {
  ar: /\p{Script=Arabic}/u,
  fa: /\p{Script=Arabic}/u,
  uk: /\p{Script=Cyrillic}/u,
};
const hasScript = (text: string, language: string): boolean => scripts[language]?.test(text) ?? true;
