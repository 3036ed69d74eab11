// A recording that runs while one looks at something else: a line at the foot that leads back to it.
import { useSnapshot } from "../state/snapshots.ts";
import { addressOf } from "../state/route.ts";
import { useTexts } from "../texts/i18n.ts";
import { clock } from "../words/time.ts";
import { useClock } from "./use-clock.ts";
import "./recording.css";
import type { RecordingState } from "../../electron/contract.ts";

export function RecordingLine() {
  const recording = useSnapshot("recording");
  return recording === null ? null : <Line recording={recording} />;
}

function Line({ recording }: { readonly recording: RecordingState }) {
  const { t } = useTexts();
  const ms = useClock(recording);
  return (
    <aside className="recording-line running" data-state={recording.state} aria-label={t("record.inProgress")}>
      <span className="running-dot" aria-hidden />
      <span>{t(`record.state.${recording.state}`)}</span>
      <span className="figures">{clock(ms)}</span>
      <a href={addressOf({ view: "record", about: null })}>{t("record.show")}</a>
    </aside>
  );
}
