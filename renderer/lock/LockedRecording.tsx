// A recording that goes on behind the lock: how it stands, and what somebody in the room may need to do.
import { Mic, Pause, Square } from "lucide-react";
import type { RecordingState } from "../../electron/contract.ts";
import { TextButton } from "../parts/TextButton.tsx";
import { useClock } from "../recording/use-clock.ts";
import "../recording/recording.css";
import { act } from "../state/ask.ts";
import { useTexts } from "../texts/i18n.ts";
import { clock } from "../words/time.ts";

export function LockedRecording({ recording }: { readonly recording: RecordingState }) {
  const { t } = useTexts();
  const ms = useClock(recording);
  const { state } = recording;
  return (
    <section className="lock-recording running" data-state={state} aria-label={t("record.inProgress")}>
      <p className="running-state">
        <span className="running-dot" aria-hidden />
        {t(`record.state.${state}`)}
        <span className="figures">{clock(ms)}</span>
      </p>
      <div className="lock-actions">
        {state === "recording" ? (
          <TextButton kind="outline" icon={Pause} onPress={() => void act("recording.pause", "paused")}>
            {t("record.pause")}
          </TextButton>
        ) : (
          <TextButton
            kind="outline"
            icon={Mic}
            isDisabled={state === "saving"}
            onPress={() => void act("recording.resume")}
          >
            {t("record.resume")}
          </TextButton>
        )}
        <TextButton icon={Square} isDisabled={state === "saving"} onPress={() => void act("recording.finish")}>
          {t("record.finish")}
        </TextButton>
      </div>
    </section>
  );
}
