import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test, type TestContext } from "node:test";
import fc from "fast-check";
import { makePackage } from "../../electron/backup/make-package.ts";
import { openPackage, writePackage } from "../../electron/backup/package-file.ts";
import { chunkBytes, openStream, sealStream } from "../../electron/backup/stream.ts";
import { takeIn } from "../../electron/backup/take-in.ts";
import { openDatabase } from "../../electron/store/database.ts";
import { openMeetingDatabase } from "../../electron/store/meeting-database.ts";
import { migrate } from "../../electron/store/migrate.ts";
import { storeMigrations } from "../../electron/store/migrations.ts";
import type { RecordingRecord } from "../../electron/recorded.ts";
import { decidedTables, openPack } from "../../electron/store/pack-rows.ts";
import { openStore } from "../../electron/store/store.ts";
import { subkey } from "../../electron/store/subkeys.ts";
import {
  digestsIn,
  filesIn,
  meeting,
  newKey,
  smallDisk,
  smallDiskMissing,
  summary,
  temporaryFolder,
  temporaryStore,
  transcript,
} from "./store-fixtures.ts";

type Opened = Awaited<ReturnType<typeof openStore>>;

const passphrase = "fyra lugna ord i rad";
const cheap = { logN: 4, r: 8, p: 1 };
const now = new Date("2026-03-12T08:00:00Z");
const { signal } = new AbortController();

const make = (store: Opened, out: string, meetingId: string | null = null) =>
  makePackage(store, { out, passphrase, meetingId, appVersion: "1.0.0", now, signal, report: () => {}, cost: cheap });
const take = (store: Opened, path: string, typed = passphrase) =>
  takeIn(store, { path, passphrase: typed, signal, report: () => {} });

const collect = async (pieces: AsyncIterable<Uint8Array>): Promise<Buffer> => {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
};
const soundOf = (store: Opened, id: string) => collect(store.sound.read(id));

async function writeSound(store: Opened, id: string, frames: readonly string[]): Promise<void> {
  const writer = await store.sound.create(id);
  // A minute and a half: two keys.
  for (const [at, frame] of frames.entries()) await writer.append(Buffer.from(frame), at * 45_000);
  await writer.finish();
  await store.updateMeeting(id, { hasSound: true });
}

/** All that a person can ask of a meeting. Its place is told by the order of the list. */
async function everything(store: Opened) {
  const meetings = await store.listMeetings();
  return Promise.all(
    meetings.map(async ({ id, ...rest }) => ({
      id,
      ...rest,
      transcript: await store.getTranscript(id).catch(() => null),
      corrections: await store.listCorrections(id),
      summaries: await store.listSummaries(id),
      recording: await store.getRecording(id),
      sound: rest.hasSound ? (await soundOf(store, id)).toString("latin1") : null,
      retention: (await store.listRetentionFacts()).find((facts) => facts.id === id),
    })),
  );
}

const record: RecordingRecord = {
  version: 1,
  kind: "meeting",
  about: null,
  startedAt: "2026-03-10T09:02:00",
  microphone: "Bordsmikrofon",
  systemSound: false,
  people: 2,
  templateId: "minnesanteckningar",
  consent: null,
  marks: [{ id: "m1", atMs: 1000, kind: "own", label: "Viktigt om Sävsjö" }],
  strikes: [],
  rests: [],
  endedBy: "person",
};

