// The page is loaded anew when the lock closes or opens, so that nothing of what was shown stays in its memory. While a
// recording runs, whose sound this page takes, that waits until it has ended. Runs in the window.
import { snapshotCell } from "../state/snapshots.ts";

/** Called once, before the first view. */
export function followLock(): void {
  let shown = snapshotCell("lock").get().locked;
  const look = () => {
    const { locked } = snapshotCell("lock").get();
    if (locked === shown || snapshotCell("recording").get() !== null) return;
    shown = locked;
    window.location.reload();
  };
  snapshotCell("lock").watch(look);
  snapshotCell("recording").watch(look);
}
