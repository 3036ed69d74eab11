// Masking: what was decided, how the meeting looks with it, and the key that undoes it.
import { z } from "zod";
import type { Summary, Transcript } from "../formats.ts";
import { type MaskChoice, maskChoiceSchema, type MaskWords, maskWordsSchema } from "../masking-choice.ts";
import type { MaskKind } from "../masking-kinds.ts";
import { call, id } from "./call.ts";

/** One place that is masked. */
export interface MaskPlace {
  /** "segment:s12", "speaker:A", "title", or a text of the summary. */
  readonly passage: string;
  readonly start: number;
  readonly end: number;
  readonly kind: MaskKind;
  /** "PERSON_1" */
  readonly placeholder: string;
  readonly text: string;
  readonly before: string;
  readonly after: string;
}

export interface MaskView {
  readonly transcript: Transcript;
  readonly summary: Summary | null;
  readonly hits: readonly MaskPlace[];
}

export interface MaskState {
  readonly choice: MaskChoice;
  /** For all meetings of the same case; empty where the meeting has none. */
  readonly caseWords: MaskWords;
}

export const maskingCalls = {
  "masking.get": call<MaskState>()(z.tuple([id])),
  "masking.save": call<null>()(z.tuple([id, maskChoiceSchema])),
  "masking.saveWords": call<null>()(z.tuple([z.string().trim().min(1).max(100), maskWordsSchema])),
  /** The meeting as it leaves the app: placeholders in place of what was found. */
  "masking.view": call<MaskView>()(z.tuple([id])),
  /** Writes the key where the person says, and nowhere else. Null where they say nowhere. */
  "masking.saveKey": call<string | null>()(z.tuple([id])),
} as const;
