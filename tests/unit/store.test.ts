import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test } from "node:test";
import { listBackups } from "../../electron/store/backup-files.ts";
import { openDatabase } from "../../electron/store/database.ts";
import { openStore } from "../../electron/store/store.ts";
import { subkey } from "../../electron/store/subkeys.ts";
import {
  filesIn,
  meeting,
  newKey,
  segment,
  summary,
  temporaryFolder,
  temporaryStore,
  transcript,
} from "./store-fixtures.ts";

const task = { kind: "process", sourcePath: "/inspelning.mp3", modelId: "m", language: "sv", templateId: "t" } as const;
const noTranscript = { code: "not-found" };

describe("meetings and transcripts", () => {
  test("what was saved is found after a restart", async (t) => {
    const dir = temporaryFolder();
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
      () => store.getMeeting("x"),
      () => store.updateMeeting("x", { title: "y" }),
      () => store.deleteMeeting("x"),
      () => store.saveTranscript("x", transcript([])),
      () => store.latestSummary("x"),
      () => store.sound.sizeBytes("x"),
    ]) {
      await assert.rejects(attempt, { code: "not-found" });
    }
  });

  test("a deleted meeting leaves nothing: no rows, no hits, no sound, no backup that holds it", async () => {
    const dir = temporaryFolder();
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

  test("a deleted meeting is soon in no backup either", async () => {
    const dir = temporaryFolder();
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
    const dir = temporaryFolder();
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
    const dir = temporaryFolder();
    const key = newKey();
    const first = await openStore({ dir, key });
    const { id: meetingId } = await first.createMeeting(meeting());
    const job = await first.createJob(meetingId, task);
    const later = await first.createJob(meetingId, { kind: "summarise", templateId: "t" });
    await first.updateJob(job.id, { state: "running", stage: "transcribe", fraction: 0.4, leftMs: 1000.4 });
    for (const part of ["0", "1", "10"]) {
      await first.saveArtefact(job.id, { stage: "transcribe", key: part, value: { key: part } });
    }
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
