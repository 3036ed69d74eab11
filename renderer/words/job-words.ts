// A job in words, and which job a meeting's row speaks of. Pure.
import type { Job, Meeting } from "../../electron/contract.ts";
import type { Translate } from "../texts/i18n.ts";
import { timeLeft } from "./time.ts";

export const isActive = (job: Job): boolean => job.state === "running" || job.state === "queued";

/** "Transkriberar · ca 4 min kvar" */
export function jobInWords(job: Job, t: Translate): string {
  if (job.state === "queued" || job.stage === null) return t("stage.queued");
  return `${t(`stage.${job.stage}`)} · ${timeLeft(job.leftMs, t)}`;
}

/** The meeting's job that still goes on, if any: a running one before one that waits. */
export const activeJobOf = (meetingId: string, jobs: readonly Job[]): Job | undefined =>
  jobs.find((job) => job.meetingId === meetingId && job.state === "running") ??
  jobs.find((job) => job.meetingId === meetingId && job.state === "queued");

/** The meeting's latest job, to be tried again if it failed or was cancelled. */
export function retryableJobOf(meetingId: string, jobs: readonly Job[]): Job | undefined {
  const latest = jobs
    .filter((job) => job.meetingId === meetingId)
    .toSorted((a, b) => a.createdAt.localeCompare(b.createdAt))
    .at(-1);
  return latest?.state === "failed" || latest?.state === "cancelled" ? latest : undefined;
}

/** Where a meeting stands, in words. */
export function statusInWords(meeting: Meeting, t: Translate): string {
  if (meeting.error?.code === "cancelled" && meeting.status === "failed") return t("jobs.cancelled");
  if (meeting.recovered === true && meeting.status === "recorded") return t("status.recovered");
  return t(`status.${meeting.status}`);
}
