import assert from "node:assert/strict";
import { test } from "node:test";
import type { Meeting } from "../../electron/contract.ts";
import type { standings } from "../../renderer/library/filter.ts";
import {
  casesOf,
  filterMeetings,
  narrowed,
  searchFilter,
  sortMeetings,
  wholeLibrary,
} from "../../renderer/library/filter.ts";
import { allOf, extended, nothingSelected, onlyShown, toggled } from "../../renderer/library/selection.ts";
import { queueOf } from "../../renderer/jobs/queue.ts";
import type { Job } from "../../electron/contract.ts";
import { meetingStatuses } from "../../electron/store/types.ts";

const meeting = (status: Meeting["status"], caseReference = ""): Meeting => ({
  id: `${status} ${caseReference}`,
  title: status,
  createdAt: "2026-03-10T09:02:00",
  recordedAt: "2026-03-10T09:02:00",
  language: "sv",
  durationMs: 0,
  status,
  caseReference,
  demonstration: false,
  hasSound: false,
  error: null,
});
const all = meetingStatuses.map((status) => meeting(status));
const shown = (standing: (typeof standings)[number]) =>
  filterMeetings(all, { ...wholeLibrary, standing }).map(({ status }) => status);

test("where a meeting stands decides where it is found, and everything is found somewhere", () => {
  assert.deepEqual(shown("to-review"), ["transcribed", "to-review"]);
  assert.deepEqual(shown("approved"), ["approved"]);
  assert.deepEqual(shown("recorded"), ["recording", "recorded", "waiting", "working"]);
  assert.deepEqual(shown("all"), meetingStatuses);
});

test("a case binds its meetings together, and cases are sorted as people do", () => {
  const meetings = [meeting("approved", "2026:10"), meeting("to-review", "2026:9"), meeting("approved")];
  assert.deepEqual(casesOf(meetings, "sv"), ["2026:9", "2026:10"]);
  assert.deepEqual(
    filterMeetings(meetings, { ...wholeLibrary, standing: "approved", caseReference: "2026:10" }).map(({ id }) => id),
    ["approved 2026:10"],
  );
});

test("a template and days narrow the list, both days included, and a search is narrowed by the same", () => {
  const on = (day: string, templateId: string): Meeting => ({
    ...meeting("approved"),
    id: `${day} ${templateId}`,
    recordedAt: `${day}T09:00:00`,
    template: { id: templateId, title: templateId },
  });
  const meetings = [on("2026-03-01", "a"), on("2026-03-02", "a"), on("2026-03-03", "b"), on("2026-03-04", "a")];
  const filter = { ...wholeLibrary, templateId: "a", from: "2026-03-02", to: "2026-03-04" };
  assert.deepEqual(
    filterMeetings(meetings, filter).map(({ id }) => id),
    ["2026-03-02 a", "2026-03-04 a"],
  );
  assert.equal(narrowed(filter), 2);
  assert.deepEqual(searchFilter(filter), { templateId: "a", from: "2026-03-02", to: "2026-03-04" });
  assert.equal(searchFilter({ ...wholeLibrary, sorting: "title" }), undefined);
});

test("meetings are sorted by time, by title as people do, by length and by what leaves first", () => {
  const made = (title: string, recordedAt: string, durationMs: number, dueAt: string | null): Meeting => ({
    ...meeting("approved"),
    id: title,
    title,
    recordedAt,
    durationMs,
    retention: { ...({} as NonNullable<Meeting["retention"]>), dueAt },
  });
  const meetings = [
    made("Möte 10", "2026-03-02T09:00:00", 10, null),
    made("Möte 9", "2026-03-01T09:00:00", 30, "2026-05-02T00:00:00.000Z"),
    made("Ärende", "2026-03-03T09:00:00", 20, "2026-05-01T00:00:00.000Z"),
  ];
  const order = (sorting: Parameters<typeof sortMeetings>[1]) =>
    sortMeetings(meetings, sorting, "sv").map(({ title }) => title);
  assert.deepEqual(order("latest"), ["Ärende", "Möte 10", "Möte 9"]);
  assert.deepEqual(order("oldest"), ["Möte 9", "Möte 10", "Ärende"]);
  assert.deepEqual(order("title"), ["Möte 9", "Möte 10", "Ärende"]);
  assert.deepEqual(order("longest"), ["Möte 9", "Ärende", "Möte 10"]);
  assert.deepEqual(order("leaving"), ["Ärende", "Möte 9", "Möte 10"]);
});

test("several are selected one by one, as a stretch in either direction, and all; never what is not shown", () => {
  const order = ["a", "b", "c", "d"];
  const ids = (now: ReturnType<typeof toggled>) => [...now.ids].toSorted();
  const one = toggled(nothingSelected, "c");
  assert.deepEqual(ids(extended(one, "a", order)), ["a", "b", "c"]);
  assert.deepEqual(ids(extended(one, "d", order)), ["c", "d"]);
  assert.deepEqual(ids(toggled(one, "c")), []);
  assert.deepEqual(ids(extended(nothingSelected, "b", order)), ["b"]);
  assert.deepEqual(ids(onlyShown(allOf(order), ["b", "d", "e"])), ["b", "d"]);
});

test("the queue keeps its order, and what failed and was tried again by another job is no news", () => {
  const job = (id: string, state: Job["state"], meetingId: string, createdAt: string): Job => ({
    id,
    meetingId,
    task: { kind: "summarise", templateId: "x" },
    state,
    stage: null,
    fraction: 0,
    leftMs: null,
    error: null,
    createdAt,
  });
  const jobs = [
    job("first", "queued", "m1", "3"),
    job("runs", "running", "m2", "2"),
    job("second", "queued", "m3", "1"),
    job("old", "failed", "m2", "1"),
    job("failed", "failed", "m4", "1"),
    job("done", "done", "m5", "1"),
  ];
  assert.deepEqual(
    queueOf(jobs).map(({ id }) => id),
    ["runs", "first", "second", "failed"],
  );
});
