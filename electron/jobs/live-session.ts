// Live text for a recording that runs: heavy jobs let go meanwhile, and every snapshot is shown. Runs in main.
import type { LiveText } from "../live-text.ts";
import { createLiveText, type LiveTextOptions, type LiveTextWriter } from "../pipeline/hear-live.ts";
import type { JobRunner } from "./runner.ts";

export interface LiveSessionOptions extends Omit<LiveTextOptions, "onSnapshot"> {
  readonly runner: Pick<JobRunner, "pauseWhile">;
  /** Null once it is closed: nothing of it stays. */
  readonly show: (text: LiveText | null) => void;
}

/** Jobs run on when live text is closed, or is off for a reason of its own. */
export function startLiveSession({ runner, show, ...options }: LiveSessionOptions): LiveTextWriter {
  const over = Promise.withResolvers<void>();
  // Before the process starts: what the job holds in memory is wanted here.
  void runner.pauseWhile(() => over.promise);
  const writer = createLiveText({
    ...options,
    onSnapshot(text) {
      if (text.state === "off") over.resolve();
      show(text);
    },
  });
  let isClosed = false;
  return {
    ...writer,
    close() {
      if (isClosed) return;
      isClosed = true;
      writer.close();
      over.resolve();
      show(null);
    },
  };
}
