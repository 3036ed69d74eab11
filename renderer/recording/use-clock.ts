// How long a recording is, while it grows. Runs in the window.
import { useEffect, useState } from "react";
import type { RecordingState } from "../../electron/contract.ts";

const tickMs = 250;

/** Main tells the length with every change; between them the time runs on here. */
export function useClock({
  keptMs,
  state,
  take,
  hears,
}: Pick<RecordingState, "keptMs" | "state" | "take" | "hears">): number {
  // A clock that runs on while nothing comes in would promise what is not there.
  const runs = state === "recording" && hears !== "no-sound";
  const [told, setTold] = useState({ keptMs, take, sinceMs: 0 });
  useEffect(() => {
    if (!runs) return;
    const from = performance.now();
    const tick = () => setTold({ keptMs, take, sinceMs: performance.now() - from });
    const timer = setInterval(tick, tickMs);
    return () => clearInterval(timer);
  }, [runs, keptMs, take]);
  return runs && told.keptMs === keptMs && told.take === take ? keptMs + told.sinceMs : keptMs;
}
