// The guided tour: its steps on the example meeting, and where it stands. Runs in the window.
import { openExample } from "../first-start/try-out.ts";
import { createCell } from "../state/cell.ts";

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

/** Begins on the example meeting. */
export async function startTour(): Promise<void> {
  if (await openExample()) tourStep.set(0);
}

export const endTour = (): void => tourStep.set(null);

/** What has the focus while the tour stands beside a view that opens: null while there is no tour. */
export const tourHeading = (): HTMLElement | null => document.querySelector<HTMLElement>(".tour-title");
