// Tells a screen reader that a recording stands still, is off the record, goes on or has ended, whoever asked for it and
// whichever view is open. Runs in the window.
import { useEffect, useRef } from "react";
import { announce } from "../state/announce.ts";
import { useSnapshot } from "../state/snapshots.ts";
import { useTexts } from "../texts/i18n.ts";

/**
 * That a microphone is missing is told by what stands on the page; that it has begun, where it is begun: a window that is
 * loaded anew finds it running. What is being saved will soon have ended.
 */
const words = { recording: "record.goesOn", paused: "record.isPaused", "off-record": "record.isOff" } as const;

export function useRecordingVoice(): void {
  const { t } = useTexts();
  const state = useSnapshot("recording")?.state ?? null;
  const before = useRef(state);
  useEffect(() => {
    const was = before.current;
    before.current = state;
    if (was === null || was === state || state === "saving" || state === "no-microphone") return;
    announce(t(state === null ? "record.ended" : words[state]));
  }, [state, t]);
}
