// The small window above all others: how the recording stands, and the buttons that matter.
import { Flag, MessageSquareOff, Mic, Pause, Square } from "lucide-react";
import { useEffect } from "react";
import type { RecordingState } from "../../electron/contract.ts";
import { TextButton } from "../parts/TextButton.tsx";
import { act } from "../state/ask.ts";
import { useSnapshot } from "../state/snapshots.ts";
import { useTexts } from "../texts/i18n.ts";
import { clock } from "../words/time.ts";
import "./recording.css";
import { Hears } from "./Hears.tsx";
import { useClock } from "./use-clock.ts";

export function MiniRecorder() {
  const { t } = useTexts();
  const recording = useSnapshot("recording");
  useEffect(() => {
    document.title = t("record.running");
  }, [t]);
  return recording === null ? (
    <main className="mini">
      <h1 className="running-state">{t("record.kept")}</h1>
    </main>
  ) : (
    <Running recording={recording} />
  );
}

function Running({ recording }: { readonly recording: RecordingState }) {
  const { t } = useTexts();
  const ms = useClock(recording);
  const { state } = recording;
  const runs = state === "recording";
  return (
    <main className="mini running" data-state={state}>
      <h1 className="running-state">
        <span className="running-dot" aria-hidden />
        {t(`record.state.${state}`)}
        <span className="figures">{clock(ms)}</span>
      </h1>
      <Hears recording={recording} />
      <div className="mini-buttons">
        {runs ? (
          <TextButton small kind="outline" icon={Pause} onPress={() => void act("recording.pause", "paused")}>
            {t("record.pause")}
          </TextButton>
        ) : (
          <TextButton
            small
            kind="outline"
            icon={Mic}
            isDisabled={state === "saving"}
            onPress={() => void act("recording.resume")}
          >
            {t("record.resume")}
          </TextButton>
        )}
        <TextButton small icon={Flag} onPress={() => void act("recording.mark", "important", "")}>
          {t("record.mark")}
        </TextButton>
        <TextButton
          small
          icon={MessageSquareOff}
          isDisabled={!runs}
          onPress={() => void act("recording.pause", "off-record")}
        >
          {t("record.offRecord")}
        </TextButton>
        <TextButton small icon={Square} isDisabled={state === "saving"} onPress={() => void act("recording.finish")}>
          {t("record.finish")}
        </TextButton>
      </div>
    </main>
  );
}
