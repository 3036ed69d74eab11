// What one does with speech models. Runs in the window.
import { act } from "../state/ask.ts";
import { tellDone } from "../state/notices.ts";
import { snapshotCell } from "../state/snapshots.ts";
import type { Translate } from "../texts/i18n.ts";

/** A model that is being downloaded is the one the person means to use. */
export async function downloadModel(id: string): Promise<void> {
  await use(id);
  await act("models.download", id);
}

/** Takes a model from a folder the person points out, and uses it. */
export async function importModelFolder(t: Translate): Promise<void> {
  const id = await act("models.importFolder");
  if (id === undefined || id === null) return;
  await use(id);
  tellDone(t("models.added"));
}

/** Where the organisation has chosen the model, another one may lie beside it and is not used. */
async function use(id: string): Promise<void> {
  if (!Object.hasOwn(snapshotCell("fixed").get().values, "modelId")) await act("settings.set", { modelId: id });
}

export async function removeModel(id: string, title: string, t: Translate): Promise<void> {
  if ((await act("models.remove", id)) !== undefined) tellDone(t("models.removed", { title }));
}
