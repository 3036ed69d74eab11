// A job in the panel: whose it is, how far it has come, and what can be done about it.
import { X } from "lucide-react";
import { Button } from "react-aria-components/Button";
import type { Job } from "../../electron/contract.ts";
import { ErrorText } from "../parts/ErrorText.tsx";
import { ProgressLine } from "../parts/ProgressLine.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { announce } from "../state/announce.ts";
import { act } from "../state/ask.ts";
import { meetingAddress } from "../state/route.ts";
import { useTexts } from "../texts/i18n.ts";
import { isActive, jobInWords } from "../words/job-words.ts";

interface JobRowProps {
  readonly job: Job;
  readonly title: string;
  /** Among those that wait, from 0; less for one that does not. */
  readonly place: number;
  readonly onPutAway: () => void;
}

export function JobRow({ job, title, place, onPutAway }: JobRowProps) {
  const { t } = useTexts();
  const putFirst = async () => {
    if ((await act("jobs.putFirst", job.id)) !== undefined) announce(t("jobs.putFirstDone", { title }));
  };
  return (
    <li className="job">
      <div className="job-words">
        <a className="job-title" href={meetingAddress(job.meetingId)}>
          {title}
        </a>
        {job.state === "failed" && job.error ? (
          <p className="job-error">
            <ErrorText error={job.error} />
          </p>
        ) : (
          <p className="quiet">
            {job.state === "cancelled"
              ? t("jobs.cancelled")
              : place >= 0
                ? t("jobs.place", { place: place + 1 })
                : jobInWords(job, t)}
          </p>
        )}
        {job.state === "running" && <ProgressLine label={t("jobs.progress", { title })} fraction={job.fraction} />}
      </div>
      {place > 0 && (
        <TextButton kind="plain" small aria-label={t("jobs.putFirstFor", { title })} onPress={() => void putFirst()}>
          {t("jobs.putFirst")}
        </TextButton>
      )}
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
        <>
          <TextButton
            kind="outline"
            small
            aria-label={t("jobs.retryFor", { title })}
            onPress={() => void act("jobs.retry", job.id)}
          >
            {t("jobs.retry")}
          </TextButton>
          <Button
            className="button button-plain button-round"
            aria-label={t("jobs.putAway", { title })}
            onPress={onPutAway}
          >
            <X size={16} aria-hidden />
          </Button>
        </>
      )}
    </li>
  );
}
