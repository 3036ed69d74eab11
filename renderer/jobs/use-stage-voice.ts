// Tells a screen reader when a recording is transcribed, ready or failed; nothing in between. Runs in the window.
import { useEffect, useRef } from "react";
import type { Job } from "../../electron/contract.ts";
import { announce } from "../state/announce.ts";
import { type Translate, useTexts } from "../texts/i18n.ts";

/** What the change from one snapshot of a job to the next is worth saying, if anything. */
export function stageNews(before: Job | undefined, now: Job, title: string, t: Translate): string | null {
  if (before?.state !== "running") return null;
  if (now.state === "done") return t("jobs.doneAll", { title });
  if (now.state === "failed") return t("jobs.doneFailed", { title });
  return before.stage === "transcribe" && now.stage !== "transcribe" ? t("jobs.doneTranscribe", { title }) : null;
}

export function useStageVoice(jobs: readonly Job[], titles: ReadonlyMap<string, string>): void {
  const { t } = useTexts();
  const before = useRef<ReadonlyMap<string, Job>>(new Map());
  useEffect(() => {
    for (const job of jobs) {
      const news = stageNews(before.current.get(job.id), job, titles.get(job.meetingId) ?? "", t);
      if (news !== null) announce(news);
    }
    before.current = new Map(jobs.map((job) => [job.id, job]));
  });
}
