// Whether a meeting was changed by somebody else than this window: by another window. Runs in the window.
// Main counts every change that was made; this window counts its own. What is left came from elsewhere.
import { useState } from "react";
import { useSnapshot } from "./snapshots.ts";

const own = new Map<string, number>();
const add = (meetingId: string, change: number): void => void own.set(meetingId, (own.get(meetingId) ?? 0) + change);

/** Counted before it is made, for main may tell of it before it answers; one that was not made is taken back. */
export async function asOwn<Answer>(
  meetingId: string,
  run: () => Promise<Answer>,
  isMade: (answer: Answer) => boolean,
): Promise<Answer> {
  add(meetingId, 1);
  const answer = await run();
  if (!isMade(answer)) add(meetingId, -1);
  return answer;
}

/** A number that grows whenever another window has changed the transcript. */
export function useForeignChanges(meetingId: string): number {
  const made = useSnapshot("changes")[meetingId]?.transcript ?? 0;
  const foreign = made - (own.get(meetingId) ?? 0);
  const [highest, setHighest] = useState(foreign);
  if (foreign > highest) setHighest(foreign);
  return Math.max(foreign, highest);
}
