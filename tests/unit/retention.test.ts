// Gallring in the real store: what is due goes for good, is told, and nothing else goes. With a clock of the test's own.
import assert from "node:assert/strict";
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test, type TestContext } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { dayMs } from "../../electron/retention/due.ts";
import { keepRules, rulesName } from "../../electron/retention/keep-rules.ts";
import { noRetention, noRule, type Retention, type RetentionRule } from "../../electron/retention-rules.ts";
import { openDatabase } from "../../electron/store/database.ts";
import { openStore } from "../../electron/store/store.ts";
import { subkey } from "../../electron/store/subkeys.ts";
import type { SoundStore, Store } from "../../electron/store/types.ts";
import { filesIn, meeting, newKey, summary, temporaryFolder, transcript } from "./store-fixtures.ts";

const start = Date.parse("2026-03-10T09:00:00.000Z");
const rules = (rule: Partial<RetentionRule>): Retention => ({ ...noRetention, standard: { ...noRule, ...rule } });

/** A store with a clock that the test turns, and the rules that run in it. */
async function setUp(t: TestContext, first: Retention, folder = { dir: temporaryFolder(), key: newKey() }) {
  const clock = { ms: start, steadyMs: 0 };
  const held = { rules: first, mayDelete: true, recording: null as string | null };
  const store = await openStore({ ...folder, clock: () => clock.ms });
  t.after(() => store.close());
  const keep = () =>
    keepRules({
      store,
      rules: () => held.rules,
      logDays: () => null,
      mayDelete: () => held.mayDelete,
      wall: () => clock.ms,
      steady: () => clock.steadyMs,
      recording: () => held.recording,
      changed: async () => {},
    });
  return { ...folder, clock, held, store, keep, keeper: await keep() };
}

async function addMeeting(store: Store & { sound: SoundStore }, word: string) {
  const { id } = await store.createMeeting(meeting({ title: "Samtal", fingerprint: "f".repeat(64) }));
  const writer = await store.sound.create(id);
  await writer.append(new TextEncoder().encode(`sound of ${word}`), 0);
  await writer.finish();
  await store.updateMeeting(id, { hasSound: true, status: "to-review" });
  await store.saveTranscript(id, transcript([`${word} ett`, `${word} två`]));
  await store.editSegments(id, [{ id: "s1", before: `${word} ett`, text: `${word} rättat` }]);
  await store.addSummary(id, summary([`${word} sammanfattat`]));
  await store.saveOriginal(id, { path: `/home/eva/${word}.m4a`, fingerprint: null, verified: true, sound: null });
  return id;
}

const told = async (store: Store) =>
  (await store.readLog(100)).lines
    .toReversed()
    .map(({ event, code, by }) => [event, code, by].filter(Boolean).join(" "));

/** Everything in a database as it lies on the disk, decrypted page by page, free pages and shadows within pages too. */
function plainPages(dir: string, key: Uint8Array): Buffer {
  const copy = join(dir, "..", `plain-${process.pid}-${Math.random()}.db`);
  copyFileSync(join(dir, "store.db"), copy);
  const db = openDatabase(copy, subkey(key, "database"), { untouched: true });
  db.pragma("journal_mode = DELETE");
  db.pragma("rekey = ''");
  db.close();
  return readFileSync(copy);
}

