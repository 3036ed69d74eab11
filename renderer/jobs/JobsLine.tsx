// Work in progress: one line at the foot, a panel on click. Absent when there is nothing to say.
import { useState } from "react";
import { Button } from "react-aria-components/Button";
import { DialogTrigger } from "react-aria-components/Dialog";
import type { Job, Meeting } from "../../electron/contract.ts";
import { ErrorText } from "../parts/ErrorText.tsx";
import { Panel } from "../parts/Panel.tsx";
import { ProgressLine } from "../parts/ProgressLine.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { act } from "../state/ask.ts";
import { useCell } from "../state/cell.ts";
import { deleting } from "../state/deleting.ts";
import { useSnapshot } from "../state/snapshots.ts";
import { type Translate, useTexts } from "../texts/i18n.ts";
import { isActive, jobInWords } from "../words/job-words.ts";
import "./jobs.css";
import { useStageVoice } from "./use-stage-voice.ts";

export function JobsLine() {
  const { t } = useTexts();
  const hidden = useCell(deleting);
  const titles = new Map(useSnapshot("meetings").map((meeting) => [meeting.id, meeting.title]));
  const jobs = useSnapshot("jobs").filter((job) => titles.has(job.meetingId) && !hidden.has(job.meetingId));
  const seen = useSeenActive(jobs);
  useStageVoice(jobs, titles);

  // What failed before the window was opened is told in the library's rows, not here.
  const shown = jobs.filter((job) => isActive(job) || (job.state === "failed" && seen.has(job.id))).toSorted(byUrgency);
  const [first] = shown;
  if (first === undefined) return null;
  const active = shown.filter(isActive);
  return (
    <footer className="jobs">
      <DialogTrigger>
        <Button className="jobs-line" aria-label={`${lineInWords(active, shown, t)}. ${t("jobs.open")}`}>
          <span>{lineInWords(active, shown, t)}</span>
          {active[0] && (
            <span className="jobs-line-progress" aria-hidden>
              <span style={{ inlineSize: `${Math.round(active[0].fraction * 100)}%` }} />
            </span>
          )}
        </Button>
        <Panel title={t("jobs.title")} placement="top start" className="panel jobs-panel">
          {() => (
            <ul className="jobs-list">
              {shown.map((job) => (
                <JobRow key={job.id} job={job} title={titles.get(job.meetingId) ?? ""} />
              ))}
            </ul>
          )}
        </Panel>
      </DialogTrigger>
    </footer>
  );
}

function JobRow({ job, title }: { readonly job: Job; readonly title: Meeting["title"] }) {
  const { t } = useTexts();
  return (
    <li className="job">
      <div className="job-words">
        <p className="job-title">{title}</p>
        {job.state === "failed" && job.error ? (
          <p className="job-error">
            <ErrorText error={job.error} />
          </p>
        ) : (
          <p className="quiet">{jobInWords(job, t)}</p>
        )}
        {job.state === "running" && <ProgressLine label={t("jobs.progress", { title })} fraction={job.fraction} />}
      </div>
      {isActive(job) ? (
        <TextButton
          kind="outline"
          small
          aria-label={t("jobs.cancelFor", { title })}
          onPress={() => void act("jobs.cancel", job.id)}
        >
          {t("jobs.cancel")}
        </TextButton>
      ) : (
        <TextButton
          kind="outline"
          small
          aria-label={t("jobs.retryFor", { title })}
          onPress={() => void act("jobs.retry", job.id)}
        >
          {t("jobs.retry")}
        </TextButton>
      )}
    </li>
  );
}

/** "Transkriberar · ca 4 min kvar och 2 till" */
function lineInWords(active: readonly Job[], shown: readonly Job[], t: Translate): string {
  const [first] = active;
  if (first === undefined) return t("jobs.failed", { count: shown.length });
  return active.length === 1
    ? jobInWords(first, t)
    : `${jobInWords(first, t)} · ${t("jobs.more", { count: active.length - 1 })}`;
}

const order = { running: 0, queued: 1, failed: 2, cancelled: 3, done: 4 } as const;
const byUrgency = (a: Job, b: Job) => order[a.state] - order[b.state] || a.createdAt.localeCompare(b.createdAt);

/** Ids of the jobs that have been under way while this window was open. */
function useSeenActive(jobs: readonly Job[]): ReadonlySet<string> {
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set());
  const fresh = jobs.filter((job) => isActive(job) && !seen.has(job.id));
  if (fresh.length === 0) return seen;
  const grown = new Set([...seen, ...fresh.map((job) => job.id)]);
  setSeen(grown);
  return grown;
}
