// Calls on meetings, their transcripts, speakers, summaries and jobs. Runs in main.
import { basename, extname } from "node:path";
import type { Handlers } from "../contract.ts";
import { LyssnaError } from "../errors.ts";
import { loadExampleMeeting } from "../import/example-meeting.ts";
import type { Context } from "./context.ts";
import { refuseTemplate } from "./policies.ts";

type MeetingHandlers = Pick<
  Handlers,
  | "meetings.get"
  | "meetings.update"
  | "meetings.delete"
  | "meetings.deleteMany"
  | "meetings.setCase"
  | "meetings.addExample"
  | "transcripts.get"
  | "transcripts.start"
  | "speakers.rename"
  | "summaries.list"
  | "summaries.make"
  | "jobs.cancel"
  | "jobs.retry"
  | "jobs.putFirst"
  | "search.find"
>;

/** Most hits that a search shows. */
const searchLimit = 100;

export function meetingHandlers(context: Context): MeetingHandlers {
  const { store, sound, runner } = context;

  const makeSummary = async (meetingId: string, templateId: string, engine?: string) => {
    const templates = await context.templates();
    if (!templates.some((template) => template.id === templateId)) refuseTemplate(context.policy(), templateId);
    const job = await store.createJob(meetingId, {
      kind: "summarise",
      templateId,
      ...(engine === undefined ? {} : { engine }),
    });
    await context.refreshJobs();
    runner.wake();
    return job;
  };

  async function deleteMeetings(ids: readonly string[]): Promise<null> {
    const wanted = new Set(ids);
    const jobs = await store.listJobs();
    for (const job of jobs.filter(({ meetingId }) => wanted.has(meetingId)))
      await runner.cancel(job.id, { wait: true });
    try {
      for (const id of wanted) {
        await store.noteEvent("deleted", id, { code: "meeting" });
        await sound.delete(id);
        await store.deleteMeeting(id);
      }
    } finally {
      await context.refreshMeetings();
      await context.refreshJobs();
    }
    return null;
  }

  return {
    "meetings.get": (id) => store.getMeeting(id),
    async "meetings.update"(id, patch) {
      const meeting = await store.updateMeeting(id, {
        ...(patch.title === undefined ? {} : { title: patch.title }),
        ...(patch.caseReference === undefined ? {} : { caseReference: patch.caseReference }),
      });
      await context.refreshMeetings();
      return meeting;
    },
    "meetings.delete": (id) => deleteMeetings([id]),
    async "meetings.deleteMany"(ids) {
      // What went by rule or in another window meanwhile is no reason to keep the others.
      const there = new Set((await store.listMeetings()).map(({ id }) => id));
      return deleteMeetings(ids.filter((id) => there.has(id)));
    },
    async "meetings.setCase"(ids, caseReference) {
      await store.setCaseReference(ids, caseReference);
      await context.refreshMeetings();
      return null;
    },
    async "meetings.addExample"() {
      const transcript = await loadExampleMeeting();
      const meeting = await store.createMeeting({
        title: transcript.title ?? "",
        recordedAt: transcript.recordedAt ?? new Date().toISOString(),
        language: transcript.language,
        durationMs: transcript.durationMs,
        demonstration: true,
        status: "transcribed",
      });
      await store.saveTranscript(meeting.id, transcript);
      await makeSummary(meeting.id, context.settings().templateId);
      await context.refreshMeetings();
      return meeting;
    },
    "transcripts.get": (id) => store.getTranscript(id),
    "transcripts.start": (id) => store.getTranscriptStart(id),
    async "speakers.rename"(id, speakerId, { name, role }) {
      const { speakers } = await store.getTranscript(id);
      if (!speakers.some((speaker) => speaker.id === speakerId)) throw new LyssnaError("not-found");
      await store.saveSpeakers(
        id,
        speakers.map((speaker) => {
          if (speaker.id !== speakerId) return speaker;
          const { name: _name, role: _role, ...rest } = speaker;
          return { ...rest, ...(name === "" ? {} : { name }), ...(role === "" ? {} : { role }) };
        }),
      );
      context.noteChange(id, "transcript");
      return null;
    },
    "summaries.list": (id) => store.listSummaries(id),
    "summaries.make": makeSummary,
    async "jobs.cancel"(id) {
      await runner.cancel(id);
      return null;
    },
    async "jobs.retry"(id) {
      await runner.retry(id);
      return null;
    },
    async "jobs.putFirst"(id) {
      await store.putJobFirst(id);
      await context.refreshJobs();
      return null;
    },
    async "search.find"(query, filter) {
      return query.trim() === "" ? [] : store.search(query, searchLimit, filter);
    },
  };
}

/** A meeting's first title: the file's name without its ending. */
export const titleOf = (path: string): string => basename(path, extname(path)).slice(0, 200) || basename(path);
