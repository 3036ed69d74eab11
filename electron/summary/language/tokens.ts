// Text as tokens and back: words, numbers, punctuation, with their place in the text. Runs anywhere.

export interface Token {
  readonly text: string;
  readonly lower: string;
  readonly isWord: boolean;
  /** Whether whitespace stood before it. */
  readonly spaced: boolean;
  /** Place in the text that was tokenised. */
  readonly start: number;
  readonly end: number;
}

const wordOrSign = String.raw`\p{N}+(?:[.,:/-]\p{N}+)*|\p{L}[\p{L}\p{M}\p{N}]*(?:[-'’:](?=[\p{L}\p{N}])[\p{L}\p{M}\p{N}]+)*|[^\s]`;
const plain = new RegExp(wordOrSign, "gu");
/** Looking for an address at every word costs more than all the rest. */
const withAddresses = new RegExp(String.raw`[\p{L}\p{N}._%+-]+@[\p{L}\p{N}.-]+\p{L}|${wordOrSign}`, "gu");

export function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  let end = 0;
  for (const match of text.matchAll(text.includes("@") ? withAddresses : plain)) {
    const word = match[0];
    tokens.push({
      text: word,
      lower: word.toLowerCase(),
      isWord: /[\p{L}\p{N}]/u.test(word),
      spaced: tokens.length > 0 && match.index > end,
      start: match.index,
      end: match.index + word.length,
    });
    end = match.index + word.length;
  }
  return tokens;
}

/** A word that is put in by a rewriting. */
export const newToken = (text: string): Token => ({
  text,
  lower: text.toLowerCase(),
  isWord: /[\p{L}\p{N}]/u.test(text),
  spaced: !/^[,.;:!?)”…]/u.test(text),
  start: -1,
  end: -1,
});

/** Tokens as running text: one space between words, none before a comma or full stop. */
export function writeTokens(tokens: readonly Token[]): string {
  let text = "";
  for (const { text: word, spaced, isWord } of tokens) {
    const tight = text === "" || /^[,.;:!?)”…]/u.test(word) || /[(„]$/u.test(text) || (!isWord && !spaced);
    text += tight ? word : ` ${word}`;
  }
  return text;
}

export const lowerWords = (tokens: readonly Token[]): string[] =>
  tokens.filter(({ isWord }) => isWord).map(({ lower }) => lower);

/** Words with single spaces and one at each end, so that a phrase is found whole by ` phrase `. */
export const flatten = (words: readonly string[]): string => ` ${words.join(" ")} `;

/** Whether one of the words or phrases stands in the flattened text. Lists as sets are looked up word by word. */
export function hasPhrase(flat: string, phrases: Iterable<string>): boolean {
  if (!(phrases instanceof Set)) {
    for (const phrase of phrases) if (flat.includes(` ${phrase} `)) return true;
    return false;
  }
  const { words, longer } = phraseIndex(phrases as ReadonlySet<string>);
  for (const word of wordsOf(flat)) {
    if (words.has(word)) return true;
    if (longer.get(word)?.some((phrase) => flat.includes(` ${phrase} `)) === true) return true;
  }
  return false;
}

interface PhraseIndex {
  readonly words: ReadonlySet<string>;
  /** Phrases of several words by their first. */
  readonly longer: ReadonlyMap<string, readonly string[]>;
}

const indexes = new WeakMap<ReadonlySet<string>, PhraseIndex>();

function phraseIndex(phrases: ReadonlySet<string>): PhraseIndex {
  const known = indexes.get(phrases);
  if (known !== undefined) return known;
  const longer = new Map<string, string[]>();
  for (const phrase of phrases) {
    const [first = ""] = phrase.split(" ");
    if (first !== phrase) longer.set(first, [...(longer.get(first) ?? []), phrase]);
  }
  const index = { words: new Set([...phrases].filter((phrase) => !phrase.includes(" "))), longer };
  indexes.set(phrases, index);
  return index;
}

/** One sentence is asked about many lists in a row: its words are split once. */
let lastSplit: { readonly flat: string; readonly words: readonly string[] } = { flat: "", words: [] };
function wordsOf(flat: string): readonly string[] {
  if (lastSplit.flat !== flat) lastSplit = { flat, words: flat.trim().split(" ") };
  return lastSplit.words;
}

/** The longest phrase of the list that stands at the start of the words, or null. */
export function leadingPhrase(words: readonly string[], phrases: ReadonlySet<string>): string | null {
  for (let length = Math.min(5, words.length); length > 0; length -= 1) {
    const phrase = words.slice(0, length).join(" ");
    if (phrases.has(phrase)) return phrase;
  }
  return null;
}

/** A list entry of word beginnings: at the start of a word, or, from five letters, anywhere in it. Phrases as they are. */
export function hasBeginning(flat: string, beginning: string): boolean {
  if (beginning.includes(" ")) return flat.includes(` ${beginning}`);
  if (beginning.length <= 3) return flat.includes(` ${beginning} `);
  return beginning.length >= 5 ? flat.includes(beginning) : flat.includes(` ${beginning}`);
}

export const capitalise = (text: string): string => {
  const [first = ""] = text;
  return first.toUpperCase() + text.slice(first.length);
};
