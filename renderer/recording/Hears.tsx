// A microphone that gives nothing, or too much, while it records: one line, for as long as it is so.
import type { RecordingState } from "../../electron/contract.ts";
import { useTexts } from "../texts/i18n.ts";

export function Hears({ recording: { state, hears } }: { readonly recording: RecordingState }) {
  const { t } = useTexts();
  if (state !== "recording" || hears === "good") return null;
  return <output className="record-warning">{t(`record.hears.${hears}`)}</output>;
}
