// When what goes, by rule, and the clock that counts. Pure: time is an argument.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { aheadLimitMs, believedAfterMs, type ClockMark, firstMark, readClock } from "../../electron/retention/clock.ts";
import { dayMs, dueOf, overdue } from "../../electron/retention/due.ts";
import { synchronisedBy } from "../../electron/retention/synchronised.ts";
import {
  noRetention,
  noRule,
  type PartRule,
  regretMs,
  type Retention,
  type RetentionRule,
  retentionStarts,
} from "../../electron/retention-rules.ts";
import type { RetentionFacts } from "../../electron/store/types.ts";

const start = Date.parse("2026-03-10T09:00:00.000Z");
const iso = (ms: number) => new Date(ms).toISOString();
const facts = (more: Partial<RetentionFacts> = {}): RetentionFacts => ({
  id: "m",
  createdAt: iso(start),
  status: "approved",
  hasSound: true,
  hasTranscript: true,
  hasSummary: true,
  hasOriginal: false,
  templateId: "journalanteckning",
  transcribedAt: iso(start + 3_600_000),
  approvedAt: iso(start + dayMs),
  caseOpen: false,
  caseClosedAt: null,
  keptUntil: null,
  keptReason: "",
  ...more,
});
const rules = (rule: Partial<RetentionRule>, more: Partial<Retention> = {}): Retention => ({
  ...noRetention,
  standard: { ...noRule, ...rule },
  ...more,
});
const after = (from: PartRule["from"], days: number, atMostDays: number | null = null): PartRule => ({
  from,
  days,
  atMostDays,
});
/** What is due at a time. */
const due = (of: RetentionFacts, by: Retention, nowMs: number, rulesSinceMs = 0) =>
  overdue(dueOf(of, by, { nowMs, rulesSinceMs }), nowMs);

describe("a part goes at its time and not a millisecond before", () => {
  const cases: readonly (readonly [string, PartRule, Partial<RetentionFacts>, number])[] = [
    ["thirty days after it was kept", after("kept", 30), {}, start + 30 * dayMs],
    ["at once when it is kept", after("kept", 0), {}, start],
    ["ten days after the transcript", after("transcribed", 10), {}, start + 3_600_000 + 10 * dayMs],
    ["on approval, with an hour to think better of it", after("approved", 0), {}, start + dayMs + regretMs],
    ["a week after approval", after("approved", 7), {}, start + 8 * dayMs],
    ["never approved, at the latest", after("approved", 0, 90), { approvedAt: null }, start + 90 * dayMs],
    ["approved late, at the latest all the same", after("approved", 30, 20), {}, start + 20 * dayMs],
    ["after a leap day and a change to summer time", after("kept", 365), {}, start + 365 * dayMs],
  ];
  for (const [name, rule, more, at] of cases) {
    test(name, () => {
      const by = rules({ sound: rule });
      assert.deepEqual(due(facts(more), by, at - 1), []);
      assert.deepEqual(due(facts(more), by, at), ["sound"]);
      assert.equal(dueOf(facts(more), by, { nowMs: start, rulesSinceMs: 0 }).dueAt, iso(at));
    });
  }
});

describe("nothing goes", () => {
  const far = start + 36_500 * dayMs;
  test("without a rule", () => assert.deepEqual(due(facts(), noRetention, far), []));
  test("that the rule says never of, whatever its neighbours say", () =>
    assert.deepEqual(due(facts(), rules({ sound: after("kept", 1) }), far), ["sound"]));
  test("whose time has not begun: what was never approved waits", () =>
    assert.deepEqual(due(facts({ approvedAt: null }), rules({ sound: after("approved", 0) }), far), []));
  test("that is gone already", () =>
    assert.deepEqual(due(facts({ hasSound: false }), rules({ sound: after("kept", 1) }), far), []));
  test("while the case is open, if the rule says so; and is pointed out once more when it is closed", () => {
    const by = rules({ sound: after("kept", 1), protectOpenCase: true });
    assert.deepEqual(due(facts({ caseOpen: true }), by, far), []);
    assert.equal(dueOf(facts({ caseOpen: true }), by, { nowMs: far, rulesSinceMs: 0 }).protected, true);
    const closed = facts({ caseClosedAt: iso(start + 100 * dayMs) });
    assert.deepEqual(due(closed, by, start + 107 * dayMs - 1), []);
    assert.deepEqual(due(closed, by, start + 107 * dayMs), ["sound"]);
    const unprotected = rules({ sound: after("kept", 1), protectOpenCase: false });
    assert.deepEqual(due(facts({ caseOpen: true }), unprotected, far), ["sound"]);
  });
  test("of what was kept before the rule was new, until it has been pointed out for the days of warning", () => {
    const by = rules({ sound: after("kept", 1) });
    const since = start + 50 * dayMs;
    assert.deepEqual(due(facts(), by, since + 7 * dayMs - 1, since), []);
    assert.deepEqual(due(facts(), by, since + 7 * dayMs, since), ["sound"]);
    const later = facts({ createdAt: iso(since) });
    assert.deepEqual(due(later, by, since + dayMs, since), ["sound"], "what comes after knows the rule");
  });
});

