// Corrections of a transcript: made, taken back, done again. Runs in the store's worker thread.
// A correction is what stood there and what stands there now. It is made only where the first is true, so that what two
// windows or a job change at once is never lost without a word.
import { randomUUID } from "node:crypto";
import { dated } from "../editing/apply.ts";
import { LyssnaError } from "../errors.ts";
import type { Segment } from "../formats.ts";
import type { Db } from "./database.ts";
import { meetingNumbers } from "./meetings.ts";
import { correctionWithoutNames, isProtected, keepNames } from "./protected.ts";
import type { TranscriptRows } from "./transcript-rows.ts";
import type { Correction, Hunk, MadeCorrection, MeetingId } from "./types.ts";

interface CorrectionRow {
  readonly number: number;
  readonly at: string;
  readonly undone: number;
  readonly correction: string;
}

const moved = () => new LyssnaError("transcript-moved");

export function correctionCalls(db: Db, rows: TranscriptRows, now: () => Date) {
  const numberOf = meetingNumbers(db);
  const all = db.prepare<[number], CorrectionRow>(
    "SELECT number, at, undone, correction FROM corrections WHERE meeting = ? ORDER BY number",
  );
  const lastDone = db.prepare<[number], CorrectionRow>(
    "SELECT number, at, undone, correction FROM corrections WHERE meeting = ? AND undone = 0 ORDER BY number DESC LIMIT 1",
  );
  const firstUndone = db.prepare<[number], CorrectionRow>(
    "SELECT number, at, undone, correction FROM corrections WHERE meeting = ? AND undone = 1 ORDER BY number LIMIT 1",
  );
  const dropUndone = db.prepare<[number]>("DELETE FROM corrections WHERE meeting = ? AND undone = 1");
  const highest = db.prepare<[number], { number: number }>(
    "SELECT coalesce(max(number), 0) AS number FROM corrections WHERE meeting = ?",
  );
  const add = db.prepare<[number, number, string, string]>(
    "INSERT INTO corrections (meeting, number, at, correction) VALUES (?, ?, ?, ?)",
  );
  const mark = db.prepare<[number, number, number]>(
    "UPDATE corrections SET undone = ? WHERE meeting = ? AND number = ?",
  );
  const drop = db.prepare<[number, number]>("DELETE FROM corrections WHERE meeting = ? AND number = ?");
  const put = db.prepare<[string, number, number]>(
    "UPDATE corrections SET correction = ? WHERE meeting = ? AND number = ?",
  );
  const clear = db.prepare<[number]>("DELETE FROM corrections WHERE meeting = ?");
  const protection = db.prepare<[number], { protected: number }>(
    `SELECT ${isProtected("meetings")} AS protected FROM meetings WHERE number = ?`,
  );
  const hides = (meeting: number): boolean => protection.get(meeting)?.protected === 1;
  const shown = (meeting: number, correction: Correction): Correction =>
    hides(meeting) ? correctionWithoutNames(correction) : correction;

  function applyHunk(meeting: number, { before, after }: Hunk): void {
    const [first] = before;
    if (first === undefined) throw moved();
    const position = rows.positionOf(meeting, first.id);
    if (position === null) throw moved();
    const there = rows.at(meeting, position, before.length);
    if (there.length !== before.length || !there.every((segment, at) => saysTheSame(segment, before[at])))
      throw moved();
    rows.replace(meeting, position, before.length, after);
  }

  function apply(meeting: number, { hunks, speakers }: Correction): void {
    for (const hunk of hunks) applyHunk(meeting, hunk);
    if (speakers !== undefined) rows.replaceSpeakers(meeting, speakers.after);
    // A name is no other words.
    rows.touch(meeting, { revision: randomUUID(), ...(hunks.length > 0 ? { editedAt: now().toISOString() } : {}) });
  }

  const turned = ({ kind, hunks, speakers }: Correction): Correction => ({
    kind,
    hunks: hunks.map(({ before, after }) => ({ before: after, after: before })).toReversed(),
    ...(speakers === undefined ? {} : { speakers: { before: speakers.after, after: speakers.before } }),
  });

  /** What is gone for good leaves the history too: it is in no way to be brought back. */
  function rewrite(meeting: number, hunksOf: (hunks: readonly Hunk[]) => readonly Hunk[]): void {
    for (const { number, correction } of all.all(meeting)) {
      const { hunks, ...more } = JSON.parse(correction) as Correction;
      const left = hunksOf(hunks);
      if (left.length === 0 && more.speakers === undefined) drop.run(meeting, number);
      else put.run(JSON.stringify({ ...more, hunks: left }), meeting, number);
    }
  }

  function make(meeting: number, wanted: Correction): void {
    const at = now().toISOString();
    const hunks = wanted.hunks.map(({ before, after }) => ({
      before,
      after: after.map((segment) => dated(segment, before, at)),
    }));
    const correction = { ...wanted, hunks };
    apply(meeting, correction);
    dropUndone.run(meeting);
    add.run(meeting, (highest.get(meeting)?.number ?? 0) + 1, at, JSON.stringify(correction));
  }

  return {
    make,
    /** Segments that were struck are so in every correction. */
    strike(meeting: number, ids: ReadonlySet<string>): void {
      const struck = (segment: Segment): Segment => (ids.has(segment.id) ? asStruck(segment) : segment);
      rewrite(meeting, (hunks) =>
        hunks.map(({ before, after }) => ({ before: before.map(struck), after: after.map(struck) })),
      );
    },
    /** What was said from a time on is gone, and with it whatever was changed there. */
    cutFrom(meeting: number, fromMs: number): void {
      const isLeft = ({ endMs }: Segment): boolean => endMs <= fromMs;
      rewrite(meeting, (hunks) => hunks.filter(({ before, after }) => [...before, ...after].every(isLeft)));
    },
    clear: (meeting: number) => void clear.run(meeting),
    calls: {
      makeCorrection: db.transaction((id: MeetingId, correction: Correction): void => {
        const meeting = numberOf(id);
        const { speakers } = correction;
        if (speakers === undefined || !hides(meeting)) return make(meeting, correction);
        const before = rows.speakers(meeting);
        return make(meeting, { ...correction, speakers: { before, after: keepNames(speakers.after, before) } });
      }),
      /** What was changed by it; null where there is nothing to take back. */
      undoCorrection: db.transaction((id: MeetingId): Correction | null => {
        const meeting = numberOf(id);
        const row = lastDone.get(meeting);
        if (row === undefined) return null;
        const correction = turned(JSON.parse(row.correction) as Correction);
        apply(meeting, correction);
        mark.run(1, meeting, row.number);
        return shown(meeting, correction);
      }),
      redoCorrection: db.transaction((id: MeetingId): Correction | null => {
        const meeting = numberOf(id);
        const row = firstUndone.get(meeting);
        if (row === undefined) return null;
        const correction = JSON.parse(row.correction) as Correction;
        apply(meeting, correction);
        mark.run(0, meeting, row.number);
        return shown(meeting, correction);
      }),
      /** Oldest first. */
      listCorrections(id: MeetingId): readonly MadeCorrection[] {
        const meeting = numberOf(id);
        return all.all(meeting).map(({ number, at, undone, correction }) => ({
          number,
          at,
          undone: undone === 1,
          correction: shown(meeting, JSON.parse(correction) as Correction),
        }));
      },
    },
  };
}

const saysTheSame = (one: Segment, other: Segment | undefined): boolean =>
  one.id === other?.id && one.text === other.text && (one.speaker ?? null) === (other.speaker ?? null);

/** Its time stays, so that everything else keeps its place. */
export const asStruck = ({ id, startMs, endMs, speaker }: Segment): Segment => ({
  id,
  startMs,
  endMs,
  ...(speaker === undefined ? {} : { speaker }),
  text: "",
  state: "struck",
});

export type Corrections = ReturnType<typeof correctionCalls>;
