// Several meetings → one report: a row of its own in the library, and a job that sums the meetings up. Runs in main.
import type { Handlers } from "../contract.ts";
import { LyssnaError } from "../errors.ts";
import type { Meeting } from "../store/types.ts";
import type { Context } from "./context.ts";
import { refuseTemplate } from "./policies.ts";
import { localTime } from "./imports.ts";

export function reportHandlers(context: Context): Pick<Handlers, "reports.make"> {
  const { store, runner } = context;
  return {
    async "reports.make"(meetingIds, templateId, title) {
      const templates = await context.templates();
      if (!templates.some((template) => template.id === templateId)) refuseTemplate(context.policy(), templateId);
      const meetings: Meeting[] = [];
      for (const id of new Set(meetingIds)) meetings.push(await store.getMeeting(id));
      if (meetings.length < 2 || meetings.some(({ sources }) => sources !== undefined))
        throw new LyssnaError("bad-call", { what: "reports.make" });
      // The first meeting is "m1".
      const ordered = meetings.toSorted((a, b) => a.recordedAt.localeCompare(b.recordedAt));
      const [first] = ordered as [Meeting, ...Meeting[]];
      const report = await store.createReport(
        {
          title,
          recordedAt: localTime(new Date()),
          language: first.language,
          demonstration: ordered.every(({ demonstration }) => demonstration),
        },
        ordered.map(({ id }) => id),
      );
      const { caseReference } = first;
      if (ordered.every((meeting) => meeting.caseReference === caseReference))
        await store.updateMeeting(report.id, { caseReference });
      await store.createJob(report.id, { kind: "summarise", templateId });
      await context.refreshMeetings();
      await context.refreshJobs();
      runner.wake();
      return store.getMeeting(report.id);
    },
  };
}