/** A folder with a bit of everything. */
async function fullStore(t: TestContext) {
  const { store, dir, key } = await temporaryStore(t);
  const first = await store.createMeeting(meeting({ title: "Hembesök hos Anna" }));
  await store.saveTranscript(first.id, transcript(["Hej och välkommen.", "Hyran är inte betald.", "Tack."]));
  await store.editSegments(first.id, [{ id: "s2", before: "Hyran är inte betald.", text: "Hyran är betald." }]);
  await store.makeCorrection(first.id, {
    kind: "text",
    hunks: [
      {
        before: [(await store.listSegments(first.id))[2] ?? assert.fail()],
        after: [{ ...((await store.listSegments(first.id))[2] ?? assert.fail()), text: "Tack så mycket." }],
      },
    ],
  });
  const version = await store.addSummary(first.id, summary(["Klienten har betalat hyran."]));
  await store.approveSummary(first.id, version.id, "Kim Ek");
  await store.updateMeeting(first.id, { status: "approved", caseReference: "DNR 2026-7" });
  await store.setCaseOpen(first.id, true);
  await store.keepUntil(first.id, { until: "2027-01-01T00:00:00.000Z", reason: "Överklagat" });
  await writeSound(store, first.id, ["OggS ett ", "OggS två ", "OggS tre "]);
  const second = await store.createMeeting(meeting({ title: "Skyddat", protectedTitle: "Möte utan namn" }));
  await store.saveTranscript(second.id, transcript(["Hemlig adress."]));
  await store.updateMeeting(second.id, { status: "transcribed" });
  const report = await store.createReport(meeting({ title: "Rapport" }), [first.id, second.id]);
  await store.addSummary(report.id, summary(["Allt samlat."]));
  await store.updateMeeting(report.id, { status: "to-review" });
  await store.saveTerms([{ id: "t1", text: "Sävsjö", kind: "place" }]);
  await store.rejectTerms(first.id, [{ termId: "t1", heard: "sävskö" }]);
  await store.saveRecording(first.id, record);
  await store.setSetting("interfaceLanguage", "en");
  await store.setSetting("microphone", { id: "x", label: "Kims hörlurar" });
  return { store, dir, key, first, second, report };
}

describe("the stream", () => {
  const header = Buffer.from("huvud\n");
  const sealed = async (key: Uint8Array, plain: Uint8Array, cuts: readonly number[] = []) => {
    const points = [0, ...cuts.map((cut) => cut % (plain.length + 1)).toSorted((a, b) => a - b), plain.length];
    const pieces = points.slice(1).map((end, at) => plain.subarray(points[at], end));
    return collect(sealStream({ key, header }, pieces));
  };
  const open = (key: Uint8Array, bytes: Uint8Array, head: Uint8Array = header) =>
    collect(openStream({ key, header: head }, [bytes]));
  const damaged = { code: "package-damaged" };
  const lengths = fc.constantFrom(
    0,
    1,
    chunkBytes - 1,
    chunkBytes,
    chunkBytes + 1,
    2 * chunkBytes,
    2 * chunkBytes + 77,
  );

  test("what was sealed comes out, however it was cut", async () => {
    await fc.assert(
      fc.asyncProperty(lengths, fc.array(fc.nat(), { maxLength: 5 }), async (length, cuts) => {
        const key = newKey();
        const plain = randomBytes(length);
        assert.ok(plain.equals(await open(key, await sealed(key, plain, cuts))));
      }),
      { numRuns: 12 },
    );
  });

  test("a byte that is another, a cut, an addition, a swap or another header is found", async () => {
    await fc.assert(
      fc.asyncProperty(lengths, fc.nat(), fc.integer({ min: 1, max: 255 }), async (length, at, flip) => {
        const key = newKey();
        const bytes = await sealed(key, randomBytes(length));
        const changed = Buffer.from(bytes);
        const place = at % bytes.length;
        changed[place] = (changed[place] ?? 0) ^ flip;
        await assert.rejects(open(key, changed), damaged);
        await assert.rejects(open(key, bytes.subarray(0, place)), damaged);
        await assert.rejects(open(key, Buffer.concat([bytes, Buffer.of(flip)])), damaged);
        await assert.rejects(open(key, bytes, Buffer.from("annat\n")), damaged);
        await assert.rejects(open(newKey(), bytes), damaged);
      }),
      { numRuns: 12 },
    );
    const key = newKey();
    const size = chunkBytes + 16;
    const bytes = await sealed(key, randomBytes(3 * chunkBytes));
    const [a, b, c] = [0, 1, 2].map((number) => bytes.subarray(number * size, (number + 1) * size));
    const order = (...chunks: readonly (Buffer | undefined)[]) =>
      Buffer.concat(chunks.map((chunk) => chunk ?? Buffer.alloc(0)));
    for (const other of [order(b, a, c), order(a, b), order(a, c), order(a, b, c, c), order(a, a, b, c)])
      await assert.rejects(open(key, other), damaged);
  });
});

