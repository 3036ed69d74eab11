// The guided tour: its steps on the example meeting, and where it stands. Runs in the window.
import { openExample } from "../first-start/try-out.ts";
import { createCell } from "../state/cell.ts";
import { deleting } from "../state/deleting.ts";
import { go, parseAddress } from "../state/route.ts";
import { snapshotCell } from "../state/snapshots.ts";

/** What each step points at, by the class it is drawn with, and the pane it is in where only one fits. */
export const tourSteps = [
  { id: "listen", target: ".paragraph-time", pane: "transcript" },
  { id: "source", target: ".sentence", pane: "summary" },
  { id: "correct", target: ".paragraph", pane: "transcript" },
  { id: "review", target: ".review-head", pane: "summary" },
  { id: "copy", target: ".copy-heading", pane: "summary" },
  { id: "never", target: null, pane: null },
] as const;

/** Which step is shown; null while there is no tour. */
export const tourStep = createCell<number | null>(null);

/** Begins on the example meeting, the one that is open before any other; it is added where it is not there. */
export async function startTour(): Promise<void> {
  const route = parseAddress(window.location.hash);
  const examples = snapshotCell("meetings")
    .get()
    .filter(({ id, demonstration, hasSound }) => demonstration && !hasSound && !deleting.get().has(id));
  const example = examples.find(({ id }) => route.view === "meeting" && route.id === id) ?? examples[0];
  if (example === undefined && !(await openExample())) return;
  if (example !== undefined) go({ view: "meeting", id: example.id, segmentId: null });
  tourStep.set(0);
}

export const endTour = (): void => tourStep.set(null);

/** What has the focus while the tour stands beside a view that opens: null while there is no tour. */
export const tourHeading = (): HTMLElement | null => document.querySelector<HTMLElement>(".tour-title");
