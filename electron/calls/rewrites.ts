// Calls that have a language model rewrite what stands in a summary. Runs in main; judging in the summary's worker.
import type { Handlers } from "../contract.ts";
import { LyssnaError } from "../errors.ts";
import type { Engines } from "../jobs/summarise-with.ts";
import { replaceSection } from "../summary/review.ts";
import { rewriteSection } from "../summary/generative/rewrite-section.ts";
import type { Context } from "./context.ts";
import type { ModelDesk } from "./model-desk.ts";
import { refuseTemplate } from "./policies.ts";
import { reviewTools } from "./reviews.ts";

type RewriteHandlers = Pick<Handlers, "summaries.rewriteSection" | "language.stop">;

export function rewriteHandlers(context: Context, engines: Engines, desk: ModelDesk): RewriteHandlers {
  const { latest, save, transcripts } = reviewTools(context);
  return {
    async "summaries.rewriteSection"(meetingId, base, sectionId, { way, engine: engineId }) {
      const { summary } = await latest(meetingId, base);
      const template = (await context.templates()).find(({ id }) => id === summary.template.id);
      if (template === undefined) return refuseTemplate(context.policy(), summary.template.id);
      // Where nothing of a talk may be kept, no model is asked to write any of it.
      if (template.refusesContent === true) throw new LyssnaError("not-found");
      const read = () => transcripts(meetingId);
      const { section, leftOut } = await desk.run(engineId, read, ({ model, engine }, talks, signal) => {
        engines.show({ meetingId, sections: [], asked: true });
        return rewriteSection(summary, sectionId, way, {
          transcripts: talks,
          template,
          model,
          engine,
          signal,
          whenUnsupported: engines.whenUnsupported(),
          report: () => {},
          onDraft: (sections) => engines.show({ meetingId, sections, asked: true }),
        });
      });
      // It took its time: what was changed meanwhile, in other headings, stays.
      const now = await context.store.latestSummary(meetingId);
      if (now === null) throw new LyssnaError("not-found");
      const replaced = replaceSection(now.summary, section);
      const known = new Set(now.summary.unplaced.map(({ text }) => text));
      const unplaced = [...leftOut.filter(({ text }) => !known.has(text)), ...now.summary.unplaced];
      return save(meetingId, now.id, { ...replaced, unplaced }, true);
    },
    async "language.stop"() {
      desk.stop();
      return null;
    },
  };
}
