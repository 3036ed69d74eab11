// What somebody marked while it was said weighs more. Runs anywhere.
import type { Transcript } from "../../formats.ts";
import type { Unit } from "../understand/units.ts";

/** One marks what has just been said: so long before the mark, and a little after it. */
const beforeMs = 25_000;
const afterMs = 4000;
/** As much as a decision weighs, and enough to be chosen before most of what nobody marked. */
const markedWeight = 2;

/** How much more each unit weighs for the marks near it. */
export function marksWeigh(transcripts: readonly Transcript[]): (unit: Unit) => number {
  const marks = transcripts.map((transcript) => transcript.marks ?? []);
  if (marks.every(({ length }) => length === 0)) return () => 0;
  return (unit) => {
    const isNear = unit.sentences.some(({ sentence: { meeting, startMs } }) =>
      (marks[meeting] ?? []).some(({ atMs }) => startMs >= atMs - beforeMs && startMs <= atMs + afterMs),
    );
    return isNear ? markedWeight : 0;
  };
}
