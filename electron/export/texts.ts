// The words that documents add to what was said, by language. Runs anywhere under Node.
import type { InterfaceLanguage } from "../formats.ts";
import en from "./texts/en.json" with { type: "json" };
import sv from "./texts/sv.json" with { type: "json" };

export type ExportTexts = typeof sv;

const texts: Readonly<Record<InterfaceLanguage, ExportTexts>> = { sv, en };

export const exportTexts = (language: InterfaceLanguage): ExportTexts => texts[language];
