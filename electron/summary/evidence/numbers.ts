// Numbers, sums, times and dates of an item must have been said, as figures or as words. Runs anywhere.
import { writeFigures } from "../language/figures.ts";
import { findTimes } from "../times/times.ts";
import { tokenise } from "../language/tokens.ts";
import type { Finding, Ground } from "./claim.ts";

export function checkNumbers({ item, sentences, split, lexicon }: Ground): Finding[] {
  const { language, weekdays, months } = lexicon;
  const said = new Set<string>();
  const days = new Set<string>();
  const dates = new Set<string>();
  for (const sentence of sentences) {
    for (const tokens of [sentence.tokens, tokenise(sentence.spoken)])
      for (const { lower } of writeFigures(tokens, language)) for (const form of forms(lower)) said.add(form);
    for (const word of [...sentence.words, ...tokenise(sentence.spoken).map(({ lower }) => lower)]) {
      const day = [...weekdays, ...months].find((name) => word.startsWith(name));
      if (day !== undefined) days.add(day);
    }
    for (const { due } of [
      ...sentence.times,
      ...findTimes(sentence.tokens, split.meetings[sentence.meeting]?.recordedAt, lexicon),
    ])
      if (due !== null) dates.add(due);
  }
  const findings: Finding[] = [];
  const text = item.text;
  const isoDates = [...text.matchAll(/\b\d{4}-\d\d-\d\d\b/gu)].map((match) => match[0]);
  for (const date of new Set([...isoDates, ...(item.due === undefined ? [] : [item.due])]))
    if (!dates.has(date) && !said.has(date)) findings.push({ code: "date", weight: "against", detail: date });
  const tokens = writeFigures(tokenise(text.replaceAll(/\b\d{4}-\d\d-\d\d\b/gu, " ")), language);
  for (const { lower, text: shown } of tokens) {
    if (
      /\p{N}/u.test(lower) &&
      !forms(lower).some((form) => said.has(form)) &&
      !isLabel(
        lower,
        tokens.map((token) => token.lower),
        split,
      )
    )
      findings.push({ code: "number", weight: "against", detail: shown });
    const day = [...weekdays, ...months].find((name) => lower.startsWith(name) && lower.length <= name.length + 3);
    if (day !== undefined && !days.has(day)) findings.push({ code: "day", weight: "against", detail: shown });
  }
  return findings;
}

/** "14.30" and "14:30" are one time; "02.14" holds. */
const forms = (word: string): string[] =>
  /\p{N}/u.test(word) ? [word, word.replace(":", "."), word.replace(/^0(?=\d)/u, "")] : [];

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
