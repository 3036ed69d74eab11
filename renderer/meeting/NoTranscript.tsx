// Where the transcript will be: how far the work has come, or why there is none.
import type { Meeting } from "../../electron/contract.ts";
import { ErrorText } from "../parts/ErrorText.tsx";
import { ProgressLine } from "../parts/ProgressLine.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { act } from "../state/ask.ts";
import { addressOf } from "../state/route.ts";
import { useTexts } from "../texts/i18n.ts";
import { jobInWords } from "../words/job-words.ts";
import { Recorded } from "../recording/Recorded.tsx";
import type { MeetingTexts } from "./use-meeting-texts.ts";

interface NoTranscriptProps {
  readonly meeting: Meeting;
  readonly texts: MeetingTexts;
}

export function NoTranscript({ meeting, texts: { activeJob, retryableJob } }: NoTranscriptProps) {
  const { t } = useTexts();
  const title = meeting.title;
  if (activeJob) {
    return (
      <div className="pane-words">
        <p className="pane-lead">{jobInWords(activeJob, t)}</p>
        {activeJob.state === "running" && (
          <ProgressLine label={t("jobs.progress", { title })} fraction={activeJob.fraction} />
        )}
        <p className="quiet">{t("meeting.waiting")}</p>
        <div>
          <TextButton
            kind="outline"
            aria-label={t("jobs.cancelFor", { title })}
            onPress={() => void act("jobs.cancel", activeJob.id)}
          >
            {t("jobs.cancel")}
          </TextButton>
        </div>
      </div>
    );
  }
  if (meeting.status === "recorded" || meeting.status === "recording") return <Recorded meeting={meeting} />;
  if (meeting.status === "no-speech") return <p className="pane-words">{t("meeting.noSpeech")}</p>;
  const error = meeting.error ?? retryableJob?.error ?? null;
  const cancelled = error?.code === "cancelled";
  return (
    <div className="pane-words">
      <p className="pane-lead">
        {t(error === null ? "meeting.emptyTranscript" : cancelled ? "meeting.stopped" : "meeting.failed")}
      </p>
      {error !== null && !cancelled && (
        <p className="pane-error">
          <ErrorText error={error} />{" "}
          {error.code.startsWith("model-") && (
            <a href={addressOf({ view: "first-start" })}>{t("library.chooseModel")}</a>
          )}
        </p>
      )}
      {retryableJob && (
        <div>
          <TextButton
            kind="primary"
            aria-label={t("jobs.retryFor", { title })}
            onPress={() => void act("jobs.retry", retryableJob.id)}
          >
            {t("jobs.retry")}
          </TextButton>
        </div>
      )}
    </div>
  );
}
