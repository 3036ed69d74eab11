// Taking back and doing again, once something was corrected.
import { Redo2, Undo2 } from "lucide-react";
import { TextButton } from "../parts/TextButton.tsx";
import { useTexts } from "../texts/i18n.ts";
import "./correct.css";
import { useCorrecting } from "./use-corrections.ts";

export function CorrectBar() {
  const { t } = useTexts();
  const { transcript, undo, redo } = useCorrecting();
  if (transcript.editedAt === undefined) return null;
  return (
    <div className="correct-bar">
      <TextButton small kind="plain" icon={Undo2} onPress={() => void undo()}>
        {t("correct.undo")}
      </TextButton>
      <TextButton small kind="plain" icon={Redo2} onPress={() => void redo()}>
        {t("correct.redo")}
      </TextButton>
    </div>
  );
}