describe("moving house", () => {
  test("everything comes out as it went in", async (t) => {
    const { store: from, dir, second, first } = await fullStore(t);
    const before = await everything(from);
    const out = join(temporaryFolder(), "allt.lyssna");
    assert.deepEqual(await make(from, out), { meetings: 3, stayed: 0, withoutSound: 0 });
    assert.ok(!existsSync(join(dir, "moving")));

    const { store: to } = await temporaryStore(t);
    assert.deepEqual(await take(to, out), { meetings: 3, here: 0, withoutSound: 0, deletedBefore: 0 });
    assert.deepEqual(await everything(to), before);
    assert.deepEqual(await to.listTerms(), await from.listTerms());
    assert.deepEqual(await to.getSettings(), { interfaceLanguage: "en" });
    const hits = async (words: string) => (await to.search(words, 10)).map(({ meetingId }) => meetingId);
    assert.equal((await hits("hyran betald")).length, (await from.search("hyran betald", 10)).length);
    assert.deepEqual(await hits("hemlig"), [second.id]);
    assert.equal((await to.search("Sävsjö", 10)).length, (await from.search("Sävsjö", 10)).length);
    // What can be taken back can be taken back there too.
    assert.notEqual(await to.undoCorrection(first.id), null);
    assert.deepEqual(await to.listRejected(first.id), [{ termId: "t1", heard: "sävskö" }]);
    assert.equal(await to.checkIntegrity(), "ok");
    const { lines } = await to.readLog(10);
    assert.deepEqual(new Set(lines.map(({ event, code }) => `${event} ${code ?? ""}`)), new Set(["taken-in new"]));
  });

  test("taken in twice, nothing is twice; what was deleted comes back only so, and the log says so", async (t) => {
    const { store, first } = await fullStore(t);
    const out = join(temporaryFolder(), "allt.lyssna");
    await make(store, out);
    await store.updateMeeting(first.id, { title: "Ändrat sedan dess" });
    assert.deepEqual(await take(store, out), { meetings: 0, here: 3, withoutSound: 0, deletedBefore: 0 });
    assert.equal((await store.getMeeting(first.id)).title, "Ändrat sedan dess");
    await store.deleteMeeting(first.id);
    assert.deepEqual(await take(store, out), { meetings: 1, here: 2, withoutSound: 0, deletedBefore: 1 });
    assert.equal((await soundOf(store, first.id)).toString(), "OggS ett OggS två OggS tre ");
    assert.equal((await store.readLog(1)).lines[0]?.code, "deleted-before");
  });

  test("one meeting comes alone: no other's words, no glossary, no setting", async (t) => {
    const { store, first } = await fullStore(t);
    const out = join(temporaryFolder(), "ett.lyssna");
    assert.equal((await make(store, out, first.id)).meetings, 1);
    const { store: to } = await temporaryStore(t);
    await take(to, out);
    assert.deepEqual(
      (await to.listMeetings()).map(({ id }) => id),
      [first.id],
    );
    assert.deepEqual(await to.listTerms(), []);
    assert.deepEqual(await to.getSettings(), {});
    await assert.rejects(make(store, out, "00000000-0000-4000-8000-000000000000"), { code: "not-found" });
  });

  test("one that waits for work that stays behind stands where what came along says", async (t) => {
    const { store, second, report } = await fullStore(t);
    const bare = await store.createMeeting(meeting({ title: "Väntar" }));
    for (const { id } of [second, report]) await store.updateMeeting(id, { status: "working" });
    const out = join(temporaryFolder(), "allt.lyssna");
    await make(store, out);
    const { store: to } = await temporaryStore(t);
    await take(to, out);
    const stands = async (id: string) => (await to.getMeeting(id)).status;
    assert.deepEqual(
      [await stands(second.id), await stands(report.id), await stands(bare.id)],
      ["transcribed", "to-review", "failed"],
    );
  });

  test("a recording that runs stays", async (t) => {
    const { store, second } = await fullStore(t);
    await store.updateMeeting(second.id, { status: "recording" });
    const out = join(temporaryFolder(), "allt.lyssna");
    assert.deepEqual(await make(store, out), { meetings: 2, stayed: 1, withoutSound: 0 });
    await assert.rejects(make(store, out, second.id), { code: "package-nothing" });
  });

  test("a sound that is damaged keeps nothing else from coming along", async (t) => {
    const { store, dir, first } = await fullStore(t);
    const path = join(dir, "sound", `${first.id}.lysnd`);
    const bytes = readFileSync(path);
    bytes[bytes.length - 20] = (bytes.at(-20) ?? 0) ^ 1;
    writeFileSync(path, bytes);
    const out = join(temporaryFolder(), "allt.lyssna");
    assert.deepEqual(await make(store, out), { meetings: 3, stayed: 0, withoutSound: 1 });
    const { store: to } = await temporaryStore(t);
    assert.equal((await take(to, out)).withoutSound, 1);
    assert.equal((await to.getMeeting(first.id)).hasSound, false);
    assert.equal((await to.listMeetings()).length, 3);
  });

  test("a wrong passphrase, a file that is none, each cut and each changed byte: said, and nothing changed", async (t) => {
    const { store } = await fullStore(t);
    const folder = temporaryFolder();
    const out = join(folder, "allt.lyssna");
    await make(store, out);
    const { store: to, dir } = await temporaryStore(t);
    await to.setSetting("theme", "dark");
    // The log's memory file changes when it is read.
    const state = () => digestsIn(dir).filter((line) => !/^\S+-(?:shm|wal) |^lock\.db/u.test(line));
    const before = state();
    await assert.rejects(take(to, out, "fyra andra ord i rad"), { code: "package-passphrase-wrong" });
    const bytes = readFileSync(out);
    const header = bytes.indexOf(10) + 1;
    const bad = async (changed: Uint8Array, code: string) => {
      const path = join(folder, "fel.lyssna");
      writeFileSync(path, changed);
      await assert.rejects(take(to, path), { code });
      assert.deepEqual(await to.listMeetings(), []);
      assert.ok(!existsSync(join(dir, "moving")));
    };
    for (const end of [header, header + 1, header + 40, header + chunkBytes + 16, bytes.length - 1])
      await bad(bytes.subarray(0, end), "package-damaged");
    for (const at of [header, header + chunkBytes + 20, bytes.length - 1]) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      await bad(changed, "package-damaged");
    }
    await bad(Buffer.from("{}\n"), "package-invalid");
    await bad(randomBytes(9000), "package-invalid");
    await bad(Buffer.from('{"lyssna":"package/2"}\n'), "package-newer");
    assert.deepEqual(state(), before);
    await assert.rejects(take(to, join(folder, "finns-inte.lyssna")), { code: "file-not-found" });
  });

  test("a short passphrase makes no package", async (t) => {
    const { store } = await fullStore(t);
    const out = join(temporaryFolder(), "allt.lyssna");
    const options = { out, meetingId: null, appVersion: "1", now, signal, report: () => {}, cost: cheap };
    await assert.rejects(makePackage(store, { ...options, passphrase: "kort" }), { code: "package-passphrase-short" });
    assert.ok(!existsSync(out));
  });

  test("no word and no sound lies on the disk in plain while it is made and taken in", async (t) => {
    const { store, dir } = await fullStore(t);
    const { store: to, dir: toDir } = await temporaryStore(t);
    const folder = temporaryFolder();
    const out = join(folder, "allt.lyssna");
    let looks = 0;
    const look = () => {
      for (const { path, bytes } of [dir, toDir, folder].flatMap(filesIn))
        for (const word of ["Hyran", "välkommen", "OggS", "Hembesök", "SQLite format 3"])
          if (!path.endsWith("lock.db")) assert.ok(!bytes.includes(word), `${word} in ${path}`);
      looks += 1;
    };
    const options = { passphrase, signal, report: look };
    await makePackage(store, { ...options, out, meetingId: null, appVersion: "1", now, cost: cheap });
    look();
    await takeIn(to, { ...options, path: out });
    look();
    assert.ok(looks >= 8);
  });

  test("a full disk: said, nothing half", { skip: smallDiskMissing }, async (t) => {
    const { store, first } = await fullStore(t);
    await writeSound(
      store,
      first.id,
      Array.from({ length: 12 }, () => randomBytes(90_000).toString("latin1")),
    );
    const out = join(temporaryFolder(), "allt.lyssna");
    await make(store, out);
    await assert.rejects(make(store, join(smallDisk(t, 300), "allt.lyssna")), { code: "no-room" });
    const dir = smallDisk(t, 1800);
    const to = await openStore({ dir, key: newKey() });
    try {
      await assert.rejects(take(to, out), { code: "no-room" });
      assert.ok(!(await to.listMeetings()).some(({ id }) => id === first.id));
      assert.deepEqual(await to.sound.unfinished(), []);
    } finally {
      await to.close();
    }
  });
});

