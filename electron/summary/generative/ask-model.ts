// A model that remembers: an answer that was kept is not asked for again, so that a summary that was cut off goes on where it
// stopped. Runs in main and the command line.
import { createHash } from "node:crypto";
import type { TextAnswer, TextModel, TextRequest, TextWork } from "../../inference/language-protocol.ts";

export interface KeptAnswers {
  readonly answers: ReadonlyMap<string, TextAnswer>;
  keep(key: string, answer: TextAnswer): Promise<void>;
}

export const keepNoAnswers: KeptAnswers = { answers: new Map(), keep: async () => {} };

/** Answers are found by all that was asked: another model with another context asks in other words or pieces. */
export function remembering(model: TextModel, kept: KeptAnswers, engine: string): TextModel {
  return {
    contextTokens: model.contextTokens,
    countTokens: (texts, signal) => model.countTokens(texts, signal),
    async answer(request: TextRequest, work: TextWork) {
      const key = createHash("sha256")
        .update(JSON.stringify([engine, request.system, request.shared, request.task, request.schema]))
        .digest("hex")
        .slice(0, 32);
      const known = kept.answers.get(key);
      if (known !== undefined) return known;
      const { text, isWhole } = await model.answer(request, work);
      await kept.keep(key, { text, isWhole });
      return { text, isWhole };
    },
  };
}
