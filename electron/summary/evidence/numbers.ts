// Numbers, sums, times and dates of an item must have been said, as figures or as words, and of the same thing. Runs anywhere.
import { writeFigures } from "../language/figures.ts";
import { contentStems } from "../language/stem.ts";
import { hasPhrase, type Token, tokenise } from "../language/tokens.ts";
import type { Lexicon } from "../lexicon.ts";
import type { Sentence } from "../sentences/split.ts";
import { findTimes } from "../times/times.ts";
import type { Finding, FindingCode, Ground } from "./claim.ts";
import { evidenceLexicon } from "./evidence-lexicon.ts";
import { clockTimes } from "./spoken-clock.ts";

export function checkNumbers({ item, sentences, split, lexicon }: Ground): Finding[] {
  const { weekdays, months, language } = lexicon;
  const said = new Set<string>();
  const days = new Set<string>();
  const dates = new Set<string>();
  const spoken = sentences.flatMap((sentence) => [sentence.tokens, tokenise(sentence.spoken)]);
  for (const tokens of spoken) {
    for (const { lower } of figures(tokens, lexicon)) for (const form of forms(lower)) said.add(form);
    for (const time of clockTimes(tokens, lexicon)) said.add(time);
    for (const { lower } of tokens) {
      const day = dayIn(lower, [...weekdays, ...months], language);
      if (day !== undefined) days.add(day);
    }
  }
  for (const sentence of sentences)
    for (const { due } of [
      ...sentence.times,
      ...findTimes(sentence.tokens, split.meetings[sentence.meeting]?.recordedAt, lexicon),
    ])
      if (due !== null) dates.add(due);
  const findings: Finding[] = [];
  const isoDates = [...item.text.matchAll(/\b\d{4}-\d\d-\d\d\b/gu)].map((match) => match[0]);
  for (const date of new Set([...isoDates, ...(item.due === undefined ? [] : [item.due])]))
    if (!dates.has(date) && !said.has(date)) findings.push({ code: "date", weight: "against", detail: date });
  const tokens = figures(tokenise(item.text.replaceAll(/\b\d{4}-\d\d-\d\d\b/gu, " ")), lexicon);
  const words = tokens.map((token) => token.lower);
  for (const [at, { lower, text: shown }] of tokens.entries()) {
    if (/\p{N}/u.test(lower) && !isLabel(lower, words, split)) {
      if (!forms(lower).some((form) => said.has(form))) findings.push(unsaid(shown, at, tokens));
      else if (saidOftener(lower, words, spoken, lexicon) || isOfAnother(lower, at, tokens, spoken, lexicon))
        findings.push({ code: "numberElsewhere", weight: "doubt", detail: withUnit(shown, tokens[at + 1]) });
    }
    const day = dayIn(lower, [...weekdays, ...months], language);
    if (day !== undefined && !days.has(day) && !isoDates.some((date) => dates.has(date)))
      findings.push({ code: "day", weight: "against", detail: shown });
  }
  return [...findings, ...untoldTimes(item.text, sentences, lexicon)];
}

