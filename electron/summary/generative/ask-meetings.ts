// A question to chosen meetings, answered by a model only from what was said in them, every sentence with its places and checked.
// Runs in main and the command line; judging in a worker thread.
import type { Summary, SummaryItem, Template, Transcript } from "../../formats.ts";
import type { TextModel } from "../../inference/language-protocol.ts";
import { LyssnaError } from "../../errors.ts";
import { checkInWorker } from "../run-summary.ts";
import { readTalk } from "./read-talk.ts";
import { tryAgain } from "./try-again.ts";
import { type WriteOptions, writeSections } from "./write-sections.ts";

const answerMost = 8;

/**
 * The sentences that answer, with their support; none where it was not said. Ids of segments are "m2:s12" where there are
 * several meetings. Throws transcript-empty, prompt-too-long, and what the model throws.
 */
export async function askMeetings(
  question: string,
  transcripts: readonly Transcript[],
  model: TextModel,
  options: WriteOptions,
): Promise<readonly SummaryItem[]> {
  const spoken = transcripts.find(({ segments }) => segments.some(({ text }) => text.trim() !== ""));
  if (spoken === undefined) throw new LyssnaError("transcript-empty");
  const { language } = spoken;
  const asking: Template = {
    lyssna: "template/1",
    id: "fraga",
    version: 1,
    title: question,
    language,
    sections: [{ id: "svar", heading: question, kind: "bullets", maxItems: answerMost, question: true }],
  };
  // Nothing is found beforehand: the built-in engine answers no questions.
  const nothing: Summary = {
    lyssna: "summary/1",
    template: { id: asking.id, version: 1 },
    engine: { id: "builtin", version: "1" },
    language,
    sections: [],
    unplaced: [],
  };
  const talk = await readTalk(transcripts, asking, nothing, model, options);
  const made: Summary = { ...nothing, sections: await writeSections(talk, model, options) };
  const checked = await checkInWorker(made, transcripts, { signal: options.signal });
  const settled = await tryAgain(checked, {
    builtIn: nothing,
    talk,
    model,
    transcripts,
    engine: nothing.engine,
    whenUnsupported: "mark",
    ...options,
  });
  options.report(1);
  return settled.sections.flatMap(({ items }) => items);
}
