// The template that a new meeting gets: the one for its kind, where its title says the kind, else the person's own default.
// Runs in main.
import type { Settings } from "../contract.ts";

/** A kind counts where the title holds it at the beginning of a word, whatever the case; the longest kind wins. */
export function defaultTemplateId(
  title: string,
  { templateId, templateByKind }: Pick<Settings, "templateId" | "templateByKind">,
): string {
  const words = ` ${fold(title)}`;
  const rules = templateByKind
    .map((rule) => ({ ...rule, kind: fold(rule.kind) }))
    .filter(({ kind }) => kind !== "" && words.includes(` ${kind}`))
    .toSorted((one, other) => other.kind.length - one.kind.length);
  return rules[0]?.templateId ?? templateId;
}

const fold = (text: string): string =>
  text
    .normalize("NFC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
