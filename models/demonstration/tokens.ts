// The demonstration model's tokens and their ids: bytes, words, words with a capital, then Whisper's special and
// timestamp tokens in Whisper's order. Runs anywhere.
import { vocabulary } from "./vocabulary.ts";

/** Longest token sequence, Whisper's own. */
export const maxTokens = 448;

const specials = [
  "<|endoftext|>",
  "<|startoftranscript|>",
  "<|en|>",
  "<|sv|>",
  "<|translate|>",
  "<|transcribe|>",
  "<|startoflm|>",
  "<|startofprev|>",
  "<|nospeech|>",
  "<|notimestamps|>",
] as const;
const timestamps = Array.from({ length: 1501 }, (_, step) => `<|${(step * 0.02).toFixed(2)}|>`);

const capital = (word: string): string => word.slice(0, 1).toLocaleUpperCase("sv") + word.slice(1);

/** Bytes as the visible characters of byte-level BPE: printable ones stand for themselves, the rest from U+0100 on. */
const byteCharacters: readonly string[] = (() => {
  const visible = (byte: number): boolean => (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
  let hidden = 0;
  return Array.from({ length: 256 }, (_, byte) => String.fromCharCode(visible(byte) ? byte : 256 + hidden++));
})();

const byteLevel = (text: string): string =>
  Array.from(Buffer.from(text, "utf8"), (byte) => byteCharacters[byte]).join("");

/** Text tokens in the order of their ids, byte-level. Words carry the space before them, as Whisper's do. */
export const textTokens: readonly string[] = [
  ...byteCharacters,
  ...vocabulary.map((word) => byteLevel(` ${word}`)),
  ...vocabulary.map((word) => byteLevel(` ${capital(word)}`)),
];

/** Special tokens and timestamps, in the order of the ids that follow. */
export const controlTokens: readonly string[] = [...specials, ...timestamps];

const idOf = (token: (typeof specials)[number]): number => textTokens.length + specials.indexOf(token);

export const ids = {
  comma: ",".charCodeAt(0),
  fullStop: ".".charCodeAt(0),
  firstWord: byteCharacters.length,
  endOfText: idOf("<|endoftext|>"),
  startOfTranscript: idOf("<|startoftranscript|>"),
  english: idOf("<|en|>"),
  swedish: idOf("<|sv|>"),
  translate: idOf("<|translate|>"),
  transcribe: idOf("<|transcribe|>"),
  startOfLanguageModel: idOf("<|startoflm|>"),
  startOfPrevious: idOf("<|startofprev|>"),
  noSpeech: idOf("<|nospeech|>"),
  noTimestamps: idOf("<|notimestamps|>"),
  firstTimestamp: idOf("<|notimestamps|>") + 1,
} as const;

export const tokenCount = textTokens.length + controlTokens.length;
