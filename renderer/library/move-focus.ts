// Up and down in the library: from row to row, and back to the search field. Runs in the window.
import { meetingAddress } from "../state/route.ts";

/** Moves the focus to the next or previous row. Answers whether it moved. */
export function moveFocus(page: HTMLElement, step: 1 | -1): boolean {
  const stops = [...page.querySelectorAll<HTMLElement>("input[type=search], a[data-row]")];
  const at = stops.indexOf(document.activeElement as HTMLElement);
  // Elsewhere in the view the first key goes to the first row.
  const next = at < 0 ? stops.find((stop) => stop.matches("a")) : stops[at + step];
  next?.focus();
  return next !== undefined;
}

/** The row of a meeting, if it is there. */
export const rowOf = (page: HTMLElement | null, meetingId: string | null): HTMLElement | null =>
  meetingId === null ? null : (page?.querySelector<HTMLElement>(`a[href="${meetingAddress(meetingId)}"]`) ?? null);
