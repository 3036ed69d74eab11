// The words that carry the meaning must have been said, by stem. Runs anywhere.
import { contentStems, stem } from "../language/stem.ts";
import { tokenise } from "../language/tokens.ts";
import type { Finding, Ground } from "./claim.ts";

/** Words by which an engine frames what was said. */
const framingWords = {
  sv: "uppger enligt svarar frågan frågar bekräftar ändrat samtalet nästa ombeds gäller träff däremot säger anser berättar ska eftersom",
  en: "question answers confirms changed meeting according next hand asked states concerns tells reports",
} as const;

export function checkWords({ claims, sentences, lexicon, split }: Ground): Finding[] {
  const said = new Set(
    sentences.flatMap(({ flat, spoken }) => [...contentStems(flat, lexicon), ...contentStems(spoken, lexicon)]),
  );
  const people = new Set(
    split.meetings.flatMap(({ people: own }) =>
      own.flatMap(({ label, names }) => contentStems([label, ...names].join(" "), lexicon)),
    ),
  );
  const framing = new Set(framingWords[lexicon.language].split(" ").map((word) => stem(word, lexicon.language)));
  const stems = [...new Set(claims.flatMap((claim) => claim.stems))].filter(
    (known) => !framing.has(known) && !people.has(known) && !/^\d{4}-/u.test(known),
  );
  const missing = stems.filter((known) => !said.has(known) && !isForm(known, said));
  if (stems.length === 0 || missing.length === 0) return [];
  const share = missing.length / stems.length;
  const detail = wordsOf(missing, claims.map(({ text }) => text).join(" "), lexicon);
  if (share > 0.4 || (stems.length <= 3 && share > 0.34)) return [{ code: "words", weight: "against", detail }];
  return share > 0.12 || missing.length >= 2 ? [{ code: "words", weight: "doubt", detail }] : [];
}

/** Another form of the same word ("skickar" and "skicka" share six letters), which the stemmer keeps apart. */
function isForm(known: string, said: ReadonlySet<string>): boolean {
  if (known.length < 4) return false;
  for (const other of said)
    if (
      other.length >= 4 &&
      (other.startsWith(known) || known.startsWith(other)) &&
      Math.abs(other.length - known.length) <= 3
    )
      return true;
  return false;
}

function wordsOf(stems: readonly string[], text: string, lexicon: Ground["lexicon"]): string {
  const words = tokenise(text).filter(
    ({ isWord, text: word }) => isWord && contentStems(word, lexicon).some((known) => stems.includes(known)),
  );
  return [...new Set(words.map(({ lower }) => lower))].slice(0, 3).join(", ");
}
