// The words of the command line, by language. Runs in the command line.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { InterfaceLanguage } from "../formats.ts";
import en from "./texts/en.json" with { type: "json" };
import sv from "./texts/sv.json" with { type: "json" };

export type CliText = keyof typeof sv;

const texts: Readonly<Record<InterfaceLanguage, Readonly<Record<CliText, string>>>> = { sv, en };

/** A text with its {details}; control signs in a file's name become spaces. */
export const cliText = (
  key: CliText,
  language: InterfaceLanguage,
  details: Readonly<Record<string, string>> = {},
): string =>
  texts[language][key].replace(/\{(\w+)\}/gu, (_, name: string) => (details[name] ?? "–").replace(/\p{Cc}+/gu, " "));

export const helpText = (language: InterfaceLanguage): Promise<string> =>
  readFile(join(import.meta.dirname, "texts", `${language}.txt`), "utf8");

/** As --lang says, else as the environment does, else Swedish. */
export function interfaceLanguage(env: Readonly<Record<string, string | undefined>>): InterfaceLanguage {
  // POSIX: LC_ALL goes before LC_MESSAGES, which goes before LANG; an empty one counts as not set.
  const locale = env["LC_ALL"] || env["LC_MESSAGES"] || env["LANG"] || "";
  return /^en(?:[_.@-]|$)/iu.test(locale) ? "en" : "sv";
}
