// Sentence ends for speech that came without punctuation, as some recognisers give it: by verbs, pronouns and the words
// that open a clause. Runs anywhere.
import type { Lexicon } from "../lexicon.ts";
import { toldSpeechAt } from "./told-speech.ts";
import type { Token } from "../language/tokens.ts";

const subjects: Readonly<Record<string, ReadonlySet<string>>> = {
  sv: new Set(["jag", "du", "vi", "ni", "han", "hon", "hen", "de", "dom", "man", "det", "den"]),
  en: new Set(["i", "you", "we", "he", "she", "they", "it", "there", "this", "that"]),
};
const asksWith = new Set([
  "ska jag",
  "ska vi",
  "får jag",
  "kan jag",
  "kan vi",
  "är det",
  "är hon",
  "är han",
  "är den",
  "har han",
  "har hon",
  "har de",
  "har vi",
  "finns det",
  "går det",
  "blir det",
]);
const saying = new Set([
  "vet",
  "veta",
  "undrar",
  "undrat",
  "frågade",
  "fråga",
  "säga",
  "säger",
  "sa",
  "fattar",
  "förstår",
  "berätta",
  "se",
  "kolla",
  "know",
  "wonder",
  "ask",
  "see",
  "tell",
]);

/** A recogniser that writes "ja" for "jag": before or after a finite verb "ja" is the pronoun. Swedish only. */
export function readPronouns(tokens: readonly Token[], { verbs, language, lists }: Lexicon): Token[] {
  if (language !== "sv") return [...tokens];
  return tokens.map((token, at) => {
    if (token.lower !== "ja") return token;
    const next = tokens[at + 1]?.lower ?? "";
    const before = tokens[at - 1]?.lower ?? "";
    const subject = verbs.finite.has(next) || (at > 0 && (verbs.finite.has(before) || lists.subordinators.has(before)));
    return subject ? { ...token, text: "jag", lower: "jag" } : token;
  });
}

/** How far after "sa" another's words may begin. */
const longestTold = 5;

/** The tokens cut into sentences. */
export function restoreSentences(tokens: readonly Token[], lexicon: Lexicon): Token[][] {
  const sentences: Token[][] = [];
  let start = 0;
  for (let at = 1; at < tokens.length; at += 1) {
    if (!startsSentence(tokens, start, at, lexicon)) continue;
    // "Han sa till mig mamma jag behöver inte …": his words go on.
    const told = toldSpeechAt(tokens.slice(start, at + 1), lexicon.language);
    if (told >= 0 && at - start - told <= longestTold) continue;
    sentences.push(tokens.slice(start, at));
    start = at;
  }
  if (start < tokens.length) sentences.push(tokens.slice(start));
  return joinTails(sentences, lexicon);
}

/** "men inte mars": what opens with a conjunction and has no verb belongs to the sentence before. */
function joinTails(sentences: readonly Token[][], { lists, verbs }: Lexicon): Token[][] {
  const joined: Token[][] = [];
  for (const sentence of sentences) {
    const last = joined.at(-1);
    const tail =
      lists.coordinators.has(sentence[0]?.lower ?? "") && !sentence.some(({ lower }) => verbs.finite.has(lower));
    if (last !== undefined && tail) last.push(...sentence);
    else joined.push([...sentence]);
  }
  return joined;
}

function startsSentence(tokens: readonly Token[], start: number, at: number, lexicon: Lexicon): boolean {
  const { lists, verbs, language } = lexicon;
  const word = tokens[at]?.lower ?? "";
  const next = tokens[at + 1]?.lower ?? "";
  const before = tokens[at - 1]?.lower ?? "";
  const pronouns = subjects[language] as ReadonlySet<string>;
  if (/[.?!]/u.test(before)) return true;
  if (!tokens[at]?.isWord) return false;
  const soFar = tokens.slice(start, at).map(({ lower }) => lower);
  // "okej …", "bra …" by themselves, before anything else is said.
  if (
    soFar.length === 1 &&
    lists.accept.has(before) &&
    !lists.yes.has(word) &&
    /^(?:okej|bra|absolut|precis|toppen|okay|right|great)$/u.test(before)
  )
    return true;
  // "… tjugotre procent och hur ser det ut": an open question with its verb and subject, whatever stood before.
  const asksFrom = (place: number): boolean =>
    lists.questionWords.has(tokens[place]?.lower ?? "") &&
    verbs.finite.has(tokens[place + 1]?.lower ?? "") &&
    pronouns.has(tokens[place + 2]?.lower ?? "");
  const asksAnew = asksFrom(at) || (/^(?:och|men|and|but)$/u.test(word) && asksFrom(at + 1));
  if (asksAnew && !saying.has(before) && !lists.subordinators.has(before) && !lists.coordinators.has(before))
    return true;
  // "… julbordet nej det tar vi nästa gång"
  if (
    soFar.length >= 2 &&
    /^(?:nej|nä|no)$/u.test(word) &&
    pronouns.has(next) &&
    !/^(?:nej|nä|ja|eller|no|or)$/u.test(before)
  )
    return true;
  const hasVerb = soFar.some((known) => verbs.finite.has(known));
  if (!hasVerb) return false;
  const hasSubject = soFar.some((known) => pronouns.has(known) || /.{3}(?:en|et|an|na)$/u.test(known));
  const bound =
    lists.subordinators.has(before) ||
    lists.prepositions.has(before) ||
    lists.coordinators.has(before) ||
    lists.determiners.has(before);
  // "… det är det jag bor på": before a pronoun "det" is no article.
  const boundPronoun =
    bound &&
    !/^(?:det|den|de|dom|alla|inget|ingen|en|ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv)$/u.test(before);
  const inverted =
    verbs.finite.has(before) || (lists.adverbs.has(before) && verbs.finite.has(tokens[at - 2]?.lower ?? ""));
  const finite = (candidate: string, loose: boolean): boolean =>
    verbs.finite.has(candidate) ||
    (loose && language === "sv" && /..(?:ar|er|ade|dde|te)$/u.test(candidate) && !lists.stop.has(candidate));
  if (word === "men" || word === "but") return true;
  if (/^(?:och|så|and|so)$/u.test(word))
    return (
      soFar.length >= 4 &&
      ((pronouns.has(next) && finite(tokens[at + 2]?.lower ?? "", true)) ||
        (lists.adverbFronts.has(next) && finite(tokens[at + 2]?.lower ?? "", false)))
    );
  if (pronouns.has(word) ? boundPronoun : bound) return false;
  if (pronouns.has(word) && finite(next, true) && !inverted && hasSubject) return true;
  if (lists.adverbFronts.has(word) && finite(next, false) && !inverted) return true;
  if (
    lists.questionWords.has(word) &&
    !saying.has(before) &&
    hasSubject &&
    (finite(next, false) || finite(tokens[at + 2]?.lower ?? "", false))
  )
    return true;
  if (
    language === "sv" &&
    hasSubject &&
    finite(word, false) &&
    (next === "du" || next === "ni" || asksWith.has(`${word} ${next}`)) &&
    !inverted
  )
    return !lists.adverbFronts.has(before) && !before.endsWith("s");
  const noun = language === "sv" && /.{3}(?:en|et|an|na)$/u.test(word) && !lists.stop.has(word);
  return noun && finite(next, false) && hasSubject && !inverted && !/[^aeiouyåäö]a$/u.test(before);
}
