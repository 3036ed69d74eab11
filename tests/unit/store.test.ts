import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { latestBackup, restoreBackup } from "../../electron/store/backup.ts";
import { listBackups } from "../../electron/store/backup-files.ts";
import { openDatabase } from "../../electron/store/database.ts";
import { subkey } from "../../electron/store/subkeys.ts";
import { openStore } from "../../electron/store/store.ts";
import {
  digestsIn,
  filesIn,
  meeting,
  newKey,
  segment,
  smallDisk,
  smallDiskMissing,
  summary,
  temporaryFolder,
  temporaryStore,
  transcript,
} from "./store-fixtures.ts";

const task = { kind: "process", sourcePath: "/inspelning.mp3", modelId: "m", language: "sv", templateId: "t" } as const;
const noTranscript = { code: "not-found" };

describe("meetings and transcripts", () => {
  test("what was saved is found after a restart", async (t) => {
    const dir = temporaryFolder(t);
    const key = newKey();
    const first = await openStore({ dir, key });
    const made = await first.createMeeting(meeting({ demonstration: true, durationMs: 1234 }));
    assert.equal(made.status, "waiting");
    const error = { code: "file-empty", details: { file: "a.wav" } } as const;
    const changed = await first.updateMeeting(made.id, {
      status: "failed",
      error,
      caseReference: "DNR 1",
      hasSound: true,
    });
    const original = {
      ...transcript(["Hej och välkommen.", "Tack."]),
      extra: { kept: true },
      segments: [
        segment(0, "Hej och välkommen.", {
          confidence: 0.9,
          words: [{ text: "Hej", startMs: 0, endMs: 200 }],
          timing: "measured",
          state: "ok",
        }),
        segment(1, "Tack.", { speaker: "A", own: 1 }),
      ],
    };
    await first.saveTranscript(made.id, original);
    await first.setSetting("theme", "dark");
    await first.close();

    const second = await openStore({ dir, key });
    t.after(() => second.close());
    assert.deepEqual(await second.listMeetings(), [changed]);
    assert.deepEqual(await second.getTranscript(made.id), {
      ...original,
      title: made.title,
      recordedAt: made.recordedAt,
    });
    assert.deepEqual(await second.listSegments(made.id), original.segments);
    assert.deepEqual(await second.getSettings(), { theme: "dark" });
  });

  test("a transcript of many pages comes back whole and in order", async (t) => {
    const { store } = await temporaryStore(t);
    const { id } = await store.createMeeting(meeting());
    const saved = transcript(Array.from({ length: 1201 }, (_, index) => `mening ${index}`));
    await store.saveTranscript(id, saved);
    assert.deepEqual(await store.listSegments(id), saved.segments);
  });

  test("a transcript saved again replaces the first", async (t) => {
    const { store } = await temporaryStore(t);
    const { id } = await store.createMeeting(meeting());
    await assert.rejects(store.getTranscript(id), noTranscript);
    assert.deepEqual(await store.listSegments(id), []);
    await store.saveTranscript(id, transcript(["ett", "två", "tre"]));
    await store.saveTranscript(id, transcript(["fyra"]));
    await store.saveSpeakers(id, [{ id: "A", name: "Beda" }]);
    const read = await store.getTranscript(id);
    assert.deepEqual(
      read.segments.map(({ text }) => text),
      ["fyra"],
    );
    assert.deepEqual(read.speakers, [{ id: "A", name: "Beda" }]);
    assert.deepEqual(await store.search("två", 10), []);
  });

  test("the newest meeting comes first, also when it was entered before an older one", async (t) => {
    const { store } = await temporaryStore(t);
    for (const [title, recordedAt] of [
      ["b", "2026-03-10T09:02:00"],
      ["c", "2026-03-11T09:02:00"],
      ["a", "2025-01-01T00:00:00"],
    ] as const) {
      await store.createMeeting(meeting({ title, recordedAt }));
    }
    assert.deepEqual(
      (await store.listMeetings()).map(({ title }) => title),
      ["c", "b", "a"],
    );
  });

  test("a hundred meetings of the same minute all have their place", async (t) => {
    const { store } = await temporaryStore(t);
    for (let count = 0; count < 100; count++) await store.createMeeting(meeting());
    assert.equal((await store.listMeetings()).length, 100);
  });

  test("summaries get versions 1, 2, 3 and the latest is the last", async (t) => {
    const { store } = await temporaryStore(t);
    const { id } = await store.createMeeting(meeting());
    assert.equal(await store.latestSummary(id), null);
    for (const text of ["a", "b", "c"]) await store.addSummary(id, summary([text]));
    const versions = await store.listSummaries(id);
    assert.deepEqual(
      versions.map(({ version }) => version),
      [3, 2, 1],
    );
    assert.deepEqual(await store.latestSummary(id), versions[0]);
    assert.equal(versions[0]?.summary.sections[0]?.items[0]?.text, "c");
  });

  test("own templates are kept by id", async (t) => {
    const { store } = await temporaryStore(t);
    const template = {
      lyssna: "template/1",
      id: "egen",
      version: 1,
      title: "Egen",
      language: "sv",
      sections: [{ id: "a", heading: "A", kind: "bullets" }],
    } as const;
    await store.saveTemplate({ ...template, sections: [...template.sections] });
    await store.saveTemplate({ ...template, version: 2, sections: [...template.sections] });
    assert.deepEqual(
      (await store.listTemplates()).map(({ version }) => version),
      [2],
    );
    await store.deleteTemplate("egen");
    assert.deepEqual(await store.listTemplates(), []);
  });

  test("a meeting that is not there is not-found", async (t) => {
    const { store } = await temporaryStore(t);
    for (const attempt of [
      store.getMeeting("x"),
      store.updateMeeting("x", { title: "y" }),
      store.deleteMeeting("x"),
      store.saveTranscript("x", transcript([])),
      store.latestSummary("x"),
      store.sound.sizeBytes("x"),
    ]) {
      await assert.rejects(attempt, { code: "not-found" });
    }
  });

  test("a deleted meeting leaves nothing: no rows, no hits, no sound, no backup that holds it", async (t) => {
    const dir = temporaryFolder(t);
    const key = newKey();
    const store = await openStore({ dir, key });
    const kept = await store.createMeeting(meeting({ title: "kvar" }));
    const { id } = await store.createMeeting(meeting());
    await store.saveTranscript(id, transcript(["hemligheten"]));
    await store.addSummary(id, summary(["hemligheten igen"]));
    const job = await store.createJob(id, task);
    const writer = await store.sound.create(id);
    await writer.append(new Uint8Array(100), 0);
    await writer.finish();
    await store.deleteMeeting(id);
    assert.deepEqual(await store.listMeetings(), [kept]);
    assert.deepEqual(await store.search("hemligheten", 10), []);
    assert.deepEqual(await store.listJobs(), []);
    await assert.rejects(store.updateJob(job.id, { state: "done" }), { code: "not-found" });
    await assert.rejects(store.sound.sizeBytes(id), { code: "not-found" });
    assert.equal(filesIn(join(dir, "sound")).length, 0);
    await store.close();
  });

  test("a deleted meeting is soon in no backup either", async (t) => {
    const dir = temporaryFolder(t);
    const key = newKey();
    const first = await openStore({ dir, key });
    const { id } = await first.createMeeting(meeting());
    await first.createMeeting(meeting({ title: "kvar" }));
    await first.close();
    const second = await openStore({ dir, key });
    await second.deleteMeeting(id);
    await second.close();
    const backups = await listBackups(dir);
    const titles = backups.map(({ path }) => {
      const db = openDatabase(path, subkey(key, "database"), { readonly: true });
      const rows = db.prepare<[], { title: string }>("SELECT title FROM meetings").all();
      db.close();
      return rows.map(({ title }) => title);
    });
    assert.deepEqual(titles, [["kvar"]]);
  });

  test("words of a deleted meeting soon leave the index's own pages too", async (t) => {
    const dir = temporaryFolder(t);
    const key = newKey();
    const store = await openStore({ dir, key });
    const ids: string[] = [];
    for (let count = 0; count < 5; count++) {
      const { id } = await store.createMeeting(meeting());
      await store.saveTranscript(id, transcript([`qvxz${count}hemlig`, "vanligt"]));
      ids.push(id);
    }
    for (const id of ids.slice(1)) await store.deleteMeeting(id);
    await store.close();
    const db = openDatabase(join(dir, "store.db"), subkey(key, "database"), { readonly: true });
    t.after(() => db.close());
    const pages = db.prepare<[], { block: Buffer }>("SELECT block FROM passages_data").all();
    const holds = (text: string) => pages.some(({ block }) => block.includes(text));
    assert.deepEqual(
      ids.map((_, count) => holds(`${count}hemlig`)),
      [true, false, false, false, false],
    );
    assert.deepEqual(db.prepare("SELECT * FROM notes").all(), []);
  });
});

