// Names in an item must have been said in what it cites, or be the name of somebody at the table. Runs anywhere.
import { tokenise } from "../language/tokens.ts";
import type { Finding, Ground } from "./claim.ts";

export function checkNames({ item, sentences, split, lexicon }: Ground): Finding[] {
  const said = new Set(
    sentences.flatMap(({ spoken, words }) => [...words, ...tokenise(spoken).map(({ lower }) => lower)]),
  );
  const people = new Set(
    split.meetings.flatMap(({ people: own }) =>
      own.flatMap(({ label, names }) => [...label.toLowerCase().split(/\s+/u), ...names]),
    ),
  );
  const tokens = tokenise(item.text);
  const findings: Finding[] = [];
  for (const [at, { text, lower, isWord }] of tokens.entries()) {
    if (!isWord || !/^\p{Lu}\p{L}/u.test(text)) continue;
    const before = tokens[at - 1]?.text ?? ".";
    // The first word of a sentence has its capital from there.
    if (/^[.!?:;”"“]$/u.test(before) && (lexicon.lists.stop.has(lower) || !isNameLike(lower, sentences, said)))
      continue;
    const forms = [lower, lower.replace(/s$/u, ""), `${lower}s`, lower.replace(/['’]s$/u, "")];
    if (forms.some((form) => said.has(form) || people.has(form))) continue;
    findings.push({ code: "name", weight: "against", detail: text });
  }
  return findings;
}

/** A word at the start of a sentence counts as a name only when it was said as one somewhere. */
const isNameLike = (lower: string, sentences: Ground["sentences"], said: ReadonlySet<string>): boolean =>
  !said.has(lower) &&
  sentences.some(({ tokens }) => tokens.some((token) => token.lower === lower && /^\p{Lu}/u.test(token.text)));
