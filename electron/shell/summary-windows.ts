// Summaries in windows of their own, one for each meeting. Runs in main.
import type { BrowserWindow } from "electron";
import { startAddress } from "./own-address.ts";

type Side = Pick<BrowserWindow, "loadURL" | "show" | "focus" | "close" | "on" | "once">;

export interface SummaryWindows {
  /** Opens the meeting's, or brings it forward where it is open. */
  open(meetingId: string): void;
  closeAll(): void;
}

export function createSummaryWindows(make: () => Side): SummaryWindows {
  const windows = new Map<string, Side>();
  return {
    open(meetingId) {
      const there = windows.get(meetingId);
      if (there !== undefined) {
        there.show();
        there.focus();
        return;
      }
      const opened = make();
      windows.set(meetingId, opened);
      // A meeting's title must not stand in the task bar.
      opened.on("page-title-updated", (event) => event.preventDefault());
      opened.once("ready-to-show", () => opened.show());
      opened.on("closed", () => {
        if (windows.get(meetingId) === opened) windows.delete(meetingId);
      });
      void opened.loadURL(`${startAddress}#/summary/${encodeURIComponent(meetingId)}`);
    },
    closeAll() {
      for (const opened of windows.values()) opened.close();
      windows.clear();
    },
  };
}
