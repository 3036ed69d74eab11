// The engines that summarise, as jobs use them: which one is the usual, how a language model is opened and let go. Runs in main.
import { basename } from "node:path";
import { stat } from "node:fs/promises";
import type { Handlers, Settings, SummaryDraft } from "../contract.ts";
import { builtInEngineId, serverEngineId } from "../engine-ids.ts";
import { LyssnaError } from "../errors.ts";
import { createLanguageInference } from "../inference/language-client.ts";
import type { StartInference } from "../inference/protocol.ts";
import { listServerModels, openServer } from "../inference/server-client.ts";
import type { Engines } from "../jobs/summarise-with.ts";
import { createSuitedLanguage } from "../models/suited-language.ts";
import type { AskHere } from "../network.ts";

export interface EngineOptions {
  readonly startInference: StartInference;
  readonly fileOf: (id: string) => Promise<string>;
  readonly settings: () => Settings;
  readonly setSettings: (patch: Partial<Settings>) => Promise<void>;
  readonly show: (draft: SummaryDraft | null) => void;
  /** The way to servers on this machine; null in a host that has none. */
  readonly askHere: AskHere | null;
  /** Ends what else is heavy: two models at once are more than a laptop has room for. */
  readonly makeRoom: () => void;
}

/** A snapshot of the draft is sent at most this often. */
const showEveryMs = 300;

export function openEngines({ settings, ...options }: EngineOptions): Engines {
  const language = createSuitedLanguage({
    language: createLanguageInference(options.startInference),
    computeOn: () => settings().computeOn,
    graphicsFailed: () => settings().languageGraphicsFailed,
    rememberFailure: () => options.setSettings({ languageGraphicsFailed: true }),
  });
  let shownAt = 0;
  return {
    usual() {
      const { summaryEngine, languageServer } = settings();
      // What the organisation has switched off since does not fail every summary.
      return summaryEngine === serverEngineId && !languageServer.on ? builtInEngineId : summaryEngine;
    },
    whenUnsupported: () => settings().whenUnsupported,
    async open(id, signal) {
      if (id === serverEngineId) {
        const { on, address, model: wanted } = settings().languageServer;
        if (!on || options.askHere === null) throw new LyssnaError("server-off");
        options.makeRoom();
        const model = await openServer({ ask: options.askHere, address, model: wanted }, signal);
        return { model, engine: { id, version: model.name } };
      }
      const file = await options.fileOf(id);
      options.makeRoom();
      const model = await language.open(file, signal);
      return { model, engine: { id, version: `${basename(file)} ${String((await stat(file)).size)}` } };
    },
    close: () => language.close(),
    show(draft) {
      if (draft !== null && performance.now() - shownAt < showEveryMs) return;
      shownAt = performance.now();
      options.show(
        draft === null
          ? null
          : {
              meetingId: draft.meetingId,
              asked: draft.asked === true,
              sections: draft.sections.map(({ heading, items }) => ({ heading, texts: items.map(({ text }) => text) })),
            },
      );
    },
  };
}

/** Nothing is asked, whatever the window says, before somebody has switched it on. */
export const serverHandlers = (askHere: AskHere | null, settings: () => Settings): Pick<Handlers, "server.models"> => ({
  async "server.models"(address) {
    if (askHere === null || !settings().languageServer.on) throw new LyssnaError("server-off");
    return listServerModels({ ask: askHere, address, model: "" }, new AbortController().signal);
  },
});
