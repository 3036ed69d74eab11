// Calls on a summary in plain words and in other languages. Runs in main; the model is elsewhere.
import type { Handlers } from "../contract.ts";
import { LyssnaError } from "../errors.ts";
import { renditionText } from "../export/rendition-text.ts";
import type { Summary } from "../formats.ts";
import { transcriptsOf } from "../jobs/source-transcripts.ts";
import { refuse } from "../policy/state.ts";
import { isRightToLeft, type Rendition } from "../renditions.ts";
import type { MeetingId } from "../store/types.ts";
import { renderSummary } from "../summary/generative/render-summary.ts";
import { refuseUndealt } from "../summary/undealt.ts";
import type { Context } from "./context.ts";
import { maskedIfOn } from "./masking.ts";
import type { ModelDesk } from "./model-desk.ts";

type RenditionHandlers = Pick<
  Handlers,
  "renditions.list" | "renditions.make" | "renditions.remove" | "renditions.copy"
>;

export function renditionHandlers(context: Context, desk: ModelDesk): RenditionHandlers {
  const { store } = context;

  async function visible(id: MeetingId): Promise<readonly Rendition[]> {
    const { on } = await store.getMaskChoice(id);
    return (await store.listRenditions(id)).filter(({ masked }) => masked || !on);
  }

  async function standing(id: MeetingId): Promise<Summary> {
    const latest = await store.latestSummary(id);
    if (latest === null) throw new LyssnaError("not-found");
    // What may not leave unseen may not be put in words that fewer can read.
    refuseUndealt(latest.summary);
    return latest.summary;
  }

  return {
    "renditions.list": visible,
    async "renditions.make"(id, kind, engineId) {
      // Before minutes are spent on it, and again on what is there by then.
      await standing(id);
      const read = async () => transcriptsOf(await store.getMeeting(id), store);
      const rendition = await desk.run(engineId, read, async ({ model, engine }, transcripts, signal) => {
        const summary = await standing(id);
        const hidden = await maskedIfOn(id, store, { transcripts, summary });
        return renderSummary(hidden?.summary ?? summary, kind, {
          model,
          engine,
          signal,
          people: (hidden?.transcripts ?? transcripts).flatMap(({ speakers }) =>
            speakers.flatMap(({ name }) => name ?? []),
          ),
          masked: hidden !== null,
          report: () => {},
          now: () => new Date(),
        });
      });
      // Whoever made it gone meanwhile did not want it.
      if ((await store.latestSummary(id)) === null) throw new LyssnaError("not-found");
      await store.saveRendition(id, rendition);
      context.noteChange(id, "summary");
      return rendition;
    },
    async "renditions.remove"(id, kind) {
      await store.removeRendition(id, kind);
      context.noteChange(id, "summary");
      return null;
    },
    async "renditions.copy"(id, kind) {
      if (!context.policy().copy) refuse(context.policy());
      const rendition = (await visible(id)).find((one) => one.kind === kind);
      if (rendition === undefined) throw new LyssnaError("not-found");
      const text = renditionText(rendition, context.settings().interfaceLanguage);
      const kept = await context.dialogs.copyText(isRightToLeft(rendition.language) ? `\u200F${text}` : text);
      if (!kept && context.settings().copyWarning === "none") await context.setSettings({ copyWarning: "due" });
      await store.noteEvent("copied", id, { code: "summary" });
      return null;
    },
  };
}
