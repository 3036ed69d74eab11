// Saves a template as a file and says where. Runs in the window.
import { act } from "../state/ask.ts";
import { tellDone } from "../state/notices.ts";
import type { Translate } from "../texts/i18n.ts";

export async function exportTemplate(id: string, t: Translate): Promise<void> {
  const path = await act("templates.export", id);
  if (path !== undefined && path !== null) tellDone(t("export.saved", { file: path.split(/[\\/]/u).at(-1) ?? path }));
}
