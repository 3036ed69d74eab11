// Which words of what is being written no dictionary knows: asked for when the writing pauses. Runs in the window.
import { useEffect, useMemo, useState } from "react";
import type { Transcript } from "../../electron/contract.ts";
import { ask } from "../state/ask.ts";

/** A word in the text, by its characters. */
export interface WrittenWord {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const wordPattern = /\p{L}[\p{L}\p{M}\p{N}]*(?:['’-][\p{L}\p{M}\p{N}]+)*/gu;
const longestWord = 100;
/** A pause in the writing. */
const afterMs = 250;

/** Added to the glossary, or to be left as they are. */
const letBe = new Set<string>();

export const wordsOf = (text: string): readonly WrittenWord[] =>
  [...text.matchAll(wordPattern)].map(({ index, 0: word }) => ({ text: word, start: index, end: index + word.length }));

const nothingKnown: ReadonlyMap<string, boolean> = new Map();

export interface Spelling {
  /** In the order of the text. */
  readonly unknown: readonly WrittenWord[];
  suggest(word: string): Promise<readonly string[]>;
  /** The word is right from now on. */
  accept(word: string): void;
}

/** @param caret a word that is being written, up to the caret, is not judged yet; null where nothing is being written */
export function useSpelling(text: string, caret: number | null, transcript: Transcript, language: string): Spelling {
  // For as long as a line is written: what was added to the glossary since is asked for anew.
  const [known, setKnown] = useState<ReadonlyMap<string, boolean>>(nothingKnown);
  const names = useMemo(() => transcript.speakers.flatMap(({ name }) => name ?? []), [transcript.speakers]);

  useEffect(() => {
    let late = false;
    const timer = setTimeout(() => {
      const words = [...new Set(wordsOf(text).map((word) => word.text))].filter(
        (word) => !known.has(word) && word.length <= longestWord,
      );
      if (words.length === 0) return;
      ask("spelling.unknown", words, language, names).then(
        (unknown) => {
          const wrong = new Set(unknown);
          if (!late) setKnown(new Map([...known, ...words.map((word) => [word, !wrong.has(word)] as const)]));
        },
        // A spelling that cannot be looked up is not marked.
        () => {},
      );
    }, afterMs);
    return () => {
      late = true;
      clearTimeout(timer);
    };
  }, [text, language, names, known]);

  const unknown = wordsOf(text).filter((word) => known.get(word.text) === false && !letBe.has(word.text));
  return {
    unknown: unknown.filter(({ end }) => end !== caret),
    suggest: (word) => ask("spelling.suggest", word, language, names),
    accept(word) {
      letBe.add(word);
      setKnown(new Map([...known, [word, true]]));
    },
  };
}
