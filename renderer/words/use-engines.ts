// The engines that can summarise here: the built-in one first, then the language models that are installed, then a server.
import { builtInEngineId, serverEngineId } from "../../electron/engine-ids.ts";
import type { ChoiceOption } from "../parts/Choice.tsx";
import { useSnapshot } from "../state/snapshots.ts";
import { useTexts } from "../texts/i18n.ts";

export function useEngines(): readonly ChoiceOption[] {
  const { t, language } = useTexts();
  const { languageServer } = useSnapshot("settings");
  const models = useSnapshot("languageModels").filter(({ state }) => state === "installed");
  return [
    { id: builtInEngineId, title: t("engines.builtIn"), description: t("engines.builtInHint") },
    ...models.map(({ id, title, about }) => ({ id, title, description: about[language] })),
    ...(languageServer.on && languageServer.address !== ""
      ? [{ id: serverEngineId, title: t("server.engine"), description: languageServer.model }]
      : []),
  ];
}

/** The language model that a person's wishes go to: the chosen one, or the first that is here; null where there is none. */
export function useLanguageEngine(): string | null {
  const { summaryEngine } = useSnapshot("settings");
  const models = useEngines().filter(({ id }) => id !== builtInEngineId);
  return (models.find(({ id }) => id === summaryEngine) ?? models[0])?.id ?? null;
}
