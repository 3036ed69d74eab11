import assert from "node:assert/strict";
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { listBackups } from "../../electron/store/backup-files.ts";
import { openDatabase } from "../../electron/store/database.ts";
import { openMeetingDatabase } from "../../electron/store/meeting-database.ts";
import { type Migration, versionOf } from "../../electron/store/migrate.ts";
import { storeMigrations } from "../../electron/store/migrations.ts";
import { openStore } from "../../electron/store/store.ts";
import { subkey } from "../../electron/store/subkeys.ts";
import { digestsIn, newKey, temporaryFolder } from "./store-fixtures.ts";

const now = new Date("2026-03-10T08:00:00Z");
const addNote: Migration = (db) => db.exec("INSERT INTO notes VALUES ('second', 'yes')");
const notes = (path: string, key: Uint8Array) => {
  const db = openDatabase(path, subkey(key, "database"), { readonly: true });
  try {
    return { version: versionOf(db), notes: db.prepare("SELECT key, value FROM notes").all() };
  } finally {
    db.close();
  }
};

test("a step changes the database once, after a backup of how it was", async () => {
  const dir = temporaryFolder();
  const key = newKey();
  openMeetingDatabase(dir, key, now).close();
  const steps = [...storeMigrations, addNote];
  openMeetingDatabase(dir, key, now, steps).close();
  openMeetingDatabase(dir, key, now, steps).close();
  const done = { version: steps.length, notes: [{ key: "second", value: "yes" }] };
  assert.deepEqual(notes(join(dir, "store.db"), key), done);
  const backups = await listBackups(dir);
  assert.equal(backups.length, 1);
  assert.deepEqual(notes(backups[0]?.path ?? "", key), { version: storeMigrations.length, notes: [] });
});

test("a step that fails half-way leaves the version before it, whole", () => {
  const dir = temporaryFolder();
  const key = newKey();
  openMeetingDatabase(dir, key, now).close();
  const failing: Migration = (db) => {
    addNote(db);
    db.exec("CREATE TABLE half (a)");
    throw new Error("power cut");
  };
  assert.throws(() => openMeetingDatabase(dir, key, now, [...storeMigrations, failing]), { code: "unexpected" });
  assert.deepEqual(notes(join(dir, "store.db"), key), { version: storeMigrations.length, notes: [] });
  openMeetingDatabase(dir, key, now).close();
});

test("a database from a newer Lyssna is refused and not changed by a single byte", async () => {
  const dir = temporaryFolder();
  const key = newKey();
  openMeetingDatabase(dir, key, now, [...storeMigrations, addNote]).close();
  const before = digestsIn(dir);
  await assert.rejects(openStore({ dir, key }), { code: "store-newer" });
  assert.deepEqual(digestsIn(dir), before);
});

test("a newer database that was cut off, with changes still in its log, is not changed either", async () => {
  const dir = temporaryFolder();
  const copy = join(temporaryFolder(), "copy");
  const key = newKey();
  const db = openMeetingDatabase(dir, key, now, [...storeMigrations, addNote]);
  cpSync(dir, copy, { recursive: true });
  db.close();
  const inLog = () => digestsIn(copy).filter((line) => !line.startsWith("store.db-shm"));
  const before = inLog();
  assert.ok(before.some((line) => line.startsWith("store.db-wal")));
  await assert.rejects(openStore({ dir: copy, key }), { code: "store-newer" });
  assert.deepEqual(inLog(), before);
});

test("a folder of the first version opens with all that it held", async (t) => {
  const dir = temporaryFolder();
  const fixture = join(import.meta.dirname, "..", "fixtures", "store-v1");
  cpSync(join(fixture, "folder"), dir, { recursive: true });
  const expected = JSON.parse(readFileSync(join(fixture, "expected.json"), "utf8"));
  const store = await openStore({ dir, key: new Uint8Array(Buffer.from(expected.key, "hex")) });
  t.after(() => store.close());
  const [meeting] = await store.listMeetings();
  assert.deepEqual(meeting, expected.meeting);
  const id = meeting?.id ?? "";
  assert.deepEqual(await store.getTranscript(id), expected.transcript);
  assert.deepEqual(await store.listSummaries(id), expected.summaries);
  assert.deepEqual(await store.listTemplates(), expected.templates);
  for (const template of await store.listTemplates()) {
    assert.deepEqual(await store.listTemplateVersions(template.id), [{ version: template.version, savedAt: null }]);
    assert.deepEqual(await store.templateVersion(template.id, template.version), template);
  }
  assert.deepEqual(await store.getSettings(), expected.settings);
  assert.deepEqual(await store.listJobs(), expected.jobs);
  assert.equal((await store.search("åtgärd", 10)).length, 2);
  const sound: Uint8Array[] = [];
  for await (const frame of store.sound.read(id)) sound.push(frame);
  assert.equal(Buffer.concat(sound).toString("utf8"), expected.sound);
});
