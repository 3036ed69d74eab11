// How long a recording is, while it grows. Runs in the window.
import { useEffect, useState } from "react";
import type { RecordingState } from "../../electron/contract.ts";

const tickMs = 250;

/** Main tells the length with every change; between them the time runs on here. */
export function useClock({ keptMs, state, take }: Pick<RecordingState, "keptMs" | "state" | "take">): number {
  const runs = state === "recording";
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
