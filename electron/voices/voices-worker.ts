// Tells the voices of one meeting apart and ends. Runs in a worker thread of main: hours of it take seconds.
import { parentPort, workerData } from "node:worker_threads";
import { type ErrorData, toErrorData } from "../errors.ts";
import { findSpeakers, type FoundSpeakers, type SpeakerTask } from "./find-speakers.ts";

export type SpeakerReply = { readonly found: FoundSpeakers } | { readonly error: ErrorData };

function answer(task: SpeakerTask): SpeakerReply {
  try {
    return { found: findSpeakers(task) };
  } catch (error) {
    return { error: toErrorData(error) };
  }
}

parentPort?.postMessage(answer(workerData as SpeakerTask));
