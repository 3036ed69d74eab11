// Keeps language models from running while something else comes first: a recording, or the battery where the person wishes so.
// Runs in main.
import type { Job } from "../store/types.ts";
import type { JobRunner } from "./runner.ts";

/** Answers what to call whenever something that it hangs on may have changed. */
export function holdLanguage(
  runner: Pick<JobRunner, "pauseWhile">,
  isHeld: () => boolean,
  isLanguage: (job: Job) => boolean,
): () => void {
  let letGo: (() => void) | null = null;
  return () => {
    if (isHeld() === (letGo !== null)) return;
    if (letGo !== null) {
      letGo();
      letGo = null;
      return;
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    letGo = resolve;
    void runner.pauseWhile(() => promise, isLanguage);
  };
}
