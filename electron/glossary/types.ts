// What the glossary hands out: suggestions for a transcript, and what was said no to. Types only; runs anywhere.

/** Why a change is offered: it sounds like the term, it was taught, or only capitals differ. */
export const suggestionReasons = ["sound", "taught", "capitals"] as const;
export type SuggestionReason = (typeof suggestionReasons)[number];

/** One place in a transcript where a term of the glossary may have been said. */
export interface Suggestion {
  readonly segmentId: string;
  /** Where it stands in the segment's text, as offsets of a string; `end` is not in it. */
  readonly start: number;
  readonly end: number;
  /** What stands there now. */
  readonly heard: string;
  /** What would stand there: the term, in the form that was heard. */
  readonly replacement: string;
  readonly termId: string;
  readonly reason: SuggestionReason;
  /** 0 sounds the same; the larger, the less alike. */
  readonly distance: number;
  /** True where little speaks against it: no word of the language, no other term near. */
  readonly sure: boolean;
}

/** What a person said no to in a meeting: these words for this term are not offered there again. */
export interface Rejected {
  readonly termId: string;
  /** In lower case. */
  readonly heard: string;
}

/** What an edit may teach: the words that stood there sound like the term that stands there now. */
export interface Lesson {
  /** Null when the new words are no term yet. */
  readonly termId: string | null;
  /** The term, or the words that may become one. */
  readonly text: string;
  readonly heard: string;
}
