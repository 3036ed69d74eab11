// Correcting a transcript: what is being written over, and what becomes of it. Runs in the window.
// A correction is made in main; the transcript is then asked for again, so that what is shown is what is kept.
import { createContext, useContext, useEffect, useEffectEvent, useMemo, useRef, useState } from "react";
import type { Correction, Transcript } from "../../electron/contract.ts";
import { applyCorrection } from "../../electron/editing/apply.ts";
import { mergeLines, moveWordsDown, moveWordsUp, splitLine } from "../../electron/editing/lines.ts";
import { retell, textOf, tokensOf } from "../../electron/editing/retell.ts";
import type { Segment } from "../../electron/formats.ts";
import type { Paragraph } from "../meeting/paragraphs.ts";
import type { MeetingTexts } from "../meeting/use-meeting-texts.ts";
import { announce } from "../state/announce.ts";
import { act } from "../state/ask.ts";
import { type Cell, createCell } from "../state/cell.ts";
import { asOwn } from "../state/foreign-changes.ts";
import { snapshotCell } from "../state/snapshots.ts";
import { useTexts } from "../texts/i18n.ts";
import { offerLessons } from "./offer-lessons.ts";
import { hunkOf, type SpeakerScope, speakerChange } from "./hunks.ts";

/** The line that is written over, by its first segment, and where the caret stands to begin with. */
export interface Editing {
  readonly lineId: string;
  readonly caret: number | null;
}

export interface Corrections {
  readonly meetingId: string;
  readonly transcript: Transcript;
  readonly editing: Cell<Editing | null>;
  /** Keeps what was written over a line. */
  write(line: Paragraph, text: string): Promise<void>;
  /** The words from the caret on become a line of their own, which is written over next. */
  split(line: Paragraph, text: string, caret: number): Promise<void>;
  /** The line goes on from the one before it. */
  merge(before: Paragraph, line: Paragraph, text: string): Promise<void>;
  /** Words before the caret go to the line before, or those after it to the line after. */
  move(line: Paragraph, to: Paragraph, text: string, caret: number): Promise<void>;
  /** What was heard, in the place of what was made of it. */
  restore(line: Paragraph, heard: readonly Segment[]): Promise<void>;
  /** A name that is not among the speakers' ids makes a new one. */
  give(
    line: Paragraph,
    speaker: { readonly id: string } | { readonly name: string },
    scope: SpeakerScope,
  ): Promise<void>;
  /** Words in the place of others, in so many places. */
  replace(hunks: Correction["hunks"], places: number): Promise<void>;
  strike(line: Paragraph): Promise<void>;
  undo(): Promise<void>;
  redo(): Promise<void>;
  /** Takes back every change there is. */
  undoAll(): Promise<void>;
  /** What was written and could not be kept, because the line was changed elsewhere or is gone; null where there is nothing. */
  readonly unkept: Cell<string | null>;
}

export const CorrectionsContext = createContext<Corrections | null>(null);

export function useCorrecting(): Corrections {
  const corrections = useContext(CorrectionsContext);
  if (corrections === null) throw new Error("there is nothing to correct here");
  return corrections;
}

const first = ({ segments: [segment] }: Paragraph): Segment => {
  if (segment === undefined) throw new Error("a line without a segment");
  return segment;
};

const isDone = (answer: Correction | null | undefined): boolean => answer !== undefined && answer !== null;

const typing = "input:not([type=range]), textarea, [contenteditable=true]";

