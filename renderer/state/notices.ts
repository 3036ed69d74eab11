// Short messages at the foot of the window: errors, what was done, what can be undone. Runs in the window.
import type { ErrorData } from "../../electron/errors.ts";
import { createCell } from "./cell.ts";

export interface Notice {
  readonly id: number;
  readonly kind: "done" | "error";
  readonly text: string | ErrorData;
  readonly action?: { readonly label: string; readonly run: () => void };
}

/** How long a message stays. Errors stay until they are closed. */
export const noticeMs = 8000;

export const notices = createCell<readonly Notice[]>([]);
let lastId = 0;

/** Shows a message and answers how to take it away. */
export function tell(notice: Omit<Notice, "id">): () => void {
  const id = ++lastId;
  // The same error twice says nothing more than once.
  const others = notices.get().filter((other) => JSON.stringify(other.text) !== JSON.stringify(notice.text));
  notices.set([...others, { ...notice, id }].slice(-3));
  const close = () => closeNotice(id);
  if (notice.kind === "done") setTimeout(close, noticeMs);
  return close;
}

export const tellDone = (text: string) => tell({ kind: "done", text });
export const tellError = (error: ErrorData) => tell({ kind: "error", text: error });

export const closeNotice = (id: number) => notices.set(notices.get().filter((notice) => notice.id !== id));
