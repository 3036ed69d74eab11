// What a screen reader is told about a job. Pure.
import type { Job } from "../../electron/contract.ts";
import type { Translate } from "../texts/i18n.ts";

/** What the change from one snapshot of a job to the next is worth saying, if anything. */
export function stageNews(before: Job | undefined, now: Job, title: string, t: Translate): string | null {
  if (before?.state !== "running") return null;
  if (now.state === "done") return t("jobs.doneAll", { title });
  if (now.state === "failed") return t("jobs.doneFailed", { title });
  return before.stage === "transcribe" && now.stage !== "transcribe" ? t("jobs.doneTranscribe", { title }) : null;
}
