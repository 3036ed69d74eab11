// A summary by a language model, in this order: the built-in engine ▶ the talk in pieces ▶ each piece, heading by heading ▶
// the headings put together ▶ the check ▶ once more what did not hold ▶ what was left out. Runs in main and the command line;
// the model is in another process, judging in a worker thread.
import type { Summary, Template, Transcript } from "../../formats.ts";
import type { TextModel } from "../../inference/language-protocol.ts";
import { checkInWorker, completeInWorker, summariseInWorker } from "../run-summary.ts";
import { type KeptAnswers, keepNoAnswers, remembering } from "./ask-model.ts";
import { readTalk } from "./read-talk.ts";
import { tryAgain } from "./try-again.ts";
import { type WriteOptions, writeSections } from "./write-sections.ts";

export interface GenerateOptions extends WriteOptions {
  /** As it stands in the summary. */
  readonly engine: { readonly id: string; readonly version: string };
  /** What becomes of a sentence that the check does not find supported: it stays and is marked, or the built-in one stands. */
  readonly whenUnsupported: "mark" | "built-in";
  readonly kept?: KeptAnswers;
  readonly date?: string;
}

/**
 * The summary of one or several transcripts by a model. Throws what the built-in engine throws, prompt-too-long for a model
 * that has no room even for one line, and what the model throws.
 */
export async function generateSummary(
  transcripts: readonly Transcript[],
  template: Template,
  loaded: TextModel,
  options: GenerateOptions,
): Promise<Summary> {
  const { signal, engine } = options;
  const builtIn = await summariseInWorker(transcripts, template, {
    signal,
    ...(options.date === undefined ? {} : { date: options.date }),
  });
  if (template.refusesContent === true) return builtIn;
  const model = remembering(loaded, options.kept ?? keepNoAnswers, `${engine.id} ${engine.version}`);
  const talk = await readTalk(transcripts, template, builtIn, model, options);
  const made: Summary = {
    ...builtIn,
    engine,
    sections: await writeSections(talk, model, options),
    unplaced: [],
  };
  const checked = await checkInWorker(made, transcripts, { signal });
  const settled = await tryAgain(checked, { builtIn, talk, model, transcripts, ...options });
  const summary = await completeInWorker({ builtIn, made: settled }, transcripts, { signal });
  options.report(1);
  return summary;
}
