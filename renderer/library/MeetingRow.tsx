// A meeting in the library: its title, case, length and status in words, or how far its job has come.
import type { Job, Meeting } from "../../electron/contract.ts";
import { ProgressLine } from "../parts/ProgressLine.tsx";
import { meetingAddress } from "../state/route.ts";
import { useTexts } from "../texts/i18n.ts";
import { activeJobOf, jobInWords, statusInWords } from "../words/job-words.ts";
import { lengthInWords } from "../words/time.ts";

interface MeetingRowProps {
  readonly meeting: Meeting;
  readonly jobs: readonly Job[];
}

export function MeetingRow({ meeting, jobs }: MeetingRowProps) {
  const { t } = useTexts();
  const job = activeJobOf(meeting.id, jobs);
  const details = [
    meeting.sources && t("report.row", { count: meeting.sources.length }),
    meeting.caseReference && t("meeting.case", { reference: meeting.caseReference }),
    meeting.demonstration && t("library.demonstration"),
  ].filter(Boolean);
  return (
    <li className="row">
      <a data-row className="row-title" href={meetingAddress(meeting.id)}>
        {meeting.title}
      </a>
      <span className="row-length figures">{meeting.durationMs > 0 && lengthInWords(meeting.durationMs, t)}</span>
      <span className="row-status" data-status={job ? "working" : meeting.status}>
        {job ? jobInWords(job, t) : statusInWords(meeting, t)}
        {details.length > 0 && ` · ${details.join(" · ")}`}
      </span>
      {job?.state === "running" && (
        <span className="row-progress">
          <ProgressLine label={t("jobs.progress", { title: meeting.title })} fraction={job.fraction} />
        </span>
      )}
    </li>
  );
}
