// The interface's language. Runs in the window. Both languages are in the bundle: switching needs no restart.
import i18next, { type TFunction } from "i18next";
import ICU from "i18next-icu";
import { initReactI18next, useTranslation } from "react-i18next";
import type { InterfaceLanguage } from "../../electron/formats.ts";
import en from "./en.json" with { type: "json" };
import sv from "./sv.json" with { type: "json" };

export type Translate = TFunction;

export async function startTexts(language: InterfaceLanguage): Promise<void> {
  await i18next
    .use(ICU)
    .use(initReactI18next)
    .init({
      lng: language,
      fallbackLng: "sv",
      ns: ["texts"],
      defaultNS: "texts",
      resources: { sv: { texts: sv }, en: { texts: en } },
      // React escapes; ICU fills in.
      interpolation: { escapeValue: false },
    });
  markLanguage(language);
}

export async function setLanguage(language: InterfaceLanguage): Promise<void> {
  if (i18next.language === language) return;
  markLanguage(language);
  await i18next.changeLanguage(language);
}

function markLanguage(language: InterfaceLanguage): void {
  document.documentElement.lang = language;
}

/** The texts in the present language, and that language. */
export function useTexts(): { readonly t: Translate; readonly language: InterfaceLanguage } {
  const { t, i18n } = useTranslation("texts");
  return { t, language: i18n.language === "en" ? "en" : "sv" };
}
