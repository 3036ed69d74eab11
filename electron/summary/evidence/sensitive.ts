// Self-harm, violence, threats, abuse, addiction, suspicion: nothing of the kind without a passage that says so, and
// nothing that was denied told as if it had been said. Runs anywhere.
import { contentStems, coverage } from "../language/stem.ts";
import { flatten, lowerWords, tokenise } from "../language/tokens.ts";
import { clausesOf, clausesSaid } from "./clauses.ts";
import { evidenceLexicon, type GraveTopic, graveTopics, type GraveWords } from "./evidence-lexicon.ts";
import { answerTo } from "./answers.ts";
import type { Finding, Ground } from "./claim.ts";

export function checkSensitive({ item, sentences, split, lexicon }: Omit<Ground, "claims">): Finding[] {
  const { grave } = evidenceLexicon(lexicon.language);
  const text = flatten(lowerWords(tokenise(item.text)));
  const topics = graveTopics.filter((topic) => speaksOf(text, grave[topic]));
  if (topics.length === 0) return [];
  const said = sentences.flatMap((sentence) => {
    const spoken = flatten(lowerWords(tokenise(sentence.spoken)));
    const answer = sentence.isQuestion ? answerTo(sentence, split, lexicon) : null;
    const parts = clausesSaid(sentence, split, lexicon);
    return [{ flat: sentence.flat, spoken, answer, parts, asked: sentence.isQuestion }];
  });
  return topics.flatMap((topic): Finding[] => {
    const about = said.filter(
      ({ flat, spoken }) =>
        speaksOf(flat, grave[topic]) ||
        speaksOf(spoken, grave[topic]) ||
        // "Slog i höften" and "slog hen i höften": the same words are no new accusation.
        (speaksOf(flat, { ...grave[topic], unless: [] }) && saysMost(text, flat, lexicon)),
    );
    if (about.length === 0) return [{ code: topic, weight: "against" }];
    const stated = clausesOf(text, lexicon).filter(({ flat }) => speaksOf(flat, grave[topic]));
    const denied = stated.length > 0 && stated.every(({ negated }) => negated);
    if (denied || isAsked(text)) return [];
    // Who asks has not said it: a question supports what it asks about only together with the answer.
    const affirmed = about.some(({ parts, asked, answer }) => {
      if (asked) return answer === "yes" || answer === "open";
      const own = parts.filter(({ flat }) => speaksOf(flat, grave[topic]));
      return own.length === 0 || own.some(({ negated, stems }) => !negated && sharesWords(stems, stated));
    });
    return affirmed ? [] : [{ code: topic, weight: "against", detail: "denied" }];
  });
}

const isAsked = (text: string): boolean =>
  / (?:frågar|frågade|undrar|asks|asked|wonders) (?:om|if|whether) /u.test(text);

const sharesWords = (stems: readonly string[], stated: readonly { readonly stems: readonly string[] }[]): boolean =>
  stated.length === 0 || stated.some((clause) => coverage(clause.stems, new Set(stems)) > 0);

/** Whether flattened words speak of the topic, harmless uses left aside ("slog fast", "drog igång"). */
export function speaksOf(flat: string, topic: GraveWords): boolean {
  if (!mentions(flat, topic)) return false;
  const { unless } = topic;
  return (
    unless.length === 0 ||
    mentions(
      unless.reduce((text, harmless) => text.replaceAll(harmless, " "), flat),
      topic,
    )
  );
}

const mentions = (flat: string, { anywhere, starts, words, phrases }: GraveWords): boolean =>
  anywhere.some((part) => flat.includes(part)) ||
  starts.some((start) => flat.includes(` ${start}`)) ||
  flat.split(" ").some((word) => words.has(word)) ||
  phrases.some((phrase) => flat.search(phrase) >= 0);

const saysMost = (text: string, flat: string, lexicon: Ground["lexicon"]): boolean =>
  coverage(contentStems(text, lexicon), new Set(contentStems(flat, lexicon))) >= 0.6;

/** The grave topics that a text speaks of, supported or not. */
export function graveTopicsIn(text: string, language: "sv" | "en"): readonly GraveTopic[] {
  const { grave } = evidenceLexicon(language);
  const flat = flatten(lowerWords(tokenise(text)));
  return graveTopics.filter((topic) => speaksOf(flat, grave[topic]));
}