/** "Fredagen", "fredagarna", "marsmånaden", "Friday's"; "may" alone is a verb as often as a month, and "Maya" neither. */
const dayIn = (word: string, names: readonly string[], language: Lexicon["language"]): string | undefined =>
  names.find((name) => {
    if (!word.startsWith(name) || word === "may") return false;
    const ending = word.slice(name.length);
    return language === "sv" ? /^(?:en|ens|s|ar|arna|s?\p{L}{4,})?$/u.test(ending) : /^(?:s|['’]s)?$/u.test(ending);
  });

/** "I morgon", "på kvällarna", "i höstas": the time of day, the season, the day as seen from the meeting. */
function untoldTimes(text: string, sentences: readonly Sentence[], { language }: Lexicon): Finding[] {
  const flat = (words: string): string =>
    ` ${tokenise(words)
      .map(({ lower }) => lower)
      .join(" ")} `;
  const own = flat(text);
  const said = sentences.map(({ flat: words, spoken }) => words + flat(spoken)).join(" ");
  return Object.entries(evidenceLexicon(language).timeWords)
    .filter(([, words]) => hasPhrase(own, words) && !hasPhrase(said, words))
    .filter(([, words]) => ![...words].some((word) => said.includes(` ${word.slice(0, -2)}`) && word.length > 6))
    .map(([detail]): Finding => ({ code: "day", weight: "against", detail }));
}

/** Spoken numbers as figures; "seven hundred and fifty" and "2,000" are one number each. */
function figures(tokens: readonly Token[], { language }: Lexicon): Token[] {
  if (language !== "en") return writeFigures(tokens, language);
  const joined = tokens
    .filter(
      ({ lower }, at) =>
        lower !== "and" || !/^(?:hundred|thousand)$/u.test(tokens[at - 1]?.lower ?? "") || tokens[at + 1] === undefined,
    )
    .map((token) =>
      /^\d{1,3}(?:,\d{3})+$/u.test(token.lower) ? { ...token, lower: token.lower.replaceAll(",", "") } : token,
    );
  return writeFigures(joined, language);
}

/** "14.30" and "14:30" are one time; "02.14" holds, and "klockan tio" is "10.00". */
const forms = (word: string): string[] =>
  /\p{N}/u.test(word)
    ? [
        word,
        word.replace(":", "."),
        word.replace(/^0(?=\d)/u, "").replace(":", "."),
        word.replace(/^0(?=\d)/u, "").replace(/[.:]00$/u, ""),
        word.replace(/(?<=\d)(?:st|nd|rd|th)$/u, ""),
      ]
    : [];

const units = /^(?:kronor|krona|kr|euro|dollar|pounds?|dollars|miljoner|million|tusen|thousand)$/u;
const clocks = /^(?:klockan|kl|at|o)$/u;

function unsaid(shown: string, at: number, tokens: readonly Token[]): Finding {
  const [before, next] = [tokens[at - 1]?.lower ?? "", tokens[at + 1]];
  const code: FindingCode = units.test(next?.lower ?? "") ? "sum" : clocks.test(before) ? "clock" : "number";
  return { code, weight: "against", detail: withUnit(shown, next) };
}

const withUnit = (shown: string, next: Token | undefined): string =>
  next !== undefined && units.test(next.lower) ? `${shown} ${next.text}` : shown;

/** "Från fem till fem", where five was said once. */
function saidOftener(
  number: string,
  words: readonly string[],
  spoken: readonly (readonly Token[])[],
  lexicon: Lexicon,
): boolean {
  const told = words.filter((word) => word === number).length;
  if (told < 2) return false;
  const said = spoken
    .flatMap((tokens) => figures(tokens, lexicon))
    .filter(({ lower }) => forms(lower).some((form) => forms(number).includes(form))).length;
  // Each sentence is looked at twice: as it was said, and tidied.
  return told * 2 > said;
}

/** The thing counted was said with another number only: "fyra kvällar" where the four were hours. */
function isOfAnother(
  number: string,
  at: number,
  tokens: readonly Token[],
  spoken: readonly (readonly Token[])[],
  lexicon: Lexicon,
): boolean {
  const thing = thingAfter(tokens, at, lexicon);
  if (thing === null) return false;
  let other = false;
  for (const said of spoken.map((words) => figures(words, lexicon)))
    for (const [place, { lower }] of said.entries()) {
      if (!/\p{N}/u.test(lower)) continue;
      const counted = thingAfter(said, place, lexicon);
      const same = forms(lower).some((form) => forms(number).includes(form));
      // "Sju skadade." – "Åtta.": a number by itself puts right the one before it.
      if (same && (counted === thing || (other && bare(said, place)))) return false;
      if (counted === thing) other = true;
    }
  return other;
}

/** "Åtta var det", "okej, tre": a number that counts nothing in a short remark. */
const bare = (tokens: readonly Token[], at: number): boolean => {
  const next = tokens[at + 1];
  const words = tokens.filter(({ isWord }) => isWord).length;
  return (
    words <= 6 && (next?.isWord !== true || /^(?:var|är|blev|sa|alltså|då|stycken|was|is|then)$/u.test(next.lower))
  );
};

function thingAfter(tokens: readonly Token[], at: number, lexicon: Lexicon): string | null {
  const next = tokens[at + 1];
  if (next === undefined || !next.isWord || /\p{N}/u.test(next.lower)) return null;
  return contentStems(next.lower, lexicon)[0] ?? null;
}

/** "Talare 2", "rökdykare 1": the number belongs to who it is. */
const isLabel = (number: string, words: readonly string[], { meetings }: Ground["split"]): boolean =>
  meetings.some(({ people }) =>
    people.some(({ label }) => {
      const parts = writeFigures(tokenise(label), "sv").map((token) => token.lower);
      return (
        parts.includes(number) &&
        words.some((word, at) => word === number && words[at - 1] === parts[parts.indexOf(number) - 1])
      );
    }),
  );
