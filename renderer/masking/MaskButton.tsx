// Turns masking on and off for the open meeting.
import { Eye, EyeOff } from "lucide-react";
import { TextButton } from "../parts/TextButton.tsx";
import { announce } from "../state/announce.ts";
import { useTexts } from "../texts/i18n.ts";
import { useOpenMasking } from "./use-masking.ts";

export function MaskButton() {
  const { t } = useTexts();
  const masking = useOpenMasking();
  if (masking === null) return null;
  const turn = async () => {
    await masking.turn(!masking.on);
    if (!masking.on) announce(t("masking.title"));
  };
  return (
    <TextButton kind="plain" icon={masking.on ? Eye : EyeOff} onPress={() => void turn()}>
      {t(masking.on ? "masking.buttonOff" : "masking.button")}
    </TextButton>
  );
}
