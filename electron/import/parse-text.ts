// Running text as spoken lines: with names, with times, with both, or with neither. Runs anywhere.
import { clockPattern, timeMs } from "./clock-time.ts";
import { headDate } from "./head-date.ts";
import { findSpeakers, splitSpeaker } from "./speaker-prefix.ts";
import type { SpokenLine } from "./spoken-line.ts";

/** "[00:01:02] …", "00:42 …", "(0:42) …", "[00:00:01.000 --> 00:00:03.000] …" */
const leadingTime = new RegExp(
  String.raw`^[[(]?${clockPattern}(?:\s*(?:-->|–|-)\s*${clockPattern})?[\])]?(?:\s+[-–]\s+|:?\s+|$)`,
  "u",
);
/** "Anna Andersson   0:03" on a line of its own, as Teams and others write a turn's head. */
const turnHead = new RegExp(String.raw`^([\p{L}\p{N}][^\n\t:]{0,79}?)[\s\u00A0]+${clockPattern}$`, "u");

interface Mark {
  readonly at: number;
  readonly startMs: number;
  readonly endMs?: number;
  readonly speaker?: string;
  readonly rest: string;
}

export interface ParsedText {
  readonly lines: readonly SpokenLine[];
  /** What stands above the first turn in a file with times, if anything: its title and date. */
  readonly head: readonly string[];
}

export function parseText(text: string): ParsedText {
  const rows = text.split("\n").map((row) => row.replace(/\s+/gu, " ").trim());
  const marks = rows.flatMap((row, at) => markOf(row, at) ?? []);
  const filled = rows.filter((row) => row !== "").length;
  // At least a fifth of the lines: a clock time in running speech does not make a file timed.
  const timed = marks.length > 0 && marks.length >= filled / 5;
  return timed ? parseTimed(rows, marks) : { lines: parseUntimed(rows), head: [] };
}

function markOf(row: string, at: number): Mark | null {
  const head = turnHead.exec(row);
  // "10 mars 2026, 09:02" is the meeting's date, not a turn.
  if (head !== null && headDate([row]) === null)
    return { at, speaker: head[1] ?? "", startMs: timeMs(head, 2), rest: "" };
  const time = leadingTime.exec(row);
  if (time === null) return null;
  const end = time[7] === undefined ? {} : { endMs: timeMs(time, 5) };
  return { at, startMs: timeMs(time, 1), ...end, rest: row.slice(time[0].length) };
}

function parseTimed(rows: readonly string[], marks: readonly Mark[]): ParsedText {
  const people = findSpeakers(marks.map(({ rest }) => rest));
  const lines = marks.map((mark, index) => {
    const until = marks[index + 1]?.at ?? rows.length;
    const text = [mark.rest, ...rows.slice(mark.at + 1, until)].filter((row) => row !== "").join(" ");
    const { at: _at, rest: _rest, ...timing } = mark;
    return mark.speaker === undefined ? { ...timing, ...splitSpeaker(text, people) } : { ...timing, text };
  });
  return {
    lines: lines.filter((line) => line.text !== ""),
    head: rows.slice(0, marks[0]?.at ?? 0).filter((row) => row !== ""),
  };
}

/** A row is a turn; one without a name goes on where the last speaker was, until a blank row. */
function parseUntimed(rows: readonly string[]): readonly SpokenLine[] {
  const people = findSpeakers(rows);
  const lines: SpokenLine[] = [];
  let speaker: string | undefined;
  for (const row of rows) {
    if (row === "") {
      speaker = undefined;
      continue;
    }
    const line = splitSpeaker(row, people);
    speaker = line.speaker ?? speaker;
    lines.push(speaker === undefined ? { text: line.text } : { text: line.text, speaker });
  }
  return lines;
}
