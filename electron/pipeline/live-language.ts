// Which language to hear the next window in, where none is given. Pure but for what has been heard.

/** So little sound says too little of its language. */
const shortMs = 3000;

export interface LanguageGuess {
  /** For a window so long: BCP 47 code or "auto". */
  of(lengthMs: number): string;
  /** What a window was heard in. */
  heard(language: string, lengthMs: number): void;
}

/** A given language stands. Else each window is asked, but that a short one is taken for the language heard most. */
export function createLanguageGuess(asked: string): LanguageGuess {
  const heardMs = new Map<string, number>();
  return {
    of(lengthMs) {
      const [most] = [...heardMs].toSorted(([, one], [, other]) => other - one);
      return asked === "auto" && lengthMs < shortMs && most !== undefined ? most[0] : asked;
    },
    heard(language, lengthMs) {
      if (asked === "auto" && lengthMs >= shortMs) heardMs.set(language, (heardMs.get(language) ?? 0) + lengthMs);
    },
  };
}