test("a template's own rule goes before the standard", () => {
  const by = rules(
    { sound: after("kept", 30) },
    { byTemplate: [{ templateId: "sip", rule: { ...noRule, transcript: after("kept", 5) } }] },
  );
  assert.deepEqual(due(facts({ templateId: "sip" }), by, start + 40 * dayMs), ["transcript"]);
  assert.deepEqual(due(facts({ templateId: null }), by, start + 40 * dayMs), ["sound"]);
});

test("a person may put it off by so many days as the rule allows, and no more", () => {
  const by = rules({ sound: after("kept", 10), mayExtendDays: 20 });
  const kept = (days: number) => facts({ keptUntil: iso(start + days * dayMs), keptReason: "Överklagande" });
  const shown = dueOf(facts(), by, { nowMs: start, rulesSinceMs: 0 });
  assert.equal(shown.mayKeepUntil, iso(start + 30 * dayMs));
  assert.deepEqual(due(kept(25), by, start + 25 * dayMs - 1), []);
  assert.deepEqual(due(kept(25), by, start + 25 * dayMs), ["sound"]);
  assert.deepEqual(due(kept(400), by, start + 30 * dayMs), ["sound"], "a longer wish ends where the rule does");
  assert.deepEqual(due(kept(5), by, start + 10 * dayMs - 1), [], "a shorter one shortens nothing");
  const forbidden = rules({ sound: after("kept", 10), mayExtendDays: 0 });
  assert.deepEqual(due(kept(25), forbidden, start + 10 * dayMs), ["sound"]);
  assert.equal(dueOf(facts(), forbidden, { nowMs: start, rulesSinceMs: 0 }).mayKeepUntil, null);
});

test("it is pointed out the days of warning before", () => {
  const by = rules({ sound: after("kept", 10) });
  const soon = (nowMs: number) => dueOf(facts(), by, { nowMs, rulesSinceMs: 0 }).soon;
  assert.equal(soon(start + 3 * dayMs - 1), false);
  assert.equal(soon(start + 3 * dayMs), true);
});

test("law: what is due stays due as time goes, and nothing is due before its rule says", () => {
  const partRule = fc.option(
    fc.record({
      from: fc.constantFrom(...retentionStarts),
      days: fc.integer({ min: 0, max: 400 }),
      atMostDays: fc.option(fc.integer({ min: 0, max: 400 })),
    }),
  );
  const later = fc.option(fc.integer({ min: 0, max: 500 }).map((days) => iso(start + days * dayMs)));
  fc.assert(
    fc.property(
      fc.record({ sound: partRule, transcript: partRule, summary: partRule, mayExtendDays: fc.nat(100) }),
      fc.record({ transcribedAt: later, approvedAt: later, keptUntil: later, caseClosedAt: later }),
      fc.nat(900),
      fc.nat(900),
      (rule, more, day, further) => {
        const by = rules(rule);
        const nowMs = start + day * dayMs;
        const now = due(facts(more), by, nowMs);
        const then = due(facts(more), by, nowMs + further * dayMs);
        assert.ok(now.every((part) => then.includes(part)));
        const unextended = due(facts({ ...more, keptUntil: null }), by, nowMs);
        assert.ok(
          now.every((part) => unextended.includes(part)),
          "putting off never takes away",
        );
      },
    ),
    { numRuns: 300 },
  );
});

