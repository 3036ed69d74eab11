// What can be masked, and nothing decided yet. Without schemas: the window imports it too, and a schema would ask whether it may
// make code while it runs, which the page's policy refuses. Runs anywhere.
import type { MaskChoice, MaskWords } from "./masking-choice.ts";

/** In the order in which the kinds are offered. */
export const maskKinds = [
  "person",
  "place",
  "address",
  "organisation",
  "identity",
  "birth",
  "phone",
  "email",
  "account",
  "plate",
  "matter",
  "other",
] as const;
export type MaskKind = (typeof maskKinds)[number];

/** Words for every meeting with the same case reference, or for one meeting. */
export const noWords: MaskWords = { always: [], never: [] };
export const noChoice: MaskChoice = { on: false, ...noWords, places: [] };
