// Work in progress: one line at the foot, a panel on click. Absent when there is nothing to say.
import { useState } from "react";
import { Button } from "react-aria-components/Button";
import { DialogTrigger } from "react-aria-components/Dialog";
import type { Job } from "../../electron/contract.ts";
import { Panel } from "../parts/Panel.tsx";
import { useCell } from "../state/cell.ts";
import { deleting } from "../state/deleting.ts";
import { useSnapshot } from "../state/snapshots.ts";
import { type Translate, useTexts } from "../texts/i18n.ts";
import { isActive, jobInWords } from "../words/job-words.ts";
import { JobRow } from "./JobRow.tsx";
import "./jobs.css";
import { queueOf } from "./queue.ts";
import { useStageVoice } from "./use-stage-voice.ts";

export function JobsLine() {
  const { t } = useTexts();
  const hidden = useCell(deleting);
  const titles = new Map(useSnapshot("meetings").map((meeting) => [meeting.id, meeting.title]));
  const jobs = useSnapshot("jobs").filter((job) => titles.has(job.meetingId) && !hidden.has(job.meetingId));
  const seen = useSeenActive(jobs);
  const [put, setPut] = useState<ReadonlySet<string>>(new Set());
  useStageVoice(jobs, titles);

  // What ended badly before the window was opened is told in the library's rows, not here.
  const shown = queueOf(jobs.filter((job) => isActive(job) || (seen.has(job.id) && !put.has(job.id))));
  const [first] = shown;
  if (first === undefined) return null;
  const active = shown.filter(isActive);
  const waiting = active.filter(({ state }) => state === "queued");
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
            <ol className="jobs-list">
              {shown.map((job) => (
                <JobRow
                  key={job.id}
                  job={job}
                  title={titles.get(job.meetingId) ?? ""}
                  place={waiting.indexOf(job)}
                  onPutAway={() => setPut(new Set([...put, job.id]))}
                />
              ))}
            </ol>
          )}
        </Panel>
      </DialogTrigger>
    </footer>
  );
}

/** "Transkriberar · ca 4 min kvar och 2 till" */
function lineInWords(active: readonly Job[], shown: readonly Job[], t: Translate): string {
  const [first] = active;
  if (first !== undefined)
    return active.length === 1
      ? jobInWords(first, t)
      : `${jobInWords(first, t)} · ${t("jobs.more", { count: active.length - 1 })}`;
  const failed = shown.filter(({ state }) => state === "failed").length;
  return failed > 0 ? t("jobs.failed", { count: failed }) : t("jobs.cancelledMany", { count: shown.length });
}

/** Ids of the jobs that have been under way while this window was open. */
function useSeenActive(jobs: readonly Job[]): ReadonlySet<string> {
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set());
  const fresh = jobs.filter((job) => isActive(job) && !seen.has(job.id));
  if (fresh.length === 0) return seen;
  const grown = new Set([...seen, ...fresh.map((job) => job.id)]);
  setSeen(grown);
  return grown;
}
