// What a screen reader is told in passing: a stage done, something copied. Runs in the window.
import { createCell } from "./cell.ts";

export const announcement = createCell("");

/** Says it once, without moving the focus. */
export function announce(text: string): void {
  // The same words again are said only if the region was empty in between.
  announcement.set("");
  setTimeout(() => announcement.set(text), 50);
}
