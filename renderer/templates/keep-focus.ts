// A button that is pressed for the last time is disabled or gone, and the focus with it: then it goes to a place near by.
// Runs in the window.

/** Looks once the page has been drawn anew. `near` may name the place; else the view's heading takes the focus. */
export function keepFocus(near?: HTMLElement | null): void {
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      if (document.activeElement !== null && document.activeElement !== document.body) return;
      (near ?? document.querySelector<HTMLElement>("h1"))?.focus({ preventScroll: true });
    }),
  );
}
