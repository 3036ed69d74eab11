// What one does with models. Runs in the window.
import { act } from "../state/ask.ts";
import { tellDone } from "../state/notices.ts";
import { snapshotCell } from "../state/snapshots.ts";
import type { Translate } from "../texts/i18n.ts";

/** A model that is being downloaded is the one the person means to use. */
export async function downloadModel(id: string): Promise<void> {
  await use(id);
  await act("models.download", id);
}

/** Takes a model or a package from a folder, or from a packed package, that the person points out. */
export async function installFrom(what: "folder" | "package", t: Translate): Promise<void> {
  const installed = await act(what === "folder" ? "models.importFolder" : "models.importPackage");
  if (installed === undefined || installed === null) return;
  const added = t("models.added", { number: installed.ids.length });
  tellDone(installed.signedBy === null ? added : `${added} ${t("models.signedBy", { key: installed.signedBy })}`);
}

/** Where the organisation has chosen the model, another one may lie beside it and is not used. */
async function use(id: string): Promise<void> {
  if (!Object.hasOwn(snapshotCell("fixed").get().values, "modelId")) await act("settings.set", { modelId: id });
}

export async function removeModel(id: string, title: string, t: Translate): Promise<void> {
  if ((await act("models.remove", id)) !== undefined) tellDone(t("models.removed", { title }));
}

export async function verifyModel(id: string, title: string, t: Translate): Promise<void> {
  if ((await act("models.verify", id)) !== undefined) tellDone(t("models.verified", { title }));
}

/** Asks whether there is a newer one, and fetches it: only because somebody pressed the button. */
export async function updateModel(id: string, title: string, t: Translate): Promise<void> {
  const answer = await act("models.update", id);
  if (answer !== undefined) tellDone(t(answer === "newest" ? "models.newest" : "models.updating", { title }));
}

/** Packs models where the person points. Answers whether it was done. */
export async function packModels(ids: readonly string[], t: Translate): Promise<boolean> {
  const path = await act("models.pack", [...ids]);
  if (path === undefined || path === null) return false;
  tellDone(t("models.packed", { path }));
  return true;
}
