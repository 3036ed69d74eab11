// Words that were struck, withdrawn or deleted while something is being made of them: nothing is kept that was made with them.
// Runs in main.
import type { Transcript } from "../formats.ts";
import type { JobId, MeetingId } from "../store/types.ts";
import type { Context } from "./context.ts";

/** Whether any passage that could be read `before` is gone or struck `now`. One that was corrected is neither. */
export function isTakenAway(before: readonly Transcript[], now: readonly Transcript[]): boolean {
  return before.some(({ segments }, at) => {
    const left = new Set(now[at]?.segments.flatMap(({ id, state }) => (state === "struck" ? [] : [id])));
    return segments.some(({ id, state }) => state !== "struck" && !left.has(id));
  });
}

/**
 * Stops the jobs that are reading a meeting, also for a report that it is part of, and resolves when they have let go of it.
 * Answers those that ran: they may be tried again, on what is left.
 */
export async function stopReading(id: MeetingId, { store, runner }: Pick<Context, "store" | "runner">) {
  const readers = new Set(
    (await store.listMeetings())
      .filter((meeting) => meeting.id === id || meeting.sources?.some(({ meetingId }) => meetingId === id) === true)
      .map((meeting) => meeting.id),
  );
  const stopped: JobId[] = [];
  for (const job of await store.listJobs()) {
    if (!readers.has(job.meetingId) || job.state !== "running") continue;
    await runner.cancel(job.id, { wait: true });
    stopped.push(job.id);
  }
  return stopped;
}
