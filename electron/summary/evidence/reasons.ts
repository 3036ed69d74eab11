// Why an item's support is not full, as a sentence for a person. Texts: lexicon/<language>/reasons.json. Runs anywhere.
import { readFileSync } from "node:fs";
import type { Finding } from "./claim.ts";

const texts = new Map<string, Readonly<Record<string, string>>>();

export function reasonText({ code, detail }: Finding, language: string): string {
  const name = /^sv\b/iu.test(language) ? "sv" : "en";
  let table = texts.get(name);
  if (table === undefined) {
    table = JSON.parse(readFileSync(new URL(`../lexicon/${name}/reasons.json`, import.meta.url), "utf8")) as Record<
      string,
      string
    >;
    texts.set(name, table);
  }
  const text = (detail === "denied" ? table[`${code}Denied`] : undefined) ?? table[code] ?? code;
  return text.replace("{detail}", () => detail ?? "");
}
