// The engines that summarise, as jobs use them: which one is the usual, how a language model is opened and let go. Runs in main.
import { basename } from "node:path";
import { stat } from "node:fs/promises";
import type { Settings, SummaryDraft } from "../contract.ts";
import { createLanguageInference } from "../inference/language-client.ts";
import type { StartInference } from "../inference/protocol.ts";
import type { Engines } from "../jobs/summarise-with.ts";
import { createSuitedLanguage } from "../models/suited-language.ts";

export interface EngineOptions {
  readonly startInference: StartInference;
  readonly fileOf: (id: string) => Promise<string>;
  readonly settings: () => Settings;
  readonly setSettings: (patch: Partial<Settings>) => Promise<void>;
  readonly show: (draft: SummaryDraft | null) => void;
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
    usual: () => settings().summaryEngine,
    whenUnsupported: () => settings().whenUnsupported,
    async open(id, signal) {
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
              sections: draft.sections.map(({ heading, items }) => ({ heading, texts: items.map(({ text }) => text) })),
            },
      );
    },
  };
}