describe("gallring", () => {
  test("sound goes an hour after approval and leaves the rest; then the transcript; then all", async (t) => {
    const by = rules({
      sound: { from: "approved", days: 0, atMostDays: null },
      transcript: { from: "kept", days: 10, atMostDays: null },
      summary: { from: "kept", days: 20, atMostDays: null },
      original: { from: "kept", days: 5, atMostDays: null },
      basis: "Dokumenthanteringsplan, dnr 1/26",
    });
    const { store, keeper, clock } = await setUp(t, by);
    const id = await addMeeting(store, "zebra");
    const other = await addMeeting(store, "giraff");
    const version = await store.latestSummary(id);
    await store.approveSummary(id, version?.id ?? "", "Eva");
    await store.updateMeeting(id, { status: "approved" });

    clock.ms = start + 3_600_000 - 1;
    assert.equal(await keeper.sweep(), 0);
    clock.ms = start + 3_600_000;
    assert.equal(await keeper.sweep(), 1);
    assert.equal((await store.getMeeting(id)).hasSound, false);
    await assert.rejects(store.sound.sizeBytes(id), { code: "not-found" });
    assert.ok((await store.sound.sizeBytes(other)) > 0, "what nobody approved stays");
    assert.equal((await store.getTranscript(id)).segments.length, 2);

    clock.ms = start + 5 * dayMs;
    await keeper.sweep();
    assert.equal((await store.listOriginals()).size, 0);

    clock.ms = start + 10 * dayMs;
    await keeper.sweep();
    const { segments, speakers } = await store.getTranscript(id);
    assert.deepEqual([segments, speakers], [[], []]);
    assert.deepEqual(await store.listCorrections(id), []);
    assert.deepEqual(
      (await store.search("zebra", 9)).map((hit) => hit.in),
      ["summary"],
    );
    assert.equal((await store.latestSummary(id))?.state, "approved");

    clock.ms = start + 20 * dayMs;
    await keeper.sweep();
    assert.deepEqual(
      (await store.listMeetings()).map((one) => one.id),
      [other],
      "the one still has its sound",
    );
    assert.equal((await store.getMeeting(other)).status, "to-review");
    const lines = (await store.readLog(100)).lines.filter((line) => line.event === "deleted" && line.meeting === id);
    assert.deepEqual(
      lines.map(({ code, by: who, rules: name }) => [code, who, name]).toReversed(),
      ["sound", "original", "transcript", "summary", "meeting"].map((part) => [part, "rule", rulesName(by)]),
    );
  });

  test("what is gone is nowhere: not in pages, backups, damaged copies, keys or files", async (t) => {
    const { store, keeper, clock, dir, key } = await setUp(
      t,
      rules({
        sound: { from: "kept", days: 1, atMostDays: null },
        transcript: { from: "kept", days: 1, atMostDays: null },
        summary: { from: "kept", days: 1, atMostDays: null },
      }),
    );
    const id = await addMeeting(store, "kvastfening");
    for (let at = 0; at < 30; at += 1)
      await store.editSegments(id, [
        {
          id: "s2",
          before: at === 0 ? "kvastfening två" : `kvastfening ${"x".repeat(at * 40)}`,
          text: `kvastfening ${"x".repeat((at + 1) * 40)}`,
        },
      ]);
    mkdirSync(join(dir, "damaged", "20260309"), { recursive: true });
    copyFileSync(join(dir, "store.db"), join(dir, "damaged", "20260309", "store.db"));
    clock.ms = start + dayMs;
    await keeper.sweep();
    assert.deepEqual(await store.listMeetings(), []);
    for (let tries = 0; existsSync(join(dir, "damaged")) && tries < 600; tries += 1) await wait(100);
    await store.close();
    assert.equal(existsSync(join(dir, "damaged")), false);
    assert.equal(plainPages(dir, key).includes("kvastfening"), false);
    assert.equal((await store.backups()).length <= 1, true);
    for (const { path } of filesIn(dir)) assert.ok(!path.endsWith(".lysnd"), path);
  });

  test("a machine that was off for a month does at its start what fell due", async (t) => {
    const by = rules({ sound: { from: "kept", days: 10, atMostDays: null } });
    const folder = { dir: temporaryFolder(), key: newKey() };
    const { store, clock, keep } = await setUp(t, by, folder);
    const id = await addMeeting(store, "zebra");
    clock.ms = start + 31 * dayMs;
    const again = await keep();
    assert.equal(await again.sweep(), 1);
    assert.equal((await store.getMeeting(id)).hasSound, false);
    assert.ok(!(await told(store)).includes("clock-ahead app"));
  });

  test("a clock that was set back wins nothing, and is told", async (t) => {
    const { store, keep, keeper, clock } = await setUp(
      t,
      rules({ sound: { from: "kept", days: 10, atMostDays: null } }),
    );
    const id = await addMeeting(store, "zebra");
    clock.ms = start + 9 * dayMs;
    assert.equal(await keeper.sweep(), 0);
    clock.ms = start - 100 * dayMs;
    const again = await keep();
    assert.equal(again.clock(), "back");
    assert.equal(again.nowMs(), start + 9 * dayMs);
    assert.equal(await again.sweep(), 0);
    assert.equal((await told(store)).filter((line) => line.startsWith("clock-back")).length, 1);
    clock.ms = start + 10 * dayMs;
    assert.equal(await again.sweep(), 1);
    assert.equal((await store.getMeeting(id)).hasSound, false);
  });

  test("nothing goes while it is worked on, recorded, without a policy that can be read, or far in the future at once", async (t) => {
    const { store, keeper, held, clock } = await setUp(
      t,
      rules({ sound: { from: "kept", days: 1, atMostDays: null } }),
    );
    const id = await addMeeting(store, "zebra");
    clock.ms = start + 2 * dayMs;
    held.recording = id;
    assert.equal(await keeper.sweep(), 0);
    held.recording = null;
    const job = await store.createJob(id, { kind: "summarise", templateId: "x" });
    assert.equal(await keeper.sweep(), 0);
    await store.updateJob(job.id, { state: "done" });
    held.mayDelete = false;
    assert.equal(await keeper.sweep(), 0);
    held.mayDelete = true;
    held.rules = rules({ sound: { from: "kept", days: 3, atMostDays: null } });
    clock.ms = start + 4000 * dayMs;
    assert.equal(await keeper.sweep(), 0);
    assert.equal(keeper.clock(), "ahead");
    await keeper.believeClock();
    assert.equal((await store.getMeeting(id)).hasSound, false);
    assert.ok((await told(store)).includes("clock-confirmed person"));
  });
});

