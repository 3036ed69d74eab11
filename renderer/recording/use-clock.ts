// How long a recording is, while it grows. Runs in the window.
import { useEffect, useState } from "react";
import type { RecordingState } from "../../electron/contract.ts";

const tickMs = 250;

/** Main tells the length with every change; between them the time runs on here. */
export function useClock({ keptMs, state, take }: Pick<RecordingState, "keptMs" | "state" | "take">): number {
  const runs = state === "recording";
  const [start, setStart] = useState({ keptMs, take, at: performance.now() });
  const [now, setNow] = useState(start.at);
  if (start.keptMs !== keptMs || start.take !== take) setStart({ keptMs, take, at: performance.now() });
  useEffect(() => {
    if (!runs) return;
    const timer = setInterval(() => setNow(performance.now()), tickMs);
    return () => clearInterval(timer);
  }, [runs]);
  return runs ? start.keptMs + Math.max(0, now - start.at) : keptMs;
}
