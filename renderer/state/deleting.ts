// Deleting that can be undone: the meeting is out of sight at once, and gone when the time is over. Runs in the window.
import { act } from "./ask.ts";
import { createCell } from "./cell.ts";
import { noticeMs, tell } from "./notices.ts";

/** Ids of meetings that no view shows. */
export const deleting = createCell<ReadonlySet<string>>(new Set());

const waiting = new Map<string, ReturnType<typeof setTimeout>>();

/** Hides the meeting and deletes it after some seconds unless the person takes it back. */
export function deleteSoon(id: string, texts: { readonly deleted: string; readonly undo: string }): void {
  deleting.set(new Set([...deleting.get(), id]));
  waiting.set(
    id,
    setTimeout(() => void deleteNow(id), noticeMs),
  );
  const close = tell({
    kind: "done",
    text: texts.deleted,
    action: {
      label: texts.undo,
      run: () => {
        clearTimeout(waiting.get(id));
        waiting.delete(id);
        show(id);
        close();
      },
    },
  });
}

async function deleteNow(id: string): Promise<void> {
  waiting.delete(id);
  const answer = await act("meetings.delete", id);
  // A meeting that could not be deleted must be seen again.
  if (answer === undefined) show(id);
}

const show = (id: string) => deleting.set(new Set([...deleting.get()].filter((other) => other !== id)));

// Closing the window is not a way to take it back: the person was told that it is deleted.
window.addEventListener("pagehide", () => {
  for (const [id, timer] of waiting) {
    clearTimeout(timer);
    void window.lyssna.call("meetings.delete", id);
  }
  waiting.clear();
});
