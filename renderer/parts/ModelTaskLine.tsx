// What is being installed, packed or checked, how far it has come, and the way to stop it.
import { ErrorText } from "./ErrorText.tsx";
import { ProgressLine } from "./ProgressLine.tsx";
import { TextButton } from "./TextButton.tsx";
import { act } from "../state/ask.ts";
import { useSnapshot } from "../state/snapshots.ts";
import { useTexts } from "../texts/i18n.ts";
import "./model-list.css";

export function ModelTaskLine() {
  const { t } = useTexts();
  const task = useSnapshot("modelTask");
  if (task === null) return null;
  const { name, what, fraction, byPolicy, error } = task;
  if (error !== null) {
    return (
      <p role="alert" className="model-error">
        <ErrorText error={error} />
      </p>
    );
  }
  const words = t(byPolicy ? "models.task.byPolicy" : `models.task.${what}`, { name });
  return (
    <div className="model-task">
      <p>{words}</p>
      <ProgressLine label={words} fraction={fraction} />
      <div>
        <TextButton kind="outline" onPress={() => void act("models.stopTask")}>
          {t("models.task.stop")}
        </TextButton>
      </div>
    </div>
  );
}
