// Two ways to see the app work before there is a model or a recording. Runs in the window.
import { act } from "../state/ask.ts";
import { go } from "../state/route.ts";

/** The bundled, invented meeting. Answers whether it could be opened. */
export async function openExample(): Promise<boolean> {
  const meeting = await act("meetings.addExample");
  if (meeting) go({ view: "meeting", id: meeting.id, segmentId: null });
  return meeting !== undefined;
}

/** The demonstration recording, all the way from sound to summary. */
export async function tryDemonstration(): Promise<void> {
  const meeting = await act("meetings.addDemonstration");
  if (meeting) go({ view: "meeting", id: meeting.id, segmentId: null });
}
