// Reads a word aloud by a list of spelling rules. Pure; runs anywhere.

export interface SpellingRule {
  /** The letters that it can begin with, so that few rules are tried at each place. */
  readonly letters: string;
  /** What must stand there, with what must stand before and after. */
  readonly spelling: RegExp;
  /** What is heard; "$" for the letters themselves. */
  readonly sounds: string;
}

/** @param spelling the source of a regular expression; `letters` those that its match can begin with */
export const rule = (letters: string, spelling: string, sounds: string): SpellingRule => ({
  letters,
  spelling: new RegExp(spelling, "uy"),
  sounds,
});

/**
 * The first rule that fits at a place holds; a letter that none fits is silent.
 * @param rules the more particular before the more general
 * @returns how a word in lower case sounds
 */
export function reader(rules: readonly SpellingRule[]): (word: string) => string {
  const byLetter = new Map<string, SpellingRule[]>();
  for (const spellingRule of rules) {
    for (const letter of spellingRule.letters) {
      const known = byLetter.get(letter);
      if (known === undefined) byLetter.set(letter, [spellingRule]);
      else known.push(spellingRule);
    }
  }
  return (word) => {
    let sounds = "";
    for (let at = 0; at < word.length;) {
      let taken = 1;
      for (const { spelling, sounds: said } of byLetter.get(word.charAt(at)) ?? []) {
        spelling.lastIndex = at;
        const found = spelling.exec(word)?.[0];
        if (found === undefined || found === "") continue;
        taken = found.length;
        sounds += said === "$" ? found : said;
        break;
      }
      at += taken;
    }
    return withoutDoubles(sounds);
  };
}

/** A double consonant is one sound, also where two words meet; two vowels are two. */
export const withoutDoubles = (sounds: string): string => sounds.replace(/([^aeiouyåäö])\1+/gu, "$1");