describe("jobs", () => {
  test("a job that was running is queued again at the next start, with what it had finished", async (t) => {
    const dir = temporaryFolder(t);
    const key = newKey();
    const first = await openStore({ dir, key });
    const { id: meetingId } = await first.createMeeting(meeting());
    const job = await first.createJob(meetingId, task);
    const later = await first.createJob(meetingId, { kind: "summarise", templateId: "t" });
    await first.updateJob(job.id, { state: "running", stage: "transcribe", fraction: 0.4, leftMs: 1000.4 });
    for (const key of ["0", "1", "10"]) await first.saveArtefact(job.id, { stage: "transcribe", key, value: { key } });
    await first.saveArtefact(job.id, { stage: "transcribe", key: "1", value: { again: true } });
    await first.close();

    const second = await openStore({ dir, key });
    t.after(() => second.close());
    const jobs = await second.listJobs();
    assert.deepEqual(jobs, [{ ...job, state: "queued", stage: "transcribe", fraction: 0.4 }, later]);
    assert.deepEqual(await second.listArtefacts(job.id, "transcribe"), [
      { stage: "transcribe", key: "0", value: { key: "0" } },
      { stage: "transcribe", key: "1", value: { again: true } },
      { stage: "transcribe", key: "10", value: { key: "10" } },
    ]);
    assert.deepEqual(await second.listArtefacts(job.id, "decode"), []);
    await second.clearArtefacts(job.id);
    assert.deepEqual(await second.listArtefacts(job.id, "transcribe"), []);
  });
});