describe("across versions", () => {
  test("a package whose rows are of the first version is read, with all that it held", async (t) => {
    const fixture = join(import.meta.dirname, "..", "fixtures", "store-v1");
    const expected = JSON.parse(readFileSync(join(fixture, "expected.json"), "utf8"));
    const packKey = newKey();
    const old = join(temporaryFolder(), "store.db");
    // The rows as the first version kept them, under the key of a package.
    const folder = temporaryFolder();
    cpSync(join(fixture, "folder"), folder, { recursive: true });
    const kept = openDatabase(
      join(folder, "store.db"),
      subkey(new Uint8Array(Buffer.from(expected.key, "hex")), "database"),
    );
    const db = openDatabase(old, packKey);
    migrate(db, storeMigrations.slice(0, 1), () => {});
    for (const table of ["meetings", "transcripts", "segments", "speakers", "summaries", "templates", "settings"]) {
      for (const row of kept.prepare<[], Record<string, string>>(`SELECT * FROM ${table}`).all()) {
        const columns = Object.keys(row);
        db.prepare<string[]>(`INSERT INTO ${table} (${columns.join()}) VALUES (${columns.map(() => "?").join()})`).run(
          ...Object.values(row),
        );
      }
    }
    assert.equal(db.pragma("user_version", { simple: true }), 1);
    kept.close();
    db.close();
    const path = join(folder, "gammalt.lyssna");
    const { id } = expected.meeting;
    await writePackage(
      path,
      (async function* () {
        yield { name: "store.key", pieces: [{ atMs: 0, bytes: packKey }] };
        yield { name: "store.db", pieces: [{ atMs: 0, bytes: readFileSync(old) }] };
        yield { name: `sound/${id}`, pieces: [{ atMs: 0, bytes: Buffer.from(expected.sound) }] };
        yield { name: "senare/okänt", pieces: [{ atMs: 0, bytes: Buffer.from("en senare sort") }] };
      })(),
      { what: "all", passphrase, appVersion: "0.1.0", now, signal, cost: cheap },
    );
    const { store } = await temporaryStore(t);
    assert.equal((await take(store, path)).meetings, 1);
    assert.deepEqual(await store.listMeetings(), [expected.meeting]);
    assert.deepEqual(await store.getTranscript(id), expected.transcript);
    assert.deepEqual(await store.listSummaries(id), expected.summaries);
    assert.deepEqual(await store.listTemplates(), expected.templates);
    assert.equal((await soundOf(store, id)).toString("utf8"), expected.sound);
    assert.equal((await store.search("åtgärd", 10)).length, 2);
  });

  test("rows of a later version are refused, and nothing is changed", async (t) => {
    const { store } = await fullStore(t);
    const out = join(temporaryFolder(), "allt.lyssna");
    await make(store, out);
    const opened = await openPackage(out, passphrase);
    const parts = new Map<string, Uint8Array[]>();
    for await (const { entry, bytes } of opened.pieces()) parts.set(entry, [...(parts.get(entry) ?? []), bytes]);
    await opened.close();
    const dir = temporaryFolder();
    const pack = join(dir, "moving", "store.db");
    cpSync(import.meta.filename, pack);
    writeFileSync(pack, Buffer.concat(parts.get("store.db") ?? []));
    const key = Buffer.concat(parts.get("store.key") ?? []);
    assert.throws(() => openPack(dir, key, storeMigrations.slice(0, -1)), { code: "package-newer" });
    openPack(dir, key).close();
  });

  test("every table of the store is decided about", () => {
    const db = openMeetingDatabase(temporaryFolder(), newKey(), now);
    try {
      const tables = db
        .prepare<[], { name: string }>(
          "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual') AND name NOT LIKE 'sqlite_%'",
        )
        .all()
        .map(({ name }) => name);
      assert.deepEqual(tables.toSorted(), decidedTables.toSorted());
    } finally {
      db.close();
    }
  });
});
