// The recording's one screen: before it begins, and while it runs.
import { useEffect, useRef } from "react";
import { announce } from "../state/announce.ts";
import { go } from "../state/route.ts";
import { useSnapshot } from "../state/snapshots.ts";
import { useTexts } from "../texts/i18n.ts";
import { PrepareRecording } from "./PrepareRecording.tsx";
import "./recording.css";
import { RunningRecording } from "./RunningRecording.tsx";

export function RecordView({ about }: { readonly about: string | null }) {
  const recording = useSnapshot("recording");
  const { t } = useTexts();
  const last = useRef<string | null>(null);
  const id = recording?.meetingId ?? null;

  // A recording that ended, by whatever way, is where its sound now is.
  useEffect(() => {
    if (id !== null) last.current = id;
    else if (last.current !== null) {
      announce(t("record.ended"));
      go({ view: "meeting", id: last.current, segmentId: null });
    }
  }, [id, t]);

  return recording === null ? <PrepareRecording about={about} /> : <RunningRecording recording={recording} />;
}
