// Whether the microphone is open, for the views. Runs in the window.
import { useCell } from "../state/cell.ts";
import type { Microphone } from "./microphones.ts";
import { hearing } from "./recorder.ts";

export const currentMicrophone = (): Microphone | null => {
  const now = hearing.get();
  return now === null || typeof now === "string" ? null : now.microphone;
};

/** True while a microphone hears. */
export function useMicrophone(): boolean {
  const now = useCell(hearing);
  return now !== null && typeof now !== "string";
}
