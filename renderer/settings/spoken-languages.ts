// Languages that conversations are often held in, by name in the interface's language. Pure.
import type { InterfaceLanguage } from "../../electron/formats.ts";

/** Swedish and its neighbours, the national minority languages that speech models know, and what interpreters are asked for most. */
const codes = [
  "sv",
  "en",
  "fi",
  "no",
  "da",
  "yi",
  "ar",
  "bs",
  "de",
  "el",
  "es",
  "et",
  "fa",
  "fr",
  "hr",
  "hu",
  "it",
  "lt",
  "lv",
  "nl",
  "pl",
  "ps",
  "pt",
  "ro",
  "ru",
  "so",
  "sq",
  "sr",
  "sw",
  "th",
  "tr",
  "uk",
  "ur",
  "vi",
  "zh",
];

export interface SpokenLanguage {
  readonly id: string;
  readonly title: string;
}

/** Swedish first, then in alphabetical order. A code that is chosen but not listed is added. */
export function spokenLanguages(language: InterfaceLanguage, chosen: string): readonly SpokenLanguage[] {
  const names = new Intl.DisplayNames([language], { type: "language" });
  const all = codes.includes(chosen) || chosen === "auto" ? codes : [...codes, chosen];
  const titled = all.map((id) => {
    const name = names.of(id) ?? id;
    return { id, title: name.charAt(0).toLocaleUpperCase(language) + name.slice(1) };
  });
  return titled.toSorted(
    (a, b) => Number(b.id === "sv") - Number(a.id === "sv") || a.title.localeCompare(b.title, language),
  );
}
