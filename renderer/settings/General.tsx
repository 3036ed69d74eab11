// Language and appearance of the interface, and whether it may speak up.
import type { Settings } from "../../electron/contract.ts";
import { CheckBox } from "../parts/CheckBox.tsx";
import { useFixed } from "../parts/FixedWords.tsx";
import { act } from "../state/ask.ts";
import { useSnapshot } from "../state/snapshots.ts";
import { useTexts } from "../texts/i18n.ts";
import { Options } from "./Options.tsx";

/** Each language by its own name, whatever language is in use. */
const languages = [
  { id: "sv", title: "Svenska", lang: "sv" },
  { id: "en", title: "English", lang: "en" },
] as const;
const themes = ["system", "light", "dark"] as const satisfies readonly Settings["theme"][];

export function General() {
  const { t } = useTexts();
  const { interfaceLanguage, theme, notifyWhenReady } = useSnapshot("settings");
  return (
    <>
      <Options
        label={t("settings.language")}
        options={languages}
        chosen={interfaceLanguage}
        fixed={useFixed("interfaceLanguage")}
        onChoose={(id) => void act("settings.set", { interfaceLanguage: id })}
      />
      <Options
        label={t("settings.theme")}
        options={themes.map((id) => ({ id, title: t(`settings.themes.${id}`) }))}
        chosen={theme}
        fixed={useFixed("theme")}
        onChoose={(id) => void act("settings.set", { theme: id })}
      />
      <CheckBox
        label={t("settings.notify")}
        hint={t("settings.notifyHint")}
        on={notifyWhenReady}
        fixed={useFixed("notifyWhenReady")}
        onChange={(on) => void act("settings.set", { notifyWhenReady: on })}
      />
    </>
  );
}
