// How a term may be said: as it is written, letter by letter, or as it was misheard before. Pure; runs anywhere.
import type { Term } from "../formats.ts";
import { isAbbreviation } from "./endings.ts";
import { soundsInEnglish } from "./english.ts";
import { withoutDoubles } from "./spelling-rules.ts";
import { soundsInSwedish } from "./swedish.ts";
import { fold } from "./tokens.ts";

export interface Pronunciation {
  readonly sounds: string;
  /** How few and how many written words it may take up. */
  readonly leastWords: number;
  readonly mostWords: number;
  /** True for one that is said letter by letter. */
  readonly spelled: boolean;
}

/** The names of the letters, by their sounds. */
const letters = {
  sv: "a:a b:be c:se d:de e:e f:ef g:ge h:hå i:i j:ji k:kå l:el m:em n:en o:o p:pe q:ku r:är s:es t:te u:u v:ve w:dubelve x:eks y:y z:säta å:å ä:ä ö:ö",
  en: "a:ej b:bi c:si d:di e:i f:ef g:dji h:ejC i:aj j:djej k:kej l:el m:em n:en o:o p:pi q:kju r:ar s:es t:ti u:ju v:vi w:dabelju x:eks y:vaj z:sed",
} as const;
const letterSounds = {
  sv: new Map(letters.sv.split(" ").map((pair) => [pair.charAt(0), pair.slice(2)])),
  en: new Map(letters.en.split(" ").map((pair) => [pair.charAt(0), pair.slice(2)])),
};

export const isSwedish = (language: string): boolean => fold(language).startsWith("sv");

/** How a word sounds in a language; English is the rule for whatever is not Swedish. */
export function soundsOf(folded: string, language: string): string {
  return isSwedish(language) ? soundsInSwedish(folded) : soundsInEnglish(folded);
}

export const wordsIn = (text: string): readonly string[] => fold(text).match(/\p{L}[\p{L}\p{M}\p{N}]*/gu) ?? [];

/** Fewer sounds than this are everywhere. An abbreviation is read as a word where every letter is heard: SIP, not EHT. */
const leastSounds = 3;
/** A word of fewer sounds than this is not heard as two. */
const leastSplit = 5;
/** Fewer letters than this are heard everywhere when they are spelled out. */
const leastLetters = 3;

export function pronunciationsOf(term: Term, language: string): readonly Pronunciation[] {
  const own = asWritten(term.text, language);
  const isWord = own.sounds.length >= (isAbbreviation(term) ? term.text.length : leastSounds);
  const heard = (term.soundsLike ?? []).map((text) => asWritten(text, language));
  const written = isWord ? [own, ...heard] : heard;
  const spelled = isAbbreviation(term) ? letterByLetter(term.text, language) : [];
  const known = new Set<string>();
  return [...written, ...spelled].filter(({ sounds }) => {
    if (sounds === "" || known.has(sounds)) return false;
    known.add(sounds);
    return true;
  });
}

function asWritten(text: string, language: string): Pronunciation {
  const words = wordsIn(text);
  const sounds = withoutDoubles(words.map((word) => soundsOf(word, language)).join(""));
  return {
    sounds,
    leastWords: Math.max(1, words.length - 1),
    mostWords: words.length + (sounds.length >= leastSplit ? 1 : 0),
    spelled: false,
  };
}

function letterByLetter(text: string, language: string): readonly Pronunciation[] {
  const names = letterSounds[isSwedish(language) ? "sv" : "en"];
  const said = fold(text)
    .split("")
    .map((letter) => names.get(letter));
  if (said.length < leastLetters || said.includes(undefined)) return [];
  return [{ sounds: withoutDoubles(said.join("")), leastWords: 1, mostWords: said.length, spelled: true }];
}
