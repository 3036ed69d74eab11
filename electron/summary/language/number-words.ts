// Number words of Swedish and English: "tjugotre", "sexhundratjugofem", "tjugosjunde", "twenty-five". Runs anywhere.
import type { LexiconLanguage } from "../lexicon.ts";

const swedishUnits: Readonly<Record<string, number>> = {
  noll: 0, en: 1, ett: 1, två: 2, tre: 3, fyra: 4, fem: 5, sex: 6, sju: 7, åtta: 8, nio: 9, tio: 10, elva: 11, tolv: 12,
  tretton: 13, fjorton: 14, femton: 15, sexton: 16, sjutton: 17, arton: 18, nitton: 19, tjugo: 20, tjugi: 20,
  trettio: 30, fyrtio: 40, femtio: 50, sextio: 60, sjuttio: 70, åttio: 80, nittio: 90, tjuge: 20, tretti: 30, fyrti: 40,
  femti: 50, sexti: 60, sjutti: 70, åtti: 80, nitti: 90,
}; // prettier-ignore
const swedishOrdinals: Readonly<Record<string, number>> = {
  första: 1,
  andra: 2,
  tredje: 3,
  fjärde: 4,
  femte: 5,
  sjätte: 6,
  sjunde: 7,
  åttonde: 8,
  nionde: 9,
  tionde: 10,
  elfte: 11,
  tolfte: 12,
  trettonde: 13,
  fjortonde: 14,
  femtonde: 15,
  sextonde: 16,
  sjuttonde: 17,
  artonde: 18,
  nittonde: 19,
  tjugonde: 20,
  trettionde: 30,
};
const englishUnits: Readonly<Record<string, number>> = {
  zero: 0,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  thirteen: 13,
  fourteen: 14,
  fifteen: 15,
  sixteen: 16,
  seventeen: 17,
  eighteen: 18,
  nineteen: 19,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
};
const englishOrdinals: Readonly<Record<string, number>> = {
  first: 1,
  second: 2,
  third: 3,
  fourth: 4,
  fifth: 5,
  sixth: 6,
  seventh: 7,
  eighth: 8,
  ninth: 9,
  tenth: 10,
  eleventh: 11,
  twelfth: 12,
  thirteenth: 13,
  fourteenth: 14,
  fifteenth: 15,
  sixteenth: 16,
  seventeenth: 17,
  eighteenth: 18,
  nineteenth: 19,
  twentieth: 20,
  thirtieth: 30,
};
const digitWords = ["noll", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio"];
const hasNumberPart = /noll|hundra|tusen|tjug|trett|fyrt|femt|sext|sjutt|ått|nitt/u;

/** A single written word as a number: "tjugotre", "sexhundratjugofem", "fyratusen", "twenty-five"; null if it is none. */
export function wordToNumber(word: string, language: LexiconLanguage): number | null {
  const known = read[language].get(word);
  if (known !== undefined) return known;
  const value = readNumber(word, language);
  if (read[language].size < 50_000) read[language].set(word, value);
  return value;
}

/** Every word of a talk is asked about several times. */
const read: Readonly<Record<LexiconLanguage, Map<string, number | null>>> = { sv: new Map(), en: new Map() };

function readNumber(word: string, language: LexiconLanguage): number | null {
  if (language === "en") return englishWord(word);
  return unitOf(swedishUnits, word) ?? (hasNumberPart.test(word) ? swedishCompound(word) : null);
}

/** Null for "constructor" too, which every object has. */
const unitOf = (units: Readonly<Record<string, number>>, word: string): number | null =>
  Object.hasOwn(units, word) ? (units[word] ?? null) : null;

function englishWord(word: string): number | null {
  const unit = unitOf(englishUnits, word);
  if (unit !== null || !word.includes("-")) return unit;
  const [tens = "", ones = ""] = word.split("-");
  const parts = [unitOf(englishUnits, tens), unitOf(englishUnits, ones)] as const;
  return parts[0] === null || parts[1] === null ? null : parts[0] + parts[1];
}

function swedishCompound(word: string): number | null {
  if (word === "") return 0;
  const unit = unitOf(swedishUnits, word);
  if (unit !== null) return unit;
  for (const [name, size] of [
    ["tusen", 1000],
    ["hundra", 100],
  ] as const) {
    const at = word.indexOf(name);
    if (at < 0) continue;
    const before = at === 0 ? 1 : swedishCompound(word.slice(0, at));
    const after = swedishCompound(word.slice(at + name.length));
    return before === null || after === null ? null : before * size + after;
  }
  for (const [tens, value] of Object.entries(swedishUnits)) {
    if (value < 20 || !word.startsWith(tens)) continue;
    const rest = unitOf(swedishUnits, word.slice(tens.length));
    if (rest !== null && rest > 0 && rest < 10) return value + rest;
  }
  return null;
}

/** "tvåettnoll", as stations and vehicles are called: at least three figures read one by one. */
export function digitString(word: string): string | null {
  let rest = word;
  let digits = "";
  while (rest !== "") {
    const digit = digitWords.findIndex((name) => rest.startsWith(name));
    if (digit < 0) return null;
    digits += String(digit);
    rest = rest.slice((digitWords[digit] ?? "").length);
  }
  return digits.length >= 3 ? digits : null;
}

export function ordinalValue(word: string, language: LexiconLanguage): number | null {
  const table = language === "sv" ? swedishOrdinals : englishOrdinals;
  const plain = table[word];
  if (plain !== undefined) return plain;
  if (language === "en") {
    const [tens = "", ones = ""] = word.split("-");
    const sum = (englishUnits[tens] ?? Number.NaN) + (englishOrdinals[ones] ?? Number.NaN);
    return Number.isNaN(sum) ? null : sum;
  }
  for (const tens of ["tjugo", "trettio"]) {
    const ones = word.startsWith(tens) ? swedishOrdinals[word.slice(tens.length)] : undefined;
    if (ones !== undefined && ones < 10) return (swedishUnits[tens] ?? 0) + ones;
  }
  return null;
}