describe("faults", () => {
  const sentence = "blåbärspaj med vaniljsås";

  test("nothing that was said or entered can be read in any file of the folder", async (t) => {
    const { store, dir } = await temporaryStore(t);
    const { id } = await store.createMeeting(meeting({ title: sentence }));
    await store.saveTranscript(id, transcript([sentence]));
    await store.addSummary(id, summary([sentence]));
    await store.setSetting("note", sentence);
    const writer = await store.sound.create(id);
    await writer.append(Buffer.from(sentence), 0);
    await writer.finish();
    const files = filesIn(dir);
    assert.ok(
      files.some(({ path }) => path.endsWith("store.db-wal")),
      "the log is among the files",
    );
    for (const { path, bytes } of files) {
      for (const encoding of ["utf8", "utf16le", "latin1"] as const) {
        assert.equal(bytes.includes(Buffer.from("blåbärspaj", encoding)), false, path);
      }
      assert.equal(bytes.includes("SQLite format"), false, path);
    }
  });

  test("a wrong key says so, and changes nothing", async (t) => {
    const dir = temporaryFolder(t);
    const key = newKey();
    await (await openStore({ dir, key })).close();
    const before = digestsIn(dir);
    await assert.rejects(openStore({ dir, key: newKey() }), { code: "store-key-wrong" });
    assert.deepEqual(digestsIn(dir), before);
    // Also without the file that tells them apart.
    rmSync(join(dir, "store.json"));
    await assert.rejects(openStore({ dir, key: newKey() }), { code: "store-key-wrong" });
    await (await openStore({ dir, key })).close();
    assert.ok(existsSync(join(dir, "store.json")));
  });

  for (const [name, harm] of [
    ["random bytes in the first page", (path: string) => overwrite(path, 100, 64)],
    ["a new salt", (path: string) => overwrite(path, 0, 16)],
    ["cut short", (path: string) => truncateSync(path, 5000)],
    ["emptied", (path: string) => truncateSync(path, 0)],
    ["gone", (path: string) => rmSync(path)],
  ] as const) {
    test(`a damaged database (${name}) says so with the backup's date, and the backup can be put back`, async (t) => {
      const dir = temporaryFolder(t);
      const key = newKey();
      const first = await openStore({ dir, key });
      const { id } = await first.createMeeting(meeting({ title: "sparat" }));
      const gone = await first.createMeeting(meeting({ title: "ska bort" }));
      await first.saveTranscript(id, transcript(["ord som finns"]));
      await first.close();
      await backedUp(dir, key);
      const backupAt = await latestBackup(dir);
      assert.match(String(backupAt), /^\d{4}-\d\d-\d\d \d\d:\d\d$/u);
      const second = await openStore({ dir, key });
      await second.deleteMeeting(gone.id);
      await second.close();

      harm(join(dir, "store.db"));
      const harmed = existsSync(join(dir, "store.db")) ? readFileSync(join(dir, "store.db")) : null;
      await assert.rejects(openStore({ dir, key }), {
        code: "store-damaged",
        details: { backup: await latestBackup(dir) },
      });
      assert.deepEqual(existsSync(join(dir, "store.db")) ? readFileSync(join(dir, "store.db")) : null, harmed);

      await restoreBackup(dir, key);
      const third = await openStore({ dir, key });
      t.after(() => third.close());
      assert.deepEqual(
        (await third.listMeetings()).map(({ title }) => title),
        ["sparat"],
      );
      assert.equal((await third.search("finns", 10)).length, 1);
      const aside = filesIn(join(dir, "damaged")).find(({ path }) => path.endsWith("store.db"));
      assert.deepEqual(aside?.bytes ?? null, harmed);
    });
  }

  test("damage deep in the file is found by the check in the background, and when it is read", async (t) => {
    const dir = temporaryFolder(t);
    const key = newKey();
    const first = await openStore({ dir, key });
    const { id } = await first.createMeeting(meeting());
    await first.saveTranscript(
      id,
      transcript(Array.from({ length: 3000 }, (_, index) => `en mening med nummer ${index}`)),
    );
    assert.equal(await first.checkIntegrity(), "ok");
    await first.close();
    const path = join(dir, "store.db");
    const size = readFileSync(path).length;
    for (let at = 40 * 4096; at < size; at += 4096) overwrite(path, at + 50, 20);
    const second = await openStore({ dir, key });
    t.after(() => second.close());
    assert.equal(await second.checkIntegrity(), "damaged");
    await assert.rejects(second.listSegments(id), { code: "store-damaged" });
  });

  test("with no backup, damage says so and there is nothing to put back", async (t) => {
    const dir = temporaryFolder(t);
    const key = newKey();
    await (await openStore({ dir, key })).close();
    overwrite(join(dir, "store.db"), 100, 64);
    await assert.rejects(openStore({ dir, key }), { code: "store-damaged", details: { backup: "–" } });
    await assert.rejects(restoreBackup(dir, key), { code: "store-damaged" });
    assert.ok(existsSync(join(dir, "store.db")));
  });

  test("a process killed in the middle of its writing leaves whole transcripts only", async (t) => {
    const dir = temporaryFolder(t);
    const key = newKey();
    const first = await openStore({ dir, key });
    const { id } = await first.createMeeting(meeting());
    await first.close();
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, "store-writer.ts"), dir, Buffer.from(key).toString("hex"), id],
      {
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    await once(child.stdout, "data");
    await new Promise((resolve) => setTimeout(resolve, 150));
    child.kill("SIGKILL");
    await once(child, "exit");

    const second = await openStore({ dir, key });
    t.after(() => second.close());
    const segments = await second.listSegments(id);
    assert.equal(segments.length, 500);
    assert.equal(new Set(segments.map(({ text }) => text)).size, 1, "one version, not parts of two");
    assert.equal(await second.checkIntegrity(), "ok");
    const [word = ""] = segments[0]?.text.split(" ") ?? [];
    assert.equal((await second.search(`"${word}"`, 1000)).length, 500);
  });

  test("no room on the disk: says so, keeps what was saved", { skip: smallDiskMissing }, async (t) => {
    const dir = smallDisk(t, 1500);
    const key = newKey();
    const store = await openStore({ dir, key });
    const { id } = await store.createMeeting(meeting());
    await store.saveTranscript(id, transcript(["det som fanns"]));
    const large = transcript(Array.from({ length: 20_000 }, (_, index) => `en lång mening med nummer ${index}`));
    await assert.rejects(store.saveTranscript(id, large), { code: "no-room" });
    assert.deepEqual(
      (await store.listSegments(id)).map(({ text }) => text),
      ["det som fanns"],
    );
    await store.close();
    const again = await openStore({ dir, key });
    assert.deepEqual(
      (await again.listSegments(id)).map(({ text }) => text),
      ["det som fanns"],
    );
    await again.close();
  });

  test("no room even to begin: says so", { skip: smallDiskMissing }, async (t) => {
    await assert.rejects(openStore({ dir: smallDisk(t, 64), key: newKey() }), { code: "no-room" });
  });

  test("backups are one a day, and few", async (t) => {
    const dir = temporaryFolder(t);
    const key = newKey();
    const day = 86_400_000;
    const start = Date.parse("2026-03-01T08:00:00Z");
    for (let count = 0; count < 6; count++) {
      const store = await openStore({ dir, key, clock: () => start + count * day });
      if (count === 0) await store.createMeeting(meeting());
      await store.close();
    }
    const store = await openStore({ dir, key, clock: () => start + 5 * day + 2000 });
    const dates = (await store.backups()).map(({ createdAt }) => createdAt.slice(0, 10));
    await store.close();
    assert.deepEqual(dates, ["2026-03-06", "2026-03-05", "2026-03-04", "2026-03-03", "2026-03-02"]);
  });
});

/** Opens and closes once more: the day's backup is made then. */
async function backedUp(dir: string, key: Uint8Array): Promise<void> {
  await (await openStore({ dir, key })).close();
}

function overwrite(path: string, at: number, count: number): void {
  const copy = `${path}.copy`;
  copyFileSync(path, copy);
  const bytes = readFileSync(copy);
  for (let index = at; index < Math.min(at + count, bytes.length); index++) bytes[index] = (bytes[index] ?? 0) ^ 0x5a;
  writeFileSync(path, bytes);
  rmSync(copy);
}