describe("the event log", () => {
  const lines = async (t: TestContext) => {
    const folder = { dir: temporaryFolder(), key: newKey() };
    const store = await openStore(folder);
    for (let at = 0; at < 5; at += 1) await store.noteEvent("approved", null);
    await store.close();
    const change = (sql: string) => {
      const db = openDatabase(join(folder.dir, "keys.db"), subkey(folder.key, "sound"));
      db.exec(sql);
      db.close();
    };
    const found = async () => {
      const again = await openStore(folder);
      const log = await again.readLog(100);
      await again.close();
      return log.found;
    };
    t.diagnostic(folder.dir);
    return { folder, change, found };
  };

  test("is whole where nobody touched it", async (t) => {
    const { found } = await lines(t);
    assert.deepEqual(await found(), { state: "whole" });
  });
  test("shows a line that was changed", async (t) => {
    const { change, found } = await lines(t);
    change("UPDATE log SET line = replace(line, 'approved', 'reviewed') WHERE number = 3");
    assert.deepEqual(await found(), { state: "edited", number: 3 });
  });
  test("shows a hole", async (t) => {
    const { change, found } = await lines(t);
    change("DELETE FROM log WHERE number = 2");
    assert.deepEqual(await found(), { state: "hole", number: 2 });
  });
  test("shows that its end was cut off, and that all of it was", async (t) => {
    const { change, found } = await lines(t);
    change("DELETE FROM log WHERE number > 3");
    assert.deepEqual(await found(), { state: "cut", number: 4 });
    change("DELETE FROM log");
    assert.deepEqual(await found(), { state: "cut", number: 1 });
  });
  test("shows that an earlier file was put in its place", async (t) => {
    const { folder, found } = await lines(t);
    const keys = readFileSync(join(folder.dir, "keys.db"));
    const store = await openStore(folder);
    await store.noteEvent("approved", null);
    await store.close();
    writeFileSync(join(folder.dir, "keys.db"), keys);
    assert.equal((await found()).state, "cut");
  });
  test("takes no words: neither in a field of its own nor as a code", async (t) => {
    const store = await openStore({ dir: temporaryFolder(), key: newKey() });
    t.after(() => store.close());
    const refused = { code: "bad-call" };
    await assert.rejects(store.noteEvent("exported", null, { code: "Anna Svensson" }), refused);
    await assert.rejects(store.noteEvent("approved", "Samtal med Anna"), refused);
    await assert.rejects(store.noteEvent("deleted", null, { rules: "Annas regel" }), refused);
    assert.equal((await store.readLog(10)).count, 0);
  });
  test("can lose its oldest lines by policy and still hang together", async (t) => {
    const clock = { ms: start };
    const store = await openStore({ dir: temporaryFolder(), key: newKey(), clock: () => clock.ms });
    t.after(() => store.close());
    for (; clock.ms < start + 5 * dayMs; clock.ms += dayMs) await store.noteEvent("approved", null);
    assert.equal(await store.shortenLog(new Date(start + 2 * dayMs).toISOString()), 2);
    const log = await store.readLog(10);
    assert.deepEqual([log.found, log.count, log.lines.at(-1)?.number], [{ state: "whole" }, 3, 3]);
  });
});
