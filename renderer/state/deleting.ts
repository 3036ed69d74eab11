// Deleting that can be undone: meetings are out of sight at once, and gone when the time is over. Runs in the window.
import { act } from "./ask.ts";
import { createCell } from "./cell.ts";
import { noticeMs, tell } from "./notices.ts";

/** Ids of meetings that no view shows. */
export const deleting = createCell<ReadonlySet<string>>(new Set());

/** What is deleted together is taken back together. */
const waiting = new Map<readonly string[], ReturnType<typeof setTimeout>>();

/** Hides the meetings and deletes them after some seconds unless the person takes it back. */
export function deleteSoon(ids: readonly string[], texts: { readonly deleted: string; readonly undo: string }): void {
  deleting.set(new Set([...deleting.get(), ...ids]));
  waiting.set(
    ids,
    setTimeout(() => void deleteNow(ids), noticeMs),
  );
  const close = tell({
    kind: "done",
    text: texts.deleted,
    action: {
      label: texts.undo,
      run: () => {
        clearTimeout(waiting.get(ids));
        waiting.delete(ids);
        show(ids);
        close();
      },
    },
  });
}

async function deleteNow(ids: readonly string[]): Promise<void> {
  waiting.delete(ids);
  // What could not be deleted must be seen again; what is gone is in no snapshot any more.
  if ((await act("meetings.deleteMany", [...ids])) === undefined) show(ids);
}

const show = (ids: readonly string[]) =>
  deleting.set(new Set([...deleting.get()].filter((other) => !ids.includes(other))));

// Closing the window is not a way to take it back: the person was told that it is deleted.
window.addEventListener("pagehide", () => {
  for (const [ids, timer] of waiting) {
    clearTimeout(timer);
    void window.lyssna.call("meetings.deleteMany", [...ids]);
  }
  waiting.clear();
});
