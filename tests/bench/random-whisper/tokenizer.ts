// A tokenizer of Whisper's true size whose pieces are made-up syllables. Bench only.
import { ids, languages, vocabularySize } from "./shape.ts";

const control: readonly string[] = [
  "<|endoftext|>",
  "<|startoftranscript|>",
  ...languages.map((language) => `<|${language}|>`),
  "<|translate|>",
  "<|transcribe|>",
  "<|startoflm|>",
  "<|startofprev|>",
  "<|nospeech|>",
  "<|notimestamps|>",
  ...Array.from({ length: 1501 }, (_, step) => `<|${(step * 0.02).toFixed(2)}|>`),
];

const consonants = "bdfghjklmnprstv";
const vowels = "aeiouy";

/** Id → a different word for each id; "Ġ" is the space of byte-level BPE. */
function word(id: number): string {
  let rest = id;
  let text = "Ġ";
  for (let syllable = 0; syllable < 4; syllable++) {
    text += consonants.charAt(rest % consonants.length);
    rest = Math.floor(rest / consonants.length);
    text += vowels.charAt(rest % vowels.length);
    rest = Math.floor(rest / vowels.length);
  }
  return text;
}

/** Bytes first: byte-level BPE wants a piece for each. */
function bytePiece(byte: number): string {
  const isVisible = (code: number) => (code >= 33 && code <= 126) || (code >= 161 && code <= 172) || code >= 174;
  if (isVisible(byte)) return String.fromCharCode(byte);
  const hiddenBefore = Array.from({ length: byte }, (_, code) => code).filter((code) => !isVisible(code)).length;
  return String.fromCharCode(256 + hiddenBefore);
}

export function tokenizerFile(): unknown {
  if (ids.endOfText + control.length !== vocabularySize)
    throw new Error("the control tokens do not fill the vocabulary");
  const pieces = Array.from({ length: ids.endOfText }, (_, id) => (id < 256 ? bytePiece(id) : word(id)));
  const byteLevel = { type: "ByteLevel", add_prefix_space: false, trim_offsets: true, use_regex: true };
  return {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: control.map((content, at) => ({
      id: ids.endOfText + at,
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: ids.endOfText + at < ids.firstTimestamp,
    })),
    normalizer: null,
    pre_tokenizer: byteLevel,
    post_processor: byteLevel,
    decoder: byteLevel,
    model: {
      type: "BPE",
      dropout: null,
      unk_token: "<|endoftext|>",
      continuing_subword_prefix: "",
      end_of_word_suffix: "",
      fuse_unk: false,
      byte_fallback: false,
      vocab: Object.fromEntries(pieces.map((piece, id) => [piece, id])),
      merges: [],
    },
  };
}
