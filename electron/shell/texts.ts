// The few texts that main itself shows: menu and dialogs. Runs in main. The texts are files.
import type { InterfaceLanguage } from "../formats.ts";
import en from "./texts/en.json" with { type: "json" };
import sv from "./texts/sv.json" with { type: "json" };

export type ShellText = typeof sv;

export const shellText = (language: InterfaceLanguage): ShellText => (language === "sv" ? sv : en);
