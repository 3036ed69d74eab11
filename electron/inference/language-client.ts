// A language model in an inference process of its own, as main sees it. Runs in main and the command line.
import { LyssnaError } from "../errors.ts";
import { createLane } from "./lane.ts";
import type {
  AnsweredText,
  LanguageModel,
  LanguageModelInfo,
  TextModel,
  TextRequest,
  TextWork,
} from "./language-protocol.ts";
import type { StartInference } from "./protocol.ts";

/** A loaded model that also tells what it measured. */
export interface MeasuredModel extends TextModel {
  readonly info: LanguageModelInfo;
  answer(request: TextRequest, work: TextWork): Promise<AnsweredText>;
}

export interface LanguageInference {
  /** Starts the process and loads the model; another one that was loaded goes first. Throws what loading throws. */
  load(model: LanguageModel, signal: AbortSignal): Promise<MeasuredModel>;
  /** Ends the process: its memory returns to the system. */
  close(): void;
}

/** Cancelling a request ends the process at once, with the model in it. */
export function createLanguageInference(start: StartInference): LanguageInference {
  const lane = createLane(start);
  return {
    async load(model, signal) {
      lane.close();
      const info = await lane.ask({ type: "load-language", model }, signal);
      return {
        info,
        contextTokens: info.contextTokens,
        async countTokens(texts, countSignal) {
          const counts = await lane.ask({ type: "count-tokens", texts }, countSignal);
          if (counts.length !== texts.length) throw new LyssnaError("worker-ended");
          return counts;
        },
        answer: (request, work) => lane.ask({ type: "answer-text", request }, work.signal, work.onText),
      };
    },
    close: () => lane.close(),
  };
}
