// The jobs that are worth a line: what runs, what waits in its order, what ended badly. Pure.
import type { Job } from "../../electron/contract.ts";

const order = { running: 0, queued: 1, failed: 2, cancelled: 3, done: 4 } as const;

/** Those that ended well are left out. Main gives them in the order in which they are done; that is kept. */
export const queueOf = (jobs: readonly Job[]): readonly Job[] =>
  jobs
    .filter(({ meetingId, state, createdAt }) => {
      if (state === "done") return false;
      if (state === "running" || state === "queued") return true;
      // Tried again by another job, it is no news any more.
      return !jobs.some((other) => other.meetingId === meetingId && other.createdAt > createdAt);
    })
    .toSorted((a, b) => order[a.state] - order[b.state]);
