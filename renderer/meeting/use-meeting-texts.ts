// The open meeting's transcript and latest summary, asked for again when a snapshot says that they have moved.
import { useCallback, useState } from "react";
import type { Job, Meeting, SummaryVersion, Transcript } from "../../electron/contract.ts";
import { LyssnaError, type ErrorData } from "../../electron/errors.ts";
import { afterPaint } from "../state/after-paint.ts";
import { ask } from "../state/ask.ts";
import { useForeignChanges } from "../state/foreign-changes.ts";
import { useSnapshot } from "../state/snapshots.ts";
import { useAnswer } from "../state/use-answer.ts";
import { activeJobOf, retryableJobOf } from "../words/job-words.ts";

export interface MeetingTexts {
  /** Null while there is none. */
  readonly transcript: Transcript | null;
  readonly summary: SummaryVersion | null;
  /** All of the transcript is there; until then its beginning is shown. */
  readonly whole: boolean;
  /** False until both are known. */
  readonly loaded: boolean;
  readonly error: ErrorData | null;
  readonly activeJob: Job | undefined;
  readonly retryableJob: Job | undefined;
  /** Asks for the transcript again, after the person changed it here. */
  readonly reload: () => void;
  /** Shows it as the person has just changed it, until it is asked for again. */
  readonly show: (transcript: Transcript) => void;
}

export function useMeetingTexts(meeting: Meeting): MeetingTexts {
  const jobs = useSnapshot("jobs");
  const [changes, setChanges] = useState(0);
  const [changed, setChanged] = useState<{ readonly of: Transcript; readonly now: Transcript } | null>(null);
  const reload = useCallback(() => setChanges((count) => count + 1), []);
  const ofMeeting = jobs.filter((job) => job.meetingId === meeting.id);
  const ended = ofMeeting.filter((job) => job.state === "done").length;
  const moved = [meeting.status, meeting.durationMs, ended].join(" ");

  const foreign = useForeignChanges(meeting.id);
  const summaryChanges = useSnapshot("changes")[meeting.id]?.summary ?? 0;
  const transcript = useAnswer(meeting.id, `${moved} ${changes} ${foreign}`, (early: (beginning: Fetched) => void) =>
    fetchTranscript(meeting.id, early),
  );
  const summaries = useAnswer(meeting.id, `${moved} ${summaryChanges}`, () => ask("summaries.list", meeting.id));
  const { transcript: fetched, whole } = transcript.value ?? nothing;
  return {
    transcript: changed !== null && changed.of === fetched ? changed.now : fetched,
    summary: summaries.value?.toSorted((a, b) => b.version - a.version)[0] ?? null,
    whole,
    loaded: transcript.value !== undefined && summaries.value !== undefined,
    error: transcript.error ?? summaries.error,
    activeJob: activeJobOf(meeting.id, jobs),
    retryableJob: retryableJobOf(meeting.id, jobs),
    reload,
    show: (now) => {
      // What is on its way may be older than the change.
      if (!whole) reload();
      else if (fetched !== null) setChanged({ of: fetched, now });
    },
  };
}

interface Fetched {
  readonly transcript: Transcript | null;
  readonly whole: boolean;
}
const nothing: Fetched = { transcript: null, whole: true };

/** A meeting without a transcript is no error: it is on its way, or could not be made. */
async function fetchTranscript(id: string, early: (beginning: Fetched) => void): Promise<Fetched> {
  try {
    const { transcript, whole } = await ask("transcripts.start", id);
    if (transcript.segments.length === 0) return nothing;
    if (whole) return { transcript, whole };
    early({ transcript, whole });
    // Hours of words keep the window busy as they come: the beginning is seen first.
    await new Promise<void>(afterPaint);
    return { transcript: await ask("transcripts.get", id), whole: true };
  } catch (error) {
    if (error instanceof LyssnaError && error.code === "not-found") return nothing;
    throw error;
  }
}
