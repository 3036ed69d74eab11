// What one does with speech models. Runs in the window.
import { act } from "../state/ask.ts";
import { tellDone } from "../state/notices.ts";
import type { Translate } from "../texts/i18n.ts";

/** A model that is being downloaded is the one the person means to use. */
export async function downloadModel(id: string): Promise<void> {
  await act("settings.set", { modelId: id });
  await act("models.download", id);
}

/** Takes a model from a folder the person points out, and uses it. */
export async function importModelFolder(t: Translate): Promise<void> {
  const id = await act("models.importFolder");
  if (id === undefined || id === null) return;
  await act("settings.set", { modelId: id });
  tellDone(t("models.added"));
}

export async function removeModel(id: string, title: string, t: Translate): Promise<void> {
  if ((await act("models.remove", id)) !== undefined) tellDone(t("models.removed", { title }));
}
