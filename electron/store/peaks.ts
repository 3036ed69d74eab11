// How loud a meeting's sound is over time (electron/peaks.ts). Runs in the store's worker thread.
// Stretches that were struck are kept with them: what was measured before a strike and comes after it is silent there too.
import { peakStepMs } from "../peaks.ts";
import type { Db } from "./database.ts";
import { deletionNoter } from "./deletion-note.ts";
import { meetingNumbers } from "./meetings.ts";
import type { MeetingId } from "./types.ts";

type Stretch = readonly [fromMs: number, toMs: number];

interface PeakRow {
  readonly peaks: Uint8Array | null;
  readonly silenced: string;
}

/** The same peaks with nothing in the stretches, to the whole step on both sides. */
function silencedIn(peaks: Uint8Array, stretches: readonly Stretch[]): Uint8Array {
  const left = Uint8Array.from(peaks);
  for (const [fromMs, toMs] of stretches)
    left.fill(0, Math.max(0, Math.floor(fromMs / peakStepMs)), Math.min(left.length, Math.ceil(toMs / peakStepMs)));
  return left;
}

export function peakCalls(db: Db) {
  const numberOf = meetingNumbers(db);
  const get = db.prepare<[number], PeakRow>("SELECT peaks, silenced FROM peaks WHERE meeting = ?");
  const put = db.prepare<[number, Uint8Array | null, string]>(
    `INSERT INTO peaks (meeting, peaks, silenced) VALUES (?, ?, ?)
     ON CONFLICT (meeting) DO UPDATE SET peaks = excluded.peaks, silenced = excluded.silenced`,
  );
  const find = db.prepare<[string], { number: number }>("SELECT number FROM meetings WHERE id = ?");
  const drop = db.prepare<[string]>("DELETE FROM peaks WHERE meeting = (SELECT number FROM meetings WHERE id = ?)");
  const noteDeletion = deletionNoter(db);
  const stretchesOf = (row: PeakRow | undefined): readonly Stretch[] =>
    row === undefined ? [] : (JSON.parse(row.silenced) as readonly Stretch[]);

  return {
    savePeaks: db.transaction((id: MeetingId, peaks: Uint8Array): void => {
      const meeting = numberOf(id);
      const row = get.get(meeting);
      put.run(meeting, silencedIn(peaks, stretchesOf(row)), row?.silenced ?? "[]");
    }),
    /** Null while they have not been measured. */
    getPeaks: (id: MeetingId): Uint8Array | null => get.get(numberOf(id))?.peaks ?? null,
    /** Sound may outlive its meeting for a moment, and is struck all the same. */
    silencePeaks: db.transaction((id: MeetingId, fromMs: number, toMs: number): void => {
      const meeting = find.get(id)?.number;
      if (meeting === undefined) return;
      const row = get.get(meeting);
      const stretches = [...stretchesOf(row), [fromMs, toMs] as const];
      const peaks = row?.peaks ?? null;
      put.run(meeting, peaks === null ? null : silencedIn(peaks, stretches), JSON.stringify(stretches));
      if (peaks !== null) noteDeletion();
    }),
    dropPeaks(id: MeetingId): void {
      if (drop.run(id).changes > 0) noteDeletion();
    },
  };
}
