// The organisation's own words on recording. Kept while one writes, a moment after the last key.
import { useEffect, useState } from "react";
import { LongField } from "../parts/LongField.tsx";
import { useFixed } from "../parts/FixedWords.tsx";
import { act } from "../state/ask.ts";
import { useSnapshot } from "../state/snapshots.ts";
import { useTexts } from "../texts/i18n.ts";

const keepAfterMs = 600;

export function ConsentText() {
  const { t } = useTexts();
  const { consentText } = useSnapshot("settings");
  const [text, setText] = useState(consentText);
  useEffect(() => {
    if (text === consentText) return;
    const timer = setTimeout(() => void act("settings.set", { consentText: text }), keepAfterMs);
    return () => clearTimeout(timer);
  }, [text, consentText]);
  return (
    <LongField
      label={t("record.settings.consentText")}
      hint={t("record.settings.consentTextHint")}
      value={text}
      maxLength={4000}
      fixed={useFixed("consentText")}
      rows={6}
      onChange={setText}
    />
  );
}
