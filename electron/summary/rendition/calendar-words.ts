// Names of months and weekdays in any language, from the system's own tables, and where they stand in a text. Pure.

interface CalendarWord {
  readonly kind: "month" | "weekday";
  /** 1 to 12; 1 to 7 from Monday. */
  readonly number: number;
  /** What the word begins with, whatever its ending. */
  readonly stem: string;
}

export interface FoundDate extends Pick<CalendarWord, "kind" | "number"> {
  readonly text: string;
}

const known = new Map<string, readonly CalendarWord[]>();

/** Longest stem first. Arabic has two sets of month names: either will do. */
export function calendarOf(language: string): readonly CalendarWord[] {
  const found = known.get(language);
  if (found !== undefined) return found;
  const locales = language === "ar" ? ["ar-EG", "ar-SY"] : [language];
  const words = locales.flatMap((locale) => {
    const write = (options: Intl.DateTimeFormatOptions, date: Date) =>
      new Intl.DateTimeFormat(locale, { ...options, calendar: "gregory", timeZone: "UTC" })
        .formatToParts(date)
        .filter(({ type }) => type === "month" || type === "weekday")
        .map(({ value }) => value)
        .join(" ");
    const months = Array.from({ length: 12 }, (_, at) => at + 1).flatMap((number) => {
      const date = new Date(Date.UTC(2026, number - 1, 5));
      // Alone and with a day: "березень", "5 березня".
      return [write({ month: "long" }, date), write({ month: "long", day: "numeric" }, date)].map((name) => ({
        kind: "month" as const,
        number,
        stem: stemOf(name, language),
      }));
    });
    // 5 January 2026 is a Monday.
    const weekdays = Array.from({ length: 7 }, (_, at) => ({
      kind: "weekday" as const,
      number: at + 1,
      stem: stemOf(write({ weekday: "long" }, new Date(Date.UTC(2026, 0, 5 + at))), language),
    }));
    return [...months, ...weekdays];
  });
  const sorted = words.filter(({ stem }) => /^\p{L}/u.test(stem)).toSorted((a, b) => b.stem.length - a.stem.length);
  known.set(language, sorted);
  return sorted;
}

/** Endings change: "п'ятниця", "п'ятницю"; "Jimco", "Jimce". What is short is left whole. */
const stemOf = (name: string, language: string): string => {
  const lower = name.toLowerCase().replaceAll(/[’ʼ]/gu, "'");
  if (/^(?:uk|pl)\b/u.test(language) && lower.length > 5) return lower.slice(0, -2);
  return /^so\b/u.test(language) && lower.length > 4 ? lower.slice(0, -1) : lower;
};

/** The months and weekdays of a text, each once, and the text without their names. */
export function datesIn(text: string, calendar: readonly CalendarWord[]) {
  const dates: FoundDate[] = [];
  const rest = text.replaceAll(/\p{L}[\p{L}\p{M}'’ʼ]*/gu, (word) => {
    const lower = word.toLowerCase().replaceAll(/[’ʼ]/gu, "'");
    // Prepositions are written together with the word in Arabic.
    const found = calendar.find(({ stem }) =>
      /^\p{Script=Arabic}/u.test(stem) ? lower.endsWith(stem) : isInflected(lower, stem),
    );
    // "may" and "mars" as other words: only a month where it is written as one.
    if (found === undefined || word === "may") return word;
    if (!dates.some(({ kind, number }) => kind === found.kind && number === found.number))
      dates.push({ kind: found.kind, number: found.number, text: word });
    return " ";
  });
  return { dates, rest };
}

/** "fredagen" and "marsmånaden" begin with the name; "majestätisk" does too, and is longer than any ending. */
const isInflected = (word: string, stem: string): boolean =>
  word.startsWith(stem) && (word.length - stem.length <= 3 || word.startsWith(`${stem}måna`));
