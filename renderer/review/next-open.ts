// To the next sentence that must be dealt with. Runs in the window.

const openers = "[data-support=unsupported] .review-opener";

/** Moves the focus there, once nothing floats above the page; from the last one to the first. */
export function goToNextOpen(): void {
  if (document.querySelector("[role=dialog]") === null) {
    // What has just closed gives the focus back first.
    requestAnimationFrame(focusNext);
  } else requestAnimationFrame(goToNextOpen);
}

function focusNext(): void {
  const open = [...document.querySelectorAll<HTMLElement>(openers)];
  const at = open.indexOf(document.activeElement as HTMLElement);
  const next = open[(at + 1) % open.length];
  next?.focus();
  next?.scrollIntoView({ block: "center" });
}
