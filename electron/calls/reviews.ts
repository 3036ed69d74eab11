// Calls of a review: a summary changed, approved, one heading made anew, an earlier version brought back. Runs in main; the
// check runs in the summary's worker.
import type { Handlers } from "../contract.ts";
import { LyssnaError } from "../errors.ts";
import type { Summary } from "../formats.ts";
import { transcriptsOf } from "../jobs/source-transcripts.ts";
import type { SummaryVersion } from "../store/types.ts";
import { isApprovable, openQuestions, replaceSection, unconfirmed } from "../summary/review.ts";
import { checkInWorker, summariseInWorker } from "../summary/run-summary.ts";
import type { Context } from "./context.ts";
import { refuseTemplate } from "./policies.ts";

type ReviewHandlers = Pick<
  Handlers,
  "summaries.save" | "summaries.approve" | "summaries.remakeSection" | "summaries.recheck" | "summaries.restore"
>;

/** Nothing of it takes longer than a moment: it is not cancelled. */
const { signal } = new AbortController();

/** What all that changes a summary has in common. */
export function reviewTools(context: Context) {
  const { store } = context;

  const transcripts = async (meetingId: string) => transcriptsOf(await store.getMeeting(meetingId), store);

  /** The latest version, if it is the one that the person saw. */
  async function latest(meetingId: string, versionId: string): Promise<SummaryVersion> {
    const version = await store.latestSummary(meetingId);
    if (version === null) throw new LyssnaError("not-found");
    if (version.id !== versionId) throw new LyssnaError("summary-moved");
    return version;
  }

  async function save(
    meetingId: string,
    base: string,
    summary: Summary,
    asNew: boolean | "checked" = false,
  ): Promise<SummaryVersion> {
    const checked = await checkInWorker(summary, await transcripts(meetingId), { signal });
    const version = await store.saveReview(meetingId, base, checked, asNew);
    // What was approved were other words.
    await store.updateMeeting(meetingId, { status: "to-review" });
    // Edits of one round go into one version: it is told once.
    if (version.id !== base) await store.noteEvent("reviewed", meetingId);
    context.noteChange(meetingId, "summary");
    await context.refreshMeetings();
    return version;
  }

  return { transcripts, latest, save };
}

export function reviewHandlers(context: Context): ReviewHandlers {
  const { store, sound } = context;
  const { transcripts, latest, save } = reviewTools(context);
  return {
    async "summaries.save"(meetingId, base, summary) {
      const { template, engine } = (await latest(meetingId, base)).summary;
      // By whom and by what it was made is not the window's to say.
      return save(meetingId, base, { ...summary, template, engine });
    },
    async "summaries.approve"(meetingId, base, name) {
      const { summary } = await latest(meetingId, base);
      if (!isApprovable(summary)) throw new LyssnaError("summary-open", { count: openQuestions(summary).length });
      const version = await store.approveSummary(meetingId, base, name);
      await store.updateMeeting(meetingId, { status: "approved" });
      await store.noteEvent("approved", meetingId);
      // Who said what is settled: nothing of what anybody's voice is like stays.
      await sound.dropVoices(meetingId);
      context.noteChange(meetingId, "summary");
      await context.refreshMeetings();
      context.lookAtRules();
      return version;
    },
    async "summaries.remakeSection"(meetingId, base, sectionId, options) {
      const { summary } = await latest(meetingId, base);
      const template = (await context.templates()).find(({ id }) => id === summary.template.id);
      if (template === undefined) return refuseTemplate(context.policy(), summary.template.id);
      const made = await summariseInWorker(await transcripts(meetingId), template, { signal, ...options });
      const section = made.sections.find(({ id }) => id === sectionId);
      if (section === undefined || !summary.sections.some(({ id }) => id === sectionId)) {
        throw new LyssnaError("not-found");
      }
      return save(meetingId, base, replaceSection(summary, section), true);
    },
    async "summaries.recheck"(meetingId, base) {
      const { summary, createdAt } = await latest(meetingId, base);
      return save(meetingId, base, unconfirmed(summary, await store.listSegments(meetingId), createdAt), "checked");
    },
    async "summaries.restore"(meetingId, base, versionId) {
      await latest(meetingId, base);
      const earlier = (await store.listSummaries(meetingId)).find(({ id }) => id === versionId);
      if (earlier === undefined) throw new LyssnaError("not-found");
      return save(meetingId, base, earlier.summary, true);
    },
  };
}
