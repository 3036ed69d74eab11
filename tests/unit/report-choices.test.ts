// What the window offers for a report: meetings with a transcript, the cases with several of them first.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Meeting } from "../../electron/contract.ts";
import { severalMeetings } from "../../renderer/report/source-texts.ts";
import { canBeSummarised, casesOf, holding } from "../../renderer/report/summarised-meetings.ts";

const meeting = (id: string, more: Partial<Meeting> = {}): Meeting => ({
  id,
  title: `Samtal ${id}`,
  createdAt: "2026-03-10T10:00:00Z",
  recordedAt: `2026-03-${id.padStart(2, "0")}T09:00:00`,
  language: "sv",
  durationMs: 60_000,
  status: "to-review",
  caseReference: "",
  demonstration: false,
  hasSound: false,
  error: null,
  ...more,
});
const ids = (meetings: readonly Meeting[]): readonly string[] => meetings.map(({ id }) => id);

test("a report is made of meetings with a transcript, latest first, never of reports", () => {
  const report = meeting("9", { sources: [{ id: "m1", meetingId: "1", title: "", recordedAt: "" }] });
  const all = [
    meeting("1", { status: "transcribed" }),
    meeting("2", { status: "working" }),
    meeting("3", { status: "no-speech" }),
    meeting("4", { status: "failed" }),
    meeting("5", { status: "approved" }),
    report,
  ];
  assert.deepEqual(ids(canBeSummarised(all)), ["5", "1"]);
});

test("cases with two meetings or more are offered, the one last touched first, with their latest twelve", () => {
  const long = Array.from({ length: 14 }, (_, at) => meeting(String(at + 1), { caseReference: "A" }));
  const all = [
    ...long,
    meeting("20", { caseReference: "B" }),
    meeting("21", { caseReference: "C" }),
    meeting("22", { caseReference: "C" }),
  ];
  const cases = casesOf(all);
  assert.deepEqual(
    cases.map(({ reference, ids: ofCase }) => [reference, ofCase.length, ofCase[0]]),
    [
      ["C", 2, "22"],
      ["A", 12, "14"],
    ],
  );
});

test("the list is narrowed by title and case, whatever the capitals", () => {
  const all = [meeting("1", { title: "Hembesök Åsa" }), meeting("2", { caseReference: "2026-114" })];
  assert.deepEqual(ids(holding("åsa", all)), ["1"]);
  assert.deepEqual(ids(holding(" 2026-114 ", all)), ["2"]);
  assert.deepEqual(ids(holding("", all)), ["1", "2"]);
});

test("a report's passages carry their meeting's day, open that meeting, and say when it is gone", () => {
  const opened: string[][] = [];
  const several = severalMeetings(
    [
      { id: "m1", meetingId: null, title: "", recordedAt: "2026-03-12T09:00:00" },
      { id: "m2", meetingId: "x", title: "", recordedAt: "2026-04-09T09:00:00" },
    ],
    "sv",
    (...where) => opened.push(where),
  );
  const passage = (id: string) => ({ id, startMs: 42_000, endMs: 43_000, text: "" });
  assert.equal(several.timeOf(passage("m2:s12")), "9 april 00:42");
  several.open(passage("m2:s12"));
  several.open(passage("m1:s1"));
  assert.deepEqual(opened, [["x", "s12"]]);
  assert.deepEqual(several.gone(["m1:s1", "m1:s2", "m2:s3"]), ["12 mars"]);
});
