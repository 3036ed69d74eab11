// The engine that a person named: the built-in one, a language model by its id or its file, or a server on this machine. Runs in the command line.
import { basename } from "node:path";
import { stat } from "node:fs/promises";
import { serverEngineId } from "../engine-ids.ts";
import { LyssnaError } from "../errors.ts";
import type { Summary, Template, Transcript } from "../formats.ts";
import { createLanguageInference } from "../inference/language-client.ts";
import type { TextModel } from "../inference/language-protocol.ts";
import { openServer } from "../inference/server-client.ts";
import { loopbackServer } from "../loopback.ts";
import { locateLanguage } from "../models/language-folder.ts";
import { createSuitedLanguage } from "../models/suited-language.ts";
import { goesByProxy, openHere } from "../network.ts";
import { refuse } from "../policy/state.ts";
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

/** One that generates, as soon as it is needed. */
interface Opening {
  readonly id: string;
  open(): Promise<{ readonly model: TextModel; readonly version: string }>;
  close(): void;
}

/** Throws engine-missing for a name that is neither an installed language model nor a GGUF file, and model-damaged. */
export async function openSummariser(engine: string, terminal: Terminal): Promise<Summariser> {
  if (engine === "builtin")
    return { summarise: async (transcripts, template) => summarise(transcripts, template), close: () => {} };
  return generating(await (/^https?:|:\d/iu.test(engine) ? openingServer : openingFile)(engine, terminal), terminal);
}

function generating({ id, open, close }: Opening, terminal: Terminal): Summariser {
  const { signal } = terminal;
  let opened: ReturnType<Opening["open"]> | null = null;
  return {
    async summarise(transcripts, template) {
      opened ??= open();
      const { model, version } = await opened;
      const progress = createProgressLine(terminal);
      try {
        return await generateSummary(transcripts, template, model, {
          engine: { id, version },
          whenUnsupported: "mark",
          signal,
          report: (fraction) => progress.show(terminal.text("summarise"), fraction),
        });
      } finally {
        progress.end();
      }
    },
    close,
  };
}

async function openingFile(engine: string, terminal: Terminal): Promise<Opening> {
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
  return {
    id: basename(engine).replace(/\.gguf$/u, ""),
    async open() {
      const version = `${basename(file)} ${String((await stat(file)).size)}`;
      return { model: await language.open(file, signal), version };
    },
    close: () => language.close(),
  };
}

/** `ADDRESS` or `ADDRESS#MODEL`. Throws server-not-local for any that is not on this machine, and what the policy refuses with. */
async function openingServer(engine: string, terminal: Terminal): Promise<Opening> {
  const [address = "", ...rest] = engine.split("#");
  const { languageServer } = terminal.fixed;
  const server = loopbackServer(address);
  if (server === null) throw new LyssnaError("server-not-local");
  if (languageServer !== undefined && (!languageServer.on || loopbackServer(languageServer.address) !== server))
    refuse(terminal.policy);
  if (terminal.fetchHere === undefined || goesByProxy(terminal.env)) throw new LyssnaError("server-not-local");
  const ask = openHere(terminal.fetchHere);
  return {
    id: serverEngineId,
    async open() {
      const model = await openServer({ ask, address, model: rest.join("#") }, terminal.signal);
      return { model, version: model.name };
    },
    close: () => {},
  };
}
