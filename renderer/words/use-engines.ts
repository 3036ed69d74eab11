// The engines that can summarise here: the built-in one first, then the language models that are installed, then a server.
import { serverEngineId } from "../../electron/engine-ids.ts";
import type { ChoiceOption } from "../parts/Choice.tsx";
import { useSnapshot } from "../state/snapshots.ts";
import { useTexts } from "../texts/i18n.ts";

export function useEngines(): readonly ChoiceOption[] {
  const { t, language } = useTexts();
  const { languageServer } = useSnapshot("settings");
  const models = useSnapshot("languageModels").filter(({ state }) => state === "installed");
  return [
    { id: "builtin", title: t("engines.builtIn"), description: t("engines.builtInHint") },
    ...models.map(({ id, title, about }) => ({ id, title, description: about[language] })),
    ...(languageServer.on && languageServer.address !== ""
      ? [{ id: serverEngineId, title: t("server.engine"), description: languageServer.model }]
      : []),
  ];
}
