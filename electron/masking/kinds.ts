// What is masked, and what stands in its place. Runs anywhere.

import type { MaskKind } from "../masking-kinds.ts";
export type { MaskKind } from "../masking-kinds.ts";

const labels = {
  sv: {
    person: "PERSON",
    place: "PLATS",
    address: "ADRESS",
    organisation: "VERKSAMHET",
    identity: "PERSONNUMMER",
    birth: "FÖDELSEDATUM",
    phone: "TELEFON",
    email: "EPOST",
    account: "KONTO",
    plate: "REGNR",
    matter: "ÄRENDE",
    other: "UPPGIFT",
  },
  en: {
    person: "PERSON",
    place: "PLACE",
    address: "ADDRESS",
    organisation: "ORGANISATION",
    identity: "IDENTITY",
    birth: "BIRTHDATE",
    phone: "PHONE",
    email: "EMAIL",
    account: "ACCOUNT",
    plate: "PLATE",
    matter: "CASE",
    other: "DETAIL",
  },
} as const satisfies Readonly<Record<"sv" | "en", Readonly<Record<MaskKind, string>>>>;

/** The word in the placeholders of a kind, in Swedish for a Swedish text and in English for any other. */
export const labelOf = (kind: MaskKind, language: string): string =>
  labels[/^sv\b/iu.test(language) ? "sv" : "en"][kind];

/** Every placeholder of ours, and what somebody wrote that looks like one. */
export const placeholderPattern = /\[\p{Lu}{2,14}_\d{1,6}\]/gu;

/** One text that belongs to what is masked: a line of the transcript, a sentence of the summary, a speaker's name. */
export interface Passage {
  readonly id: string;
  readonly text: string;
  /** True for a speaker's name: its first word is a name unless it is a word of the language. */
  readonly isName?: boolean;
}

/** A stretch of a passage that is to go. Offsets in UTF-16 units. */
export interface Find {
  readonly passage: string;
  readonly start: number;
  readonly end: number;
  readonly kind: MaskKind;
  /** What it is found under, in one spelling: everything with the same kind and key gets the same number. */
  readonly key: string;
}
