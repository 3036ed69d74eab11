// Tells a screen reader when a recording is transcribed, ready or failed; nothing in between. Runs in the window.
import { useEffect, useRef } from "react";
import type { Job } from "../../electron/contract.ts";
import { announce } from "../state/announce.ts";
import { useTexts } from "../texts/i18n.ts";
import { stageNews } from "./stage-news.ts";

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
