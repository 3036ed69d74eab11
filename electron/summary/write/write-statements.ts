// What one speaker states, as running text: reported, as a plain fact, or word for word. Runs anywhere.
import type { Lexicon } from "../lexicon.ts";
import { capitalise, type Token, writeTokens } from "../language/tokens.ts";
import { withoutDislocation } from "../sentences/clause.ts";
import type { Person } from "../understand/people.ts";
import type { Understood } from "../understand/understand.ts";
import { reportTokens, strip } from "./reported-speech.ts";
import { wording } from "./wording.ts";

/** Statements by one speaker as "X uppger att …", joined where they are short. */
export function writeStatements(
  sentences: readonly Understood[],
  person: Person | null,
  lexicon: Lexicon,
  differs = false,
): string {
  const words = wording[lexicon.language];
  const spoken = sentences
    .map((one) => ({ one, tokens: strip(one.sentence.tokens, lexicon) }))
    .filter(({ tokens }) => tokens.length > 0);
  if (person === null) return spoken.map(({ tokens }) => capitalise(writeTokens(tokens))).join(". ");
  const [topic, ...rest] = spoken;
  // "Skolnärvaron då. Den är …": the fragment names the matter.
  if (topic !== undefined && rest.length > 0 && isTopic(topic.one, topic.tokens))
    return `${capitalise(writeTokens(withoutThen(topic.tokens)))}: ${lowerTitle(
      writeStatements(
        rest.map(({ one }) => one),
        person,
        lexicon,
      ),
      person,
    )}`;
  let text = "";
  let chained = 0;
  let last: "reported" | "main" | "quoted" | "fact" | null = null;
  for (const { one, tokens } of spoken) {
    const { form, text: said } = reportTokens(tokens, person, one.addressee, lexicon);
    if (last !== null && last !== "quoted" && !one.hasVerb && form !== "quoted") {
      const [opening = ""] = one.sentence.words;
      const tail = /^(?:eller|och|men|or|and|but)$/u.test(opening) ? ` ${opening} ${said}` : `, ${said}`;
      text = last === "fact" ? `${text.slice(0, -suffix(person).length)}${tail}${suffix(person)}` : `${text}${tail}`;
      continue;
    }
    if (form === "reported" && last === "reported" && chained < 2) {
      text += /^(?:men|but)$/u.test(one.sentence.words[0] ?? "")
        ? `, ${one.sentence.words[0] ?? ""} ${said}`
        : ` ${words.and} ${said}`;
      chained += 1;
      continue;
    }
    // A professional's plain statement of fact: the words as they were, and whose they are.
    if (!differs && isPlainFact(person, one, tokens)) {
      const fact = capitalise(writeTokens(inWriting(withoutDislocation(tokens, lexicon), lexicon)));
      if (last === "fact") text = `${text.slice(0, -suffix(person).length)}. ${fact}${suffix(person)}`;
      else text += `${text === "" ? "" : ". "}${fact}${suffix(person)}`;
      last = "fact";
      continue;
    }
    const opening = differs && text === "" ? words.differs(person) : words.states(person);
    const own =
      form === "reported"
        ? `${opening} ${said}`
        : form === "main"
          ? `${words.according(person)} ${said}`
          : `${person.title}: ”${capitalise(said)}”`;
    if (last === "main" && form === "main") text += `; ${said}`;
    else text += text === "" ? own : `. ${own}`;
    chained = 0;
    last = form;
  }
  return text;
}

/** Spoken forms as they are written: "dom" → "de", "nåns" → "någons". A professional's facts are no quotation. */
const inWriting = (tokens: readonly Token[], { language }: Lexicon): readonly Token[] =>
  language === "sv"
    ? tokens.map((token) =>
        written[token.lower] === undefined ? token : { ...token, text: written[token.lower] ?? "" },
      )
    : tokens;
const written: Readonly<Record<string, string>> = {
  dom: "de",
  nån: "någon",
  nåt: "något",
  nåns: "någons",
  nåra: "några",
  nånting: "någonting",
  nånstans: "någonstans",
  sån: "sådan",
  sånt: "sådant",
  såna: "sådana",
};

const suffix = ({ label }: Person): string => ` (${label})`;

/** Said by a professional (or nobody's client), without "jag", "du" or "vi" and without doubt or hearsay. */
function isPlainFact({ side }: Person, one: Understood, tokens: readonly Token[]): boolean {
  const personal = tokens.some(({ lower }) =>
    /^(?:jag|du|vi|ni|mig|mej|dig|dej|oss|er|min|mitt|mina|din|ditt|dina|vår|vårt|våra|i|you|we|me|us|my|your|our|i'm|i'll|i've|i'd|we're|we'll|we've|we'd|you're|you'll|you've)$/u.test(
      lower,
    ),
  );
  return side === "professional" && !personal && !one.hearsay && !one.hedged;
}

/** "Skolnärvaron då.", "Sen julbordet.": names what comes next. */
const isTopic = ({ hasVerb }: Understood, tokens: readonly Token[]): boolean =>
  !hasVerb &&
  tokens.length <= 5 &&
  tokens.length > 1 &&
  (ends.test(tokens.at(-1)?.lower ?? "") || opens.test(tokens[0]?.lower ?? ""));
const ends = /^(?:då|then)$/u;
const opens = /^(?:sen|sedan|först|next)$/u;
function withoutThen(tokens: readonly Token[]): readonly Token[] {
  const from = opens.test(tokens[0]?.lower ?? "") ? 1 : 0;
  const to = ends.test(tokens.at(-1)?.lower ?? "") ? -1 : tokens.length;
  return tokens.slice(from, to).filter(({ text }, at, all) => at < all.length - 1 || text !== ",");
}
export const lowerTitle = (text: string, person: Person): string =>
  text.startsWith(person.title) ? person.label + text.slice(person.title.length) : text;
