// A meeting in the library: its title, case, length and status in words, or how far its job has come.
import { Check, ShieldCheck } from "lucide-react";
import { memo } from "react";
import type { Meeting } from "../../electron/contract.ts";
import { ProgressLine } from "../parts/ProgressLine.tsx";
import { useCellPart } from "../state/cell.ts";
import { addressOf, meetingAddress } from "../state/route.ts";
import { snapshotCell } from "../state/snapshots.ts";
import { useTexts } from "../texts/i18n.ts";
import { activeJobOf, jobInWords, statusInWords } from "../words/job-words.ts";
import { dateAndTime, goesInWords, lengthInWords } from "../words/time.ts";
import { selection, toggled } from "./selection.ts";

interface MeetingRowProps {
  readonly meeting: Meeting;
  readonly today: Date;
  /** Says when it took place, where no heading does. */
  readonly dated?: boolean;
  readonly selecting?: boolean;
  /** Where all are of one case, that is not said of each. */
  readonly inCase?: boolean;
}

// A snapshot brings every meeting anew, and nearly all of them as they were.
export const MeetingRow = memo(Row, (before, now) => {
  const { meeting: was, ...beforeRest } = before;
  const { meeting: is, ...nowRest } = now;
  return JSON.stringify(was) === JSON.stringify(is) && JSON.stringify(beforeRest) === JSON.stringify(nowRest);
});

function Row({ meeting, today, dated = false, selecting = false, inCase = false }: MeetingRowProps) {
  const { t, language } = useTexts();
  const job = useCellPart(snapshotCell("jobs"), (jobs) => activeJobOf(meeting.id, jobs));
  const { title, caseReference, durationMs, retention, template } = meeting;
  const words = [
    dated && dateAndTime(meeting.recordedAt, language),
    job ? jobInWords(job, t) : statusInWords(meeting, t),
    retention?.dueAt && goesInWords(retention.dueAt, today, t),
    meeting.sources && t("report.row", { count: meeting.sources.length }),
    template?.title,
    meeting.demonstration && t("library.demonstration"),
  ].filter(Boolean);
  return (
    <li className="row" data-meeting={meeting.id}>
      {selecting && <Tick id={meeting.id} title={title} />}
      <a data-row className="row-title" href={meetingAddress(meeting.id)}>
        {title}
      </a>
      <span className="row-length figures">{durationMs > 0 && lengthInWords(durationMs, t)}</span>
      <span className="row-status" data-status={job ? "working" : meeting.status}>
        {words.join(" · ")}
        {caseReference !== "" && !inCase && (
          <>
            {" · "}
            <a className="row-case" href={addressOf({ view: "case", reference: caseReference })}>
              {t("meeting.case", { reference: caseReference })}
            </a>
          </>
        )}
        {meeting.protectedIdentity && (
          <span className="row-protected">
            {" · "}
            <ShieldCheck size={14} strokeWidth={1.75} aria-hidden /> {t("protected.name")}
          </span>
        )}
      </span>
      {job?.state === "running" && (
        <span className="row-progress">
          <ProgressLine label={t("jobs.progress", { title })} fraction={job.fraction} />
        </span>
      )}
    </li>
  );
}

function Tick({ id, title }: { readonly id: string; readonly title: string }) {
  const { t } = useTexts();
  const on = useCellPart(selection, ({ ids }) => ids.has(id));
  return (
    <label className="row-tick">
      <input
        type="checkbox"
        className="row-tick-input"
        checked={on}
        aria-label={t("library.select.one", { title })}
        onChange={() => selection.set(toggled(selection.get(), id))}
      />
      <span className="row-tick-box" aria-hidden>
        {on && <Check size={14} strokeWidth={2.5} />}
      </span>
    </label>
  );
}
