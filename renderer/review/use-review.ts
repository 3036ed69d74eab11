// The review of the open summary: what is shown, what a person does to it, what can be taken back. Every change is saved at
// once, one after the other, and comes back judged. Runs in the window.
import { createContext, useContext, useRef, useState } from "react";
import type { CallArgs, SummaryVersion } from "../../electron/contract.ts";
import type { Summary } from "../../electron/formats.ts";
import { act } from "../state/ask.ts";

export type RemakeOptions = CallArgs<"summaries.remakeSection">[3];

export interface Review {
  readonly version: SummaryVersion;
  /** Saves a changed summary. */
  readonly change: (next: Summary) => void;
  /** Null where there is nothing to take back. */
  readonly undo: (() => void) | null;
  readonly redo: (() => void) | null;
  readonly remake: (sectionId: string, options: RemakeOptions) => Promise<void>;
  /** Answers whether it was approved. */
  readonly approve: (name: string) => Promise<boolean>;
  readonly restore: (versionId: string) => Promise<boolean>;
}

const stepsMax = 200;
/** Later than any time. */
const notYetSaved = "9999";

/** @param fetched the latest version that main has told of */
export function useReview(meetingId: string, fetched: SummaryVersion | null): Review | null {
  const [own, setOwn] = useState<SummaryVersion | null>(null);
  const [past, setPast] = useState<readonly Summary[]>([]);
  const [future, setFuture] = useState<readonly Summary[]>([]);
  const saving = useRef<Promise<unknown>>(Promise.resolve());
  const base = useRef("");
  const changes = useRef(0);
  if (fetched === null) return null;
  const version = own !== null && own.meetingId === meetingId && isNewer(own, fetched) ? own : fetched;

  /** After what is being saved, so that each change builds on the one before. */
  function next<Answer>(run: (baseId: string) => Promise<Answer>): Promise<Answer> {
    const queued = saving.current.then(() => run(base.current === "" ? version.id : base.current));
    saving.current = queued.catch(() => {});
    return queued;
  }
  function take(answer: SummaryVersion | undefined): boolean {
    base.current = answer?.id ?? "";
    setOwn(answer ?? null);
    return answer !== undefined;
  }
  function save(summary: Summary): void {
    // Seen at once; judged when the answer comes, unless something was changed since.
    setOwn({ ...version, summary, savedAt: notYetSaved });
    const change = ++changes.current;
    void next(async (baseId) => {
      const answer = await act("summaries.save", meetingId, baseId, summary);
      if (change === changes.current || answer === undefined) take(answer);
      else base.current = answer.id;
    });
  }
  const step = (made: boolean): boolean => {
    if (made) setPast([...past, version.summary].slice(-stepsMax));
    return made;
  };
  const back = past.at(-1);
  const [forth, ...later] = future;
  return {
    version,
    change(summary) {
      if (summary === version.summary) return;
      step(true);
      setFuture([]);
      save(summary);
    },
    undo:
      back === undefined
        ? null
        : () => {
            setPast(past.slice(0, -1));
            setFuture([version.summary, ...future]);
            save(back);
          },
    redo:
      forth === undefined
        ? null
        : () => {
            setPast([...past, version.summary]);
            setFuture(later);
            save(forth);
          },
    async remake(sectionId, options) {
      step(
        await next(async (baseId) => take(await act("summaries.remakeSection", meetingId, baseId, sectionId, options))),
      );
    },
    approve: (name) => next(async (baseId) => take(await act("summaries.approve", meetingId, baseId, name))),
    restore: async (versionId) =>
      step(await next(async (baseId) => take(await act("summaries.restore", meetingId, baseId, versionId)))),
  };
}

const isNewer = (one: SummaryVersion, other: SummaryVersion): boolean =>
  one.version > other.version || (one.version === other.version && (one.savedAt ?? "") >= (other.savedAt ?? ""));

/** Null where a summary is only shown. */
export const ReviewContext = createContext<Review | null>(null);
export const useReviewing = (): Review | null => useContext(ReviewContext);
