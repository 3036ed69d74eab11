// Up and down in the library: from row to row, and back to the search field. Runs in the window.

/** Moves the focus to the next or previous row. Answers whether it moved. */
export function moveFocus(page: HTMLElement, step: 1 | -1): boolean {
  const stops = [...page.querySelectorAll<HTMLElement>("input[type=search], a[data-row]")];
  const at = stops.indexOf(document.activeElement as HTMLElement);
  // Elsewhere in the view the first key goes to the first row.
  const next = at < 0 ? stops.find((stop) => stop.matches("a")) : stops[at + step];
  next?.focus();
  return next !== undefined;
}
