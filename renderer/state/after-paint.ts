// What can wait until what was set before is on the screen. Runs in the window.

/** A window that is hidden paints nothing, and goes on all the same. */
const mostMs = 500;

export function afterPaint(run: () => void): void {
  let isDone = false;
  const once = () => {
    if (isDone) return;
    isDone = true;
    run();
  };
  requestAnimationFrame(() => setTimeout(once));
  setTimeout(once, mostMs);
}
