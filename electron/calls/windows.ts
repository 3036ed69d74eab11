// Calls between windows: a summary in one of its own, and a passage that it wants to be shown in the meeting's. Runs in main.
import type { Handlers } from "../contract.ts";
import type { Context } from "./context.ts";

export function windowHandlers({
  dialogs,
  hub,
  store,
}: Context): Pick<Handlers, "windows.summary" | "windows.passage"> {
  return {
    async "windows.summary"(id) {
      // One that is not there has no window.
      await store.getMeeting(id);
      dialogs.showSummary?.(id);
      return null;
    },
    async "windows.passage"(meetingId, segmentId) {
      hub.set("passage", { meetingId, segmentId });
      dialogs.bringForward?.();
      return null;
    },
  };
}
