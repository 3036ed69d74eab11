// The recording's one screen: before it begins, and while it runs.
import { useEffect, useState } from "react";
import { go } from "../state/route.ts";
import { useSnapshot } from "../state/snapshots.ts";
import { PrepareRecording } from "./PrepareRecording.tsx";
import "./recording.css";
import { RunningRecording } from "./RunningRecording.tsx";

export function RecordView({ about }: { readonly about: string | null }) {
  const recording = useSnapshot("recording");
  const id = recording?.meetingId ?? null;
  const [last, setLast] = useState(id);
  if (id !== null && id !== last) setLast(id);
  const ended = id === null ? last : null;

  // A recording that ended, by whatever way, is where its sound now is.
  useEffect(() => {
    if (ended !== null) go({ view: "meeting", id: ended, segmentId: null });
  }, [ended]);

  if (recording !== null) return <RunningRecording recording={recording} />;
  // On the way there: what one sees before a recording would open the microphone anew, and say so.
  return ended === null ? <PrepareRecording about={about} /> : null;
}
