// The engine that a person named: the built-in one, or a language model by its id or its file. Runs in the command line.
import { basename } from "node:path";
import { stat } from "node:fs/promises";
import { LyssnaError } from "../errors.ts";
import type { Summary, Template, Transcript } from "../formats.ts";
import { createLanguageInference } from "../inference/language-client.ts";
import type { TextModel } from "../inference/language-protocol.ts";
import { locateLanguage } from "../models/language-folder.ts";
import { createSuitedLanguage } from "../models/suited-language.ts";
import { generateSummary } from "../summary/generative/generate-summary.ts";
import { summarise } from "../summary/summarise.ts";
import { modelsFolder } from "./places.ts";
import { createProgressLine } from "./progress.ts";
import type { Terminal } from "./terminal.ts";

export interface Summariser {
  /** Throws what the engine throws. */
  summarise(transcripts: readonly Transcript[], template: Template): Promise<Summary>;
  /** Gives back what a model holds. */
  close(): void;
}

/** Throws engine-missing for a name that is neither an installed language model nor a GGUF file, and model-damaged. */
export async function openSummariser(engine: string, terminal: Terminal): Promise<Summariser> {
  if (engine === "builtin")
    return { summarise: async (transcripts, template) => summarise(transcripts, template), close: () => {} };
  const file = await locateLanguage(engine, modelsFolder(terminal.env)).catch((error: unknown) => {
    if (error instanceof LyssnaError && error.code === "model-missing")
      throw new LyssnaError("engine-missing", { engine });
    throw error;
  });
  const { signal } = terminal;
  let failed = false;
  const language = createSuitedLanguage({
    language: createLanguageInference(terminal.startInference),
    computeOn: () => "auto",
    graphicsFailed: () => failed,
    rememberFailure: async () => void (failed = true),
  });
  let opened: Promise<TextModel> | null = null;
  const version = `${basename(file)} ${String((await stat(file)).size)}`;
  return {
    async summarise(transcripts, template) {
      opened ??= language.open(file, signal);
      const model = await opened;
      const progress = createProgressLine(terminal);
      try {
        return await generateSummary(transcripts, template, model, {
          engine: { id: basename(engine).replace(/\.gguf$/u, ""), version },
          whenUnsupported: "mark",
          signal,
          report: (fraction) => progress.show(terminal.text("summarise"), fraction),
        });
      } finally {
        progress.end();
      }
    },
    close: () => language.close(),
  };
}