export function useCorrections(
  meetingId: string,
  transcript: Transcript,
  { reload, show }: Pick<MeetingTexts, "reload" | "show">,
): Corrections {
  const { t } = useTexts();
  const [editing] = useState(() => createCell<Editing | null>(null));
  const [unkept] = useState(() => createCell<string | null>(null));

  // The transcript as it stands when the answer comes, not as it stood when it was asked.
  const latest = useRef({ transcript, show });
  useEffect(() => {
    latest.current = { transcript, show };
  });
  const corrections = useMemo((): Corrections => {
    const { segments } = transcript;
    const taken = new Set(segments.map(({ id }) => id));
    const showChanged = (what: Omit<Correction, "kind">, isNew: boolean): void =>
      latest.current.show(applyCorrection(latest.current.transcript, what, new Date().toISOString(), isNew));
    const make = async (kind: Correction["kind"], what: Omit<Correction, "kind">): Promise<boolean> => {
      const made = await asOwn(
        meetingId,
        () => act("corrections.make", meetingId, { kind, ...what }),
        (answer) => answer !== undefined,
      );
      if (made === undefined) reload();
      else showChanged(what, true);
      return made !== undefined;
    };
    const change = (kind: Correction["kind"], before: readonly Segment[], after: readonly Segment[]) =>
      make(kind, { hunks: [hunkOf(segments, before, after)] });
    /** What was written is not lost where it could not be kept. */
    const orUnkept = async (text: string, made: Promise<boolean>): Promise<boolean> => {
      const isKept = await made;
      if (!isKept) unkept.set(text);
      return isKept;
    };
    const turn = async (which: "undo" | "redo"): Promise<void> => {
      const done = await asOwn(meetingId, () => act(`corrections.${which}`, meetingId), isDone);
      if (done === undefined) reload();
      if (done === undefined || done === null) {
        if (done === null) announce(t(`correct.nothing.${which}`));
        return;
      }
      showChanged(done, false);
      announce(t(which === "undo" ? "correct.undone" : "correct.redone"));
    };
    const write = async (line: Paragraph, text: string): Promise<void> => {
      if (tokensOf(text).join(" ") === textOf(line.segments)) return;
      // Its meeting was deleted while it was written: there is nothing left to write in.
      if (
        !snapshotCell("meetings")
          .get()
          .some(({ id }) => id === meetingId)
      )
        return;
      if (!(await orUnkept(text, change("text", line.segments, retell(line.segments, text))))) return;
      announce(t("correct.kept"));
      void offerLessons(textOf(line.segments), text, line.segments[0]?.language ?? transcript.language, t);
    };
    return {
      meetingId,
      transcript,
      editing,
      write,
      async split(line, text, caret) {
        const after = splitLine(retell(line.segments, text), tokensOf(text.slice(0, caret)).length, taken);
        // At an edge there is nothing to split: the line is done.
        if (after === null) {
          await write(line, text);
          return;
        }
        if (!(await orUnkept(text, change("split", line.segments, after)))) return;
        const next = after.find((segment) => segment.newLine === true && segment !== after[0]);
        if (next !== undefined) editing.set({ lineId: next.id, caret: 0 });
      },
      async merge(before, line, text) {
        const caret = textOf(before.segments).length + 1;
        const merged = mergeLines(before.segments, retell(line.segments, text));
        if (!(await orUnkept(text, change("merge", line.segments, merged)))) return;
        editing.set({ lineId: before.id, caret });
      },
      async move(line, to, text, caret) {
        const words = tokensOf(text.slice(0, caret)).length;
        const own = retell(line.segments, text);
        const up = to.startMs < line.startMs || segments.indexOf(first(to)) < segments.indexOf(first(line));
        const after = up ? moveWordsUp(to.segments, own, words, taken) : moveWordsDown(own, to.segments, words, taken);
        if (after === null) {
          await write(line, text);
          announce(t("correct.nothing.move"));
          editing.set({ lineId: line.id, caret });
          return;
        }
        const before = up ? line.segments : [...line.segments, ...to.segments];
        if (!(await orUnkept(text, change("move", before, after)))) return;
        announce(t(up ? "correct.movedUp" : "correct.movedDown"));
        const rest = up ? after.find((segment) => segment.newLine === true) : after[0];
        if (rest !== undefined) editing.set({ lineId: rest.id, caret: up ? 0 : Number.MAX_SAFE_INTEGER });
      },
      async restore(line, heard) {
        if (await change("original", line.segments, heard)) announce(t("correct.heard.done"));
      },
      async give(line, speaker, scope) {
        if (!(await make("speaker", speakerChange(transcript, line, speaker, scope)))) return;
        announce(t("correct.given"));
        // One line tells what the voice is like: others may be that person's too.
        const moved = scope === "line" ? await act("voices.learn", meetingId) : 0;
        if (moved === undefined || moved === 0) return;
        announce(t("voices.moved", { count: moved }));
        reload();
      },
      async replace(hunks, places) {
        if (await make("replace", { hunks })) announce(t("correct.find.done", { count: places }));
      },
      async strike(line) {
        const ids = line.segments.map(({ id }) => id);
        const done = await asOwn(
          meetingId,
          () => act("corrections.strike", meetingId, ids),
          (answer) => answer !== undefined,
        );
        if (done !== undefined) announce(t("correct.struck"));
        reload();
      },
      undo: () => turn("undo"),
      redo: () => turn("redo"),
      async undoAll() {
        for (;;) {
          if (!isDone(await asOwn(meetingId, () => act("corrections.undo", meetingId), isDone))) break;
        }
        reload();
        announce(t("correct.undoneAll"));
      },
      unkept,
    };
  }, [meetingId, transcript, reload, editing, unkept, t]);

  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    if (event.target instanceof Element && event.target.closest(typing) !== null) return;
    const key = event.key.toLowerCase();
    const which = key === "y" || (key === "z" && event.shiftKey) ? "redo" : key === "z" ? "undo" : null;
    if (which === null) return;
    event.preventDefault();
    void corrections[which]();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKeyDown(event);
    window.addEventListener("keydown", listener);
    return () => window.removeEventListener("keydown", listener);
  }, []);
  return corrections;
}
