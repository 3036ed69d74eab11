// Masks one meeting and ends. Runs in a worker thread of main: lists and dictionary take longer to read than a frame.
import { parentPort, workerData } from "node:worker_threads";
import { type ErrorData, toErrorData } from "../errors.ts";
import type { MaskRules } from "./find-all.ts";
import { type MaskedMeeting, type MaskInput, maskMeeting } from "./mask-meeting.ts";

export interface MaskTask {
  readonly input: MaskInput;
  readonly rules: MaskRules;
}

export type MaskReply = { readonly masked: MaskedMeeting } | { readonly error: ErrorData };

function answer({ input, rules }: MaskTask): MaskReply {
  try {
    return { masked: maskMeeting(input, rules) };
  } catch (error) {
    return { error: toErrorData(error) };
  }
}

parentPort?.postMessage(answer(workerData as MaskTask));
