// The review of the open summary: what is shown, what a person does to it, what can be taken back. Every change is saved at
// once, one after the other, and comes back judged. Runs in the window.
import { createContext, useContext, useEffect, useRef, useState } from "react";
import type { CallArgs, SummaryVersion } from "../../electron/contract.ts";
import type { Summary } from "../../electron/formats.ts";
import { act } from "../state/ask.ts";

export type RemakeOptions = CallArgs<"summaries.remakeSection">[3];

export type RewriteOptions = CallArgs<"summaries.rewriteSection">[3];

export interface Review {
  readonly version: SummaryVersion;
  /** Segments whose words were changed or struck after the summary was made. */
  readonly changed: ReadonlySet<string>;
  /** Saves a changed summary. */
  readonly change: (next: Summary) => void;
  /** Null where there is nothing to take back. */
  readonly undo: (() => void) | null;
  readonly redo: (() => void) | null;
  readonly remake: (sectionId: string, options: RemakeOptions) => Promise<boolean>;
  /** By a language model: takes minutes, in which the person can go on. */
  readonly rewrite: (sectionId: string, options: RewriteOptions) => Promise<boolean>;
  /** When all that was changed has been saved and judged. */
  readonly settled: () => Promise<void>;
  /** Approves what is shown; answers whether it was approved. */
  readonly approve: (name: string) => Promise<boolean>;
  /** The same sentences, judged by the transcript as it is now. */
  readonly recheck: () => Promise<boolean>;
  readonly restore: (versionId: string) => Promise<boolean>;
}

const stepsMax = 200;
/** Later than any time. */
const notYetSaved = "9999";

/** @param fetched the latest version that main has told of */
export function useReview(
  meetingId: string,
  fetched: SummaryVersion | null,
  changed: ReadonlySet<string>,
): Review | null {
  const [own, setOwn] = useState<SummaryVersion | null>(null);
  const [past, setPast] = useState<readonly Summary[]>([]);
  const [future, setFuture] = useState<readonly Summary[]>([]);
  const saving = useRef<Promise<unknown>>(Promise.resolve());
  const answered = useRef<SummaryVersion | null>(null);
  const unsaved = useRef<Summary | null>(null);
  /** What stands there now, for whatever takes its time. */
  const standing = useRef<Summary | null>(null);
  const newest = fetched !== null && own !== null && isNewer(own, fetched) ? own : fetched;
  useEffect(() => {
    standing.current = newest?.summary ?? null;
  });
  if (newest === null) return null;
  const version: SummaryVersion = newest;

  /** What the next change builds on. */
  const base = (): string => {
    const last = answered.current;
    return last !== null && last.version >= version.version ? last.id : version.id;
  };

  /** After what is being saved, so that each change builds on the one before. */
  function next<Answer>(run: (baseId: string) => Promise<Answer>): Promise<Answer> {
    const queued = saving.current.then(() => run(base()));
    saving.current = queued.catch(() => {});
    return queued;
  }
  /** What could not be done leaves what is shown as it is. */
  function take(answer: SummaryVersion | undefined): boolean {
    if (answer === undefined) return false;
    answered.current = answer;
    setOwn(answer);
    return true;
  }
  async function send(baseId: string, summary: Summary): Promise<boolean> {
    const answer = await act("summaries.save", meetingId, baseId, summary);
    if (answer === undefined) return false;
    answered.current = answer;
    if (unsaved.current !== summary) return true;
    unsaved.current = null;
    return take(answer);
  }
  function save(summary: Summary): void {
    // Seen at once; judged when the answer comes, unless something was changed since.
    setOwn({ ...version, summary, savedAt: notYetSaved });
    unsaved.current = summary;
    void next((baseId) => send(baseId, summary));
  }
  /** On what is shown: a change that could not be saved is tried once more before anything else is done. */
  const onSaved = (run: (baseId: string) => Promise<SummaryVersion | undefined>): Promise<boolean> =>
    next(async (baseId) => {
      const left = unsaved.current;
      if (left !== null && !(await send(baseId, left))) return false;
      return take(await run(left === null ? baseId : (answered.current?.id ?? baseId)));
    });
  const step = (made: boolean): boolean => {
    if (made) setPast((known) => [...known, version.summary].slice(-stepsMax));
    return made;
  };
  const back = past.at(-1);
  const [forth, ...later] = future;
  return {
    version,
    changed,
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
    remake: async (sectionId, options) =>
      step(await onSaved((baseId) => act("summaries.remakeSection", meetingId, baseId, sectionId, options))),
    async rewrite(sectionId, options) {
      await saving.current;
      const answer = await act("summaries.rewriteSection", meetingId, base(), sectionId, options);
      const before = standing.current;
      if (!take(answer)) return false;
      if (before !== null) setPast((known) => [...known, before].slice(-stepsMax));
      setFuture([]);
      return true;
    },
    async settled() {
      await saving.current;
    },
    approve: (name) => onSaved((baseId) => act("summaries.approve", meetingId, baseId, name)),
    recheck: () => onSaved((baseId) => act("summaries.recheck", meetingId, baseId)),
    restore: async (versionId) =>
      step(await onSaved((baseId) => act("summaries.restore", meetingId, baseId, versionId))),
  };
}

const isNewer = (one: SummaryVersion, other: SummaryVersion): boolean =>
  one.version > other.version || (one.version === other.version && (one.savedAt ?? "") >= (other.savedAt ?? ""));

/** Null where a summary is only shown. */
export const ReviewContext = createContext<Review | null>(null);
export const useReviewing = (): Review | null => useContext(ReviewContext);
