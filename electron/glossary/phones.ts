// The sounds that words are compared by, and how much alike two of them are. Pure; runs anywhere.
// A pronunciation is a string with one sign per sound: the Swedish vowels by their letters, S as in "sjö", C as in
// "tjock", N as in "sång", T as in English "think", and the other consonants by their letters.

interface Vowel {
  /** 0 open to 3 close. */
  readonly height: number;
  /** 0 front to 2 back. */
  readonly back: number;
  readonly round: 0 | 1;
}

type Manner = "stop" | "fricative" | "nasal" | "liquid" | "glide";

interface Consonant {
  /** 0 lips, 1 teeth, 2 palate, 3 velum, 4 glottis. */
  readonly place: number;
  readonly manner: Manner;
  readonly voiced: 0 | 1;
  /** What it costs to hear it where it was not said, or not to hear it. */
  readonly drop: number;
}

const vowels: Readonly<Record<string, Vowel>> = {
  a: { height: 0, back: 1.5, round: 0 },
  å: { height: 1.3, back: 2, round: 1 },
  o: { height: 2.1, back: 2, round: 1 },
  u: { height: 2.6, back: 1, round: 1 },
  y: { height: 3, back: 0, round: 1 },
  i: { height: 3, back: 0, round: 0 },
  e: { height: 2, back: 0, round: 0 },
  ä: { height: 1, back: 0, round: 0 },
  ö: { height: 1.7, back: 0.3, round: 1 },
};

const consonant = (place: number, manner: Manner, voiced: 0 | 1, drop: number): Consonant => ({
  place,
  manner,
  voiced,
  drop,
});

const consonants: Readonly<Record<string, Consonant>> = {
  p: consonant(0, "stop", 0, 0.8),
  b: consonant(0, "stop", 1, 0.8),
  t: consonant(1, "stop", 0, 0.6),
  d: consonant(1, "stop", 1, 0.55),
  k: consonant(3, "stop", 0, 0.8),
  g: consonant(3, "stop", 1, 0.6),
  f: consonant(0, "fricative", 0, 0.8),
  v: consonant(0, "fricative", 1, 0.75),
  T: consonant(1, "fricative", 0, 0.7),
  s: consonant(1, "fricative", 0, 0.8),
  C: consonant(1.9, "fricative", 0, 0.9),
  S: consonant(2.4, "fricative", 0, 0.9),
  h: consonant(4, "fricative", 0, 0.25),
  m: consonant(0, "nasal", 1, 0.7),
  n: consonant(1, "nasal", 1, 0.5),
  N: consonant(3, "nasal", 1, 0.6),
  l: consonant(1, "liquid", 1, 0.6),
  r: consonant(1.3, "liquid", 1, 0.45),
  j: consonant(2, "glide", 1, 0.45),
};

/** A vowel heard or missed; the "e" of an unstressed syllable is easily both. */
const vowelDrop = 0.6;
const weakVowelDrop = 0.45;
/** Never nothing: two different sounds are different. */
const leastDifference = 0.1;

const symbols = [...Object.keys(vowels), ...Object.keys(consonants)];
const size = 128;
/** `å`, `ä` and `ö` are above 127: they are given free places below. */
const folded: Readonly<Record<string, number>> = { å: 1, ä: 2, ö: 3 };

export const codeOf = (symbol: string): number => folded[symbol] ?? symbol.charCodeAt(0) % size;

function mannerDifference(one: Manner, other: Manner): number {
  if (one === other) return 0;
  const pair = [one, other].toSorted().join(" ");
  if (pair === "fricative stop" || pair === "fricative glide" || pair === "glide liquid") return 0.35;
  return pair === "glide stop" || pair === "nasal stop" ? 0.4 : 0.6;
}

function difference(one: string, other: string): number {
  if (one === other) return 0;
  const [vowel, otherVowel] = [vowels[one], vowels[other]];
  if (vowel !== undefined && otherVowel !== undefined) {
    const apart =
      0.18 * Math.abs(vowel.height - otherVowel.height) +
      0.15 * Math.abs(vowel.back - otherVowel.back) +
      0.2 * Math.abs(vowel.round - otherVowel.round);
    return Math.min(0.8, Math.max(leastDifference, apart));
  }
  const [sound, otherSound] = [consonants[one], consonants[other]];
  if (sound !== undefined && otherSound !== undefined) {
    if (/^(?:SC|CS)$/u.test(one + other)) return 0.15;
    // One letter for both: "Göte", "Helge".
    if (/^(?:gj|jg)$/u.test(one + other)) return 0.35;
    if (sound.manner === "liquid" && otherSound.manner === "liquid") return 0.4;
    const apart = Math.abs(sound.place - otherSound.place);
    return Math.min(
      1,
      (apart === 0 ? 0 : 0.15 + 0.12 * Math.min(apart, 3)) +
        0.2 * Math.abs(sound.voiced - otherSound.voiced) +
        mannerDifference(sound.manner, otherSound.manner),
    );
  }
  const pair = [one, other].toSorted().join("");
  if (pair === "ij" || pair === "jy") return 0.3;
  return pair === "uv" ? 0.45 : 1.1;
}

const drop = (symbol: string): number => consonants[symbol]?.drop ?? (symbol === "e" ? weakVowelDrop : vowelDrop);

/** Costs of putting one sound for another, at `codeOf(one) * 128 + codeOf(other)`. */
export const changeCosts = new Float64Array(size * size);
/** Costs of a sound too many or too few, at `codeOf(symbol)`. */
export const dropCosts = new Float64Array(size);
for (const one of symbols) {
  dropCosts[codeOf(one)] = drop(one);
  for (const other of symbols) changeCosts[codeOf(one) * size + codeOf(other)] = difference(one, other);
}

export const isVowel = (symbol: string): boolean => Object.hasOwn(vowels, symbol);

/** A pronunciation as codes, for comparing. */
export const toCodes = (phones: string): Uint8Array => Uint8Array.from(phones, codeOf);
