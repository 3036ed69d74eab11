// Tokens as words: a token may be a part of a word, or even of a letter. Pure.
// Method: openai/whisper, tokenizer.py (split_to_word_tokens) and timing.py (merge_punctuations).

export interface TokenWord {
  readonly text: string;
  /** Range of its tokens: from first up to, not including, next. */
  readonly first: number;
  readonly next: number;
}

/** Written without spaces between words: every character stands by itself. */
const spaceless = new Set(["zh", "ja", "th", "lo", "my", "yue"]);
/** Marks that belong to the word after them, and to the word before. */
const opening = "\"'“¿([{-";
const closing = "\"'.。,，!！?？:：”)]}、";
/** What a decoder writes for bytes that are no character yet. */
const unfinished = "\uFFFD";

/**
 * The joined texts are the text of all tokens, and every token belongs to exactly one word.
 * @param tokens ids of text tokens in order
 * @param decode text of some of them, spaces kept
 */
export function splitIntoWords(
  tokens: readonly number[],
  decode: (tokens: readonly number[]) => string,
  language: string,
): TokenWord[] {
  const pieces = splitIntoCharacters(tokens, decode);
  const words: TokenWord[] = [];
  for (const piece of pieces) {
    const last = words.at(-1);
    const begins = last === undefined || spaceless.has(language) || /^\s/u.test(piece.text) || isMark(piece.text);
    if (begins || last === undefined) words.push(piece);
    else words[words.length - 1] = join(last, piece);
  }
  return mergeMarks(words);
}

const join = (one: TokenWord, other: TokenWord): TokenWord => ({
  text: one.text + other.text,
  first: one.first,
  next: other.next,
});

const isMark = (text: string): boolean => /^\p{P}+$/u.test(text.trim());

/** The smallest runs of tokens that are whole characters. */
function splitIntoCharacters(tokens: readonly number[], decode: (tokens: readonly number[]) => string): TokenWord[] {
  const pieces: TokenWord[] = [];
  let first = 0;
  for (let next = 1; next <= tokens.length; next++) {
    const text = decode(tokens.slice(first, next));
    // Bytes that never become a character end with the tokens, and stand as they are.
    if (text.includes(unfinished) && next < tokens.length) continue;
    pieces.push({ text, first, next });
    first = next;
  }
  return pieces;
}

function mergeMarks(words: readonly TokenWord[]): TokenWord[] {
  const merged: TokenWord[] = [];
  let waiting: TokenWord | null = null;
  for (const word of words) {
    const whole: TokenWord = waiting === null ? word : join(waiting, word);
    waiting = null;
    const text = word.text.trim();
    const last = merged.at(-1);
    if (/^\s/u.test(word.text) && text !== "" && opening.includes(text)) waiting = whole;
    else if (last !== undefined && whole === word && (text === "" || (closing.includes(word.text) && isMark(text)))) {
      merged[merged.length - 1] = join(last, word);
    } else merged.push(whole);
  }
  return waiting === null ? merged : [...merged, waiting];
}
