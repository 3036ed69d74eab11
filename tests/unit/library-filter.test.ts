import assert from "node:assert/strict";
import { test } from "node:test";
import type { Meeting } from "../../electron/contract.ts";
import type { standings } from "../../renderer/library/filter.ts";
import { casesOf, filterMeetings } from "../../renderer/library/filter.ts";
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
  filterMeetings(all, { standing, caseReference: "" }).map(({ status }) => status);

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
    filterMeetings(meetings, { standing: "approved", caseReference: "2026:10" }).map(({ id }) => id),
    ["approved 2026:10"],
  );
});
