// Tells once that the system may keep what is copied, where it gives no promise not to. Runs in the window.
import { useEffect } from "react";
import { act } from "../state/ask.ts";
import { tell } from "../state/notices.ts";
import { useSnapshot } from "../state/snapshots.ts";
import { useTexts } from "../texts/i18n.ts";

export function useCopyWarning(): void {
  const { t } = useTexts();
  const { copyWarning } = useSnapshot("settings");
  useEffect(() => {
    if (copyWarning !== "due") return;
    tell({ kind: "done", text: t("summary.copyWarning") });
    void act("settings.set", { copyWarning: "told" });
  }, [copyWarning, t]);
}
