// The kind that a heading of an old document probably is, by its words. Runs in main. A guess: the person sees and
// corrects it. What a professional judges or decides is left to that person.
import type { SectionKind } from "../formats.ts";
import en from "./lexicon/en/kinds.json" with { type: "json" };
import sv from "./lexicon/sv/kinds.json" with { type: "json" };

const order = ["manual", "actions", "quotes", "timeline", "facts", "paragraph"] as const;

/** @param language BCP 47; another than Swedish reads the heading as English */
export function guessKind(heading: string, language: string): SectionKind {
  const words = /^sv\b/iu.test(language) ? sv : en;
  const flat = ` ${heading
    .toLowerCase()
    .normalize("NFC")
    .replace(/[^\p{L}\p{N}']+/gu, " ")} `;
  return (
    order.find((kind) => words[kind].some((word) => flat.includes(kind === "manual" ? word : ` ${word}`))) ?? "bullets"
  );
}
