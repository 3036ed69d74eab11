// What can be masked, and nothing decided yet. Spelled out here: the schemas beside the types would bring zod into the window,
// which asks whether it may make code while it runs, and the page's policy refuses.
import type { MaskChoice, MaskKind, MaskWords } from "../../electron/masking-choice.ts";

/** In the order in which they are offered. */
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
] as const satisfies readonly MaskKind[];

export const noWords: MaskWords = { always: [], never: [] };
export const noChoice: MaskChoice = { on: false, always: [], never: [], places: [] };
