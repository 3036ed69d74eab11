// Somebody else's words inside a sentence: "Han sa till mig, mamma, jag behöver inte åka." From "sa" on, "jag" is the one
// who is quoted and not the one who speaks. Runs anywhere.
import type { LexiconLanguage } from "../lexicon.ts";
import type { Token } from "../language/tokens.ts";

const speech: Readonly<Record<LexiconLanguage, RegExp>> = {
  sv: /^(?:sa|sade|säger|sagt|skrek|skriker|frågade|frågar|svarade|svarar|viskade|skrev|tänkte)$/u,
  en: /^(?:said|says|shouted|asked|asks|answered|whispered|wrote)$/u,
};
const bound: Readonly<Record<LexiconLanguage, RegExp>> = {
  sv: /^(?:att|om|hur|vad|när|varför|vem|var|det|så|ja|nej)$/u,
  en: /^(?:that|if|whether|how|what|when|why|who|so|it|yes|no)$/u,
};
const firstOrSecond: Readonly<Record<LexiconLanguage, RegExp>> = {
  sv: /^(?:jag|mig|mej|min|mitt|mina|du|dig|dej|din|ditt|dina|vi|oss)$/u,
  en: /^(?:i|i'm|i'll|i've|me|my|you|your|we|us|our)$/u,
};
const self: Readonly<Record<LexiconLanguage, RegExp>> = { sv: /^(?:jag|vi|du)$/u, en: /^(?:i|we|you)$/u };
/** How far from the verb of saying the words themselves may begin ("till mig häromdagen, mamma, jag …"). */
const farthest = 7;

/** The place of the verb of saying after which somebody else speaks in the first or second person; -1 where nobody does. */
export function toldSpeechAt(tokens: readonly Token[], language: LexiconLanguage): number {
  const words = tokens.filter(({ isWord }) => isWord);
  const at = words.findIndex(({ lower }, place) => {
    if (place === 0 || place > 6 || !speech[language].test(lower)) return false;
    const [before = "", next = ""] = [words[place - 1]?.lower, words[place + 1]?.lower];
    // "Jag sa att …" is the speaker's own; "han sa att …" is reported already.
    return !self[language].test(before) && !self[language].test(next) && !bound[language].test(next);
  });
  if (at < 0) return -1;
  // "till mig", "to me": whom it was said to.
  const from = /^(?:till|åt|to)$/u.test(words[at + 1]?.lower ?? "") ? at + 3 : at + 1;
  const spoken = words.slice(from, from + farthest).some(({ lower }) => firstOrSecond[language].test(lower));
  const verb = words[at];
  return spoken && verb !== undefined ? tokens.indexOf(verb) : -1;
}
