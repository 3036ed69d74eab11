// A summary in plain words or in another language: what there is of it. Runs anywhere.

/** "plain" is the summary's own language in plain words; the others are BCP 47 languages. */
export const renditionKinds = ["plain", "sv", "en", "ar", "so", "uk", "fa", "pl"] as const;
export type RenditionKind = (typeof renditionKinds)[number];

export const doubtCodes = [
  "number-missing",
  "number-added",
  "date-missing",
  "date-added",
  "name-missing",
  "name-added",
  "not-translated",
  "left-out",
  "no-support",
] as const;
/** What the check across the two texts found. It sees figures, dates and names, never the meaning. */
export interface Doubt {
  readonly code: (typeof doubtCodes)[number];
  /** As it stands in the text that has it; "" where there is nothing to show. */
  readonly detail: string;
}

export interface RenderedItem {
  readonly text: string;
  /** The sentence that it was made of. */
  readonly of: string;
  readonly doubts: readonly Doubt[];
}

export interface Rendition {
  readonly kind: RenditionKind;
  /** The language of its words. */
  readonly language: string;
  readonly engine: { readonly id: string; readonly version: string };
  /** ISO 8601. */
  readonly madeAt: string;
  /** Made with placeholders for who somebody is. */
  readonly masked: boolean;
  readonly sections: readonly {
    readonly id: string;
    readonly heading: string;
    readonly items: readonly RenderedItem[];
  }[];
}

/** Languages that are written from right to left. */
export const isRightToLeft = (language: string): boolean => /^(?:ar|fa|he|ur)\b/u.test(language);