describe("the clock that counts", () => {
  const seen = (ms: number): ClockMark => ({ ...firstMark, seenMs: ms });

  test("follows the computer's, and a month in which it was off", () => {
    const reading = readClock(seen(start), start + 31 * dayMs, 0);
    assert.deepEqual([reading.nowMs, reading.event], [start + 31 * dayMs, null]);
  });

  test("set back, it stays where it was, says so once, and goes on by what has passed", () => {
    const back = readClock(seen(start), start - 30 * dayMs, 0);
    assert.deepEqual([back.nowMs, back.event], [start, "clock-back"]);
    const next = readClock(back.mark, start - 30 * dayMs + 3_600_000, 3_600_000);
    assert.deepEqual([next.nowMs, next.event], [start + 3_600_000, null]);
    const right = readClock(next.mark, start + dayMs, 3_600_000);
    assert.deepEqual([right.nowMs, right.mark.back], [start + dayMs, false]);
  });

  test("a correction of seconds is not worth a word", () =>
    assert.equal(readClock(seen(start), start - 5000, 0).event, null));

  test("far ahead it is not believed until it has gone on for a week, or a person says so", () => {
    const leap = start + aheadLimitMs + 10 * 365 * dayMs;
    const first = readClock(seen(start), leap, 0);
    assert.deepEqual([first.nowMs, first.event], [start, "clock-ahead"]);
    const hours = readClock(first.mark, leap + 3_600_000, 3_600_000);
    assert.deepEqual([hours.nowMs, hours.event], [start + 3_600_000, null]);
    assert.equal(readClock(hours.mark, leap + believedAfterMs - 1, 0).nowMs, start + 3_600_000);
    assert.equal(readClock(hours.mark, leap + believedAfterMs, 0).nowMs, leap + believedAfterMs);
    const corrected = readClock(first.mark, start + dayMs, 0);
    assert.deepEqual([corrected.nowMs, corrected.mark.aheadMs], [start + dayMs, null]);
  });

  test("law: it never goes back, and setting back never wins more than what it was set back by", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(40 * 86_400), fc.nat(20 * 86_400)), { maxLength: 30 }), (steps) => {
        let mark = firstMark;
        let trueMs = start;
        let before = 0;
        for (const [passedS, backS] of steps) {
          trueMs += passedS * 1000;
          const wallMs = trueMs - backS * 1000;
          const reading = readClock(mark, wallMs, 0);
          assert.ok(reading.nowMs >= before);
          assert.ok(trueMs - reading.nowMs <= backS * 1000);
          before = reading.nowMs;
          ({ mark } = reading);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("a folder that is copied elsewhere", () => {
  const find = (dir: string, env: Record<string, string> = {}, marks: Record<string, readonly string[]> = {}) =>
    synchronisedBy(dir, { env, namesIn: async (place) => marks[place] ?? [] });
  test("is known by its name", async () => {
    assert.equal(await find("/Users/eva/Library/CloudStorage/OneDrive-Kommunen/Lyssna"), "OneDrive");
    assert.equal(await find("/Users/eva/Library/Mobile Documents/com~apple~CloudDocs/Lyssna"), "iCloud");
    assert.equal(await find("/home/eva/Dropbox (Arbete)/Lyssna"), "Dropbox");
    assert.equal(await find("/home/eva/Nextcloud2/Lyssna"), "Nextcloud");
    assert.equal(await find(String.raw`C:\Users\eva\OneDrive - Kommunen\Lyssna`), "OneDrive");
    assert.equal(await find(String.raw`G:\Min enhet\Lyssna`), "Google Drive");
  });
  test("by what the system says, and by what lies beside it", async () => {
    assert.equal(await find("/mnt/arbete/Lyssna", { OneDriveCommercial: "/mnt/arbete" }), "OneDrive");
    assert.equal(await find("/home/eva/moln/Lyssna/data", {}, { "/home/eva/moln": [".sync_0f3a.db"] }), "Nextcloud");
    assert.equal(await find("/home/eva/delat/data", {}, { "/home/eva/delat": [".stfolder"] }), "Syncthing");
  });
  test("is not what only sounds like one", async () => {
    assert.equal(await find("/home/dropboxer/Lyssna/data"), null);
    assert.equal(await find("/home/eva/.local/share/Lyssna/data", { OneDrive: "/home/eva/.local/sh" }), null);
    assert.equal(await find(String.raw`C:\Users\eva\AppData\Local\Lyssna\data`, { OneDrive: "" }), null);
  });
});
