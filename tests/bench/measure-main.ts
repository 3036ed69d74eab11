// Main while it has a recording transcribed: how long a message to it waits. Bench only.
import type { AppRequest } from "./app-process.ts";
import { askProcess } from "./ask-process.ts";
import { goalRow, plainRow } from "./goals.ts";
import { cacheDir, type Measure } from "./measure.ts";
import { makeRandomWhisper } from "./random-whisper/make-random-whisper.ts";
import { type Stalls, waitExceededFor } from "./stalls.ts";

const minutes = 5;
const quickMinutes = 2;
const share = 0.01;

/** With tiny: the quicker the model, the more main has to do at a time. */
export const measureMain: Measure = async ({ quick, progress }) => {
  const request: AppRequest = {
    modelDir: await makeRandomWhisper(cacheDir, { name: "tiny", format: "q8" }),
    minutes: quick ? quickMinutes : minutes,
  };
  progress(`main: ${request.minutes} min of sound through the app …`);
  const { lateMs, busyMs, totalMs } = await askProcess<Stalls>("./app-process.ts", request);
  const longest = lateMs.reduce((most, late) => Math.max(most, late), 0);
  return {
    rows: [
      goalRow("main-blocked-p99", waitExceededFor(lateMs, totalMs, share)),
      plainRow("main-busy-p99", waitExceededFor(busyMs, totalMs, share), "ms", "lower"),
      plainRow("main-blocked-longest", longest, "ms", "lower"),
    ],
    notes: [
      `main-blocked-p99: ${request.minutes} min of sound through the whole app with the tiny shape (import, encrypted working copy, transcription, summary); of all moments in ${(totalMs / 1000).toFixed(0)} s, 99 % find main's thread free within this time. main-busy-p99 counts only what the thread itself computed, not its waiting for a processor.`,
    ],
  };
};
