// A recording that is not a transcript yet: that it is kept, and what comes next.
import type { Meeting } from "../../electron/contract.ts";
import { ErrorText } from "../parts/ErrorText.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { act } from "../state/ask.ts";
import { addressOf } from "../state/route.ts";
import { useSnapshot } from "../state/snapshots.ts";
import { useTexts } from "../texts/i18n.ts";

export function Recorded({ meeting }: { readonly meeting: Meeting }) {
  const { t } = useTexts();
  const { afterRecording, modelId } = useSnapshot("settings");
  if (meeting.status === "recording") {
    return (
      <div className="pane-words">
        <p className="pane-lead">{t("record.inProgress")}</p>
        <p>
          <a href={addressOf({ view: "record", about: null })}>{t("record.show")}</a>
        </p>
      </div>
    );
  }
  return (
    <div className="pane-words">
      <p className="pane-lead">{t("record.kept")}</p>
      {meeting.recovered === true && <p className="record-warning">{t("record.recovered")}</p>}
      {meeting.error !== null && (
        <p className="pane-error">
          <ErrorText error={meeting.error} />
        </p>
      )}
      {modelId === "" ? (
        <p className="quiet">
          {t("library.noModel")} <a href={addressOf({ view: "first-start" })}>{t("library.chooseModel")}</a>
        </p>
      ) : (
        <>
          <p className="quiet">{t(afterRecording === "night" ? "record.waitsNight" : "record.waitsYou")}</p>
          {meeting.hasSound && (
            <div>
              <TextButton kind="primary" onPress={() => void act("recordings.transcribe", meeting.id)}>
                {t("record.transcribe")}
              </TextButton>
            </div>
          )}
        </>
      )}
    </div>
  );
}
