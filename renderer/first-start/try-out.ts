// Two ways to see the app work before there is a model or a recording. Runs in the window.
import { act } from "../state/ask.ts";
import { deleting } from "../state/deleting.ts";
import { go, parseAddress } from "../state/route.ts";
import { snapshotCell } from "../state/snapshots.ts";

/**
 * The bundled, invented meeting: the one that is open before any other, and added only where there is none. Answers
 * whether it could be opened.
 */
export async function openExample(): Promise<boolean> {
  const route = parseAddress(window.location.hash);
  const there = snapshotCell("meetings")
    .get()
    .filter(({ id, demonstration, hasSound }) => demonstration && !hasSound && !deleting.get().has(id));
  const known = there.find(({ id }) => route.view === "meeting" && route.id === id) ?? there[0];
  const meeting = known ?? (await act("meetings.addExample"));
  if (meeting) go({ view: "meeting", id: meeting.id, segmentId: null });
  return meeting !== undefined;
}

/** The demonstration recording, all the way from sound to summary. */
export async function tryDemonstration(): Promise<void> {
  const meeting = await act("meetings.addDemonstration");
  if (meeting) go({ view: "meeting", id: meeting.id, segmentId: null });
}
