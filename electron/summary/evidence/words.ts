// The words that carry the meaning must have been said, by stem. Runs anywhere.
import { contentStems } from "../stem.ts";
import { tokenise } from "../tokens.ts";
import type { Finding, Ground } from "./claim.ts";

/** Words by which an engine frames what was said. */
const framing = new Set(
  "uppg enlig svar fråg bekräft ändr samtal näst ombed gäll träff däremo mot question answer confirm chang meeting accord next hand ask state".split(
    " ",
  ),
);

export function checkWords({ claims, sentences, lexicon, split }: Ground): Finding[] {
  const said = new Set(
    sentences.flatMap(({ flat, spoken }) => [...contentStems(flat, lexicon), ...contentStems(spoken, lexicon)]),
  );
  const people = new Set(
    split.meetings.flatMap(({ people: own }) =>
      own.flatMap(({ label, names }) => contentStems([label, ...names].join(" "), lexicon)),
    ),
  );
  const stems = [...new Set(claims.flatMap((claim) => claim.stems))].filter(
    (stem) => !framing.has(stem) && !people.has(stem) && !/^\d{4}-/u.test(stem),
  );
  const missing = stems.filter((stem) => !said.has(stem) && !isForm(stem, said));
  if (stems.length === 0 || missing.length === 0) return [];
  const share = missing.length / stems.length;
  const detail = wordsOf(missing, claims.map(({ text }) => text).join(" "), lexicon);
  if (share > 0.4 || (stems.length <= 3 && share > 0.34)) return [{ code: "words", weight: "against", detail }];
  return share > 0.12 || missing.length >= 2 ? [{ code: "words", weight: "doubt", detail }] : [];
}

/** Another form of the same word ("skickar" and "skicka" share six letters), which the stemmer keeps apart. */
function isForm(stem: string, said: ReadonlySet<string>): boolean {
  if (stem.length < 4) return false;
  for (const other of said)
    if (
      other.length >= 4 &&
      (other.startsWith(stem) || stem.startsWith(other)) &&
      Math.abs(other.length - stem.length) <= 3
    )
      return true;
  return false;
}

function wordsOf(stems: readonly string[], text: string, lexicon: Ground["lexicon"]): string {
  const words = tokenise(text).filter(
    ({ isWord, text: word }) => isWord && contentStems(word, lexicon).some((stem) => stems.includes(stem)),
  );
  return [...new Set(words.map(({ lower }) => lower))].slice(0, 3).join(", ");
}
