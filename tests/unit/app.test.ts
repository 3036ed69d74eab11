import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { type App, type AppHost, createApp } from "../../electron/app.ts";
import type { Meeting, SnapshotName } from "../../electron/contract.ts";
import type { LyssnaError } from "../../electron/errors.ts";
import { startNodeInference } from "../../electron/inference/node-port.ts";
import { say, wavBytes } from "../../models/demonstration/say.ts";
import { loadVoice } from "../../models/demonstration/voice.ts";
import { temporaryFolder, withoutFfmpeg } from "../sound-files.ts";
import { wordErrorRate } from "../word-error-rate.ts";

const key = randomBytes(32);
const said =
  "Jag kan inte betala hyran. Vi beslutar att du ska söka bidrag. Handläggaren ska skicka en blankett senast fredag.";

describe("the app behind its window", { skip: withoutFfmpeg }, () => {
  const folder = temporaryFolder();
  const recording = join(folder.dir, "åtgärd & möte.wav");
  let app: App;
  let savePath: string | null = null;
  const copied: string[] = [];

  const host: AppHost = {
    dataDir: join(folder.dir, "data"),
    demonstrationDir: join(folder.dir, "demonstration"),
    key: async () => key,
    startInference: startNodeInference(),
    chooseFiles: async () => [recording],
    chooseFolder: async () => null,
    chooseGlossary: async () => null,
    chooseOne: async () => null,
    chooseSavePath: async () => savePath,
    trash: async () => {},
    copyText: async (text) => copied.push(text) > 0,
    fetch: () => assert.fail("nothing may reach the network"),
    standIn: true,
    version: "0.0.0",
  };

  before(async () => {
    writeFileSync(recording, wavBytes(say(said, loadVoice())));
    app = await createApp(host);
    await app.handlers["settings.set"]({ modelId: "demonstration" });
  });
  after(async () => {
    await app.close();
    folder[Symbol.dispose]();
  });

  test("the machine is examined, and the report for IT names no folder", async () => {
    const findings = await app.handlers["app.examine"]();
    assert.deepEqual(
      findings.filter(({ problem }) => problem !== null),
      [],
    );
    await app.handlers["app.copyFindings"]();
    const report = copied.at(-1) ?? "";
    assert.match(report, /^Lyssna 0\.0\.0\ncomputer: .+/u);
    assert.match(report, /^ffmpeg: \S+ \(/mu);
    assert.ok(!report.includes(folder.dir) && !report.includes(process.cwd()));
  });

  /** Waits until a snapshot is as wanted. */
  const until = (name: SnapshotName, wanted: () => boolean, limitMs = 40_000) =>
    new Promise<void>((done, failed) => {
      const timer = setTimeout(() => failed(new Error(`${name} did not become as wanted`)), limitMs);
      const look = () => {
        if (!wanted()) return;
        clearTimeout(timer);
        stop();
        done();
      };
      const stop = app.onSnapshot((changed) => void (changed === name && look()));
      look();
    });
  const meetingNow = (id: string): Meeting | undefined => app.snapshot("meetings").find((meeting) => meeting.id === id);
  const ended = (id: string) => {
    const status = meetingNow(id)?.status;
    return status === "to-review" || status === "failed" || status === "no-speech";
  };

  let meeting: Meeting;

  test("an imported file becomes sound, a transcript and a summary", async () => {
    const [imported] = await app.handlers["import.choose"]();
    assert.ok(imported);
    await until("meetings", () => ended(imported.id));
    meeting = await app.handlers["meetings.get"](imported.id);
    assert.deepEqual([meeting.status, meeting.error, meeting.title], ["to-review", null, "åtgärd & möte"]);
    assert.ok(meeting.hasSound && meeting.durationMs > 8000);

    const transcript = await app.handlers["transcripts.get"](meeting.id);
    assert.equal(wordErrorRate(said, transcript.segments.map(({ text }) => text).join(" ")), 0);
    assert.ok(transcript.segments.every(({ speaker }) => speaker === transcript.speakers[0]?.id));

    const [version] = await app.handlers["summaries.list"](meeting.id);
    const items = version?.summary.sections.flatMap((section) => section.items) ?? [];
    const ids = new Set(transcript.segments.map(({ id }) => id));
    assert.ok(items.length > 0);
    assert.ok(items.every(({ segments }) => segments.length > 0 && segments.every((id) => ids.has(id))));
  });

  test("a finished job leaves no working material, and the machine's speed is remembered", async () => {
    await until("jobs", () => app.snapshot("jobs").every(({ state }) => state === "done"));
    const [job] = app.snapshot("jobs");
    assert.deepEqual([job?.fraction, job?.leftMs, job?.error], [1, 0, null]);
  });

  test("search finds what was said", async () => {
    const hits = await app.handlers["search.find"]("hyra");
    assert.equal(hits[0]?.meetingId, meeting.id);
  });

  test("nothing that was said lies readable in the data folder, nor any plain sound", () => {
    const dataDir = host.dataDir;
    for (const entry of readdirSync(dataDir, { withFileTypes: true, recursive: true })) {
      if (!entry.isFile()) continue;
      const bytes = readFileSync(join(entry.parentPath, entry.name));
      for (const trace of ["betala hyran", "blankett", "åtgärd & möte", "OggS", "OpusHead", "RIFF"]) {
        assert.equal(bytes.includes(trace), false, `${trace} in ${entry.name}`);
      }
    }
  });

  test("the sound is played from its encrypted file, any part of it", async () => {
    assert.ok(app.sound);
    const size = await app.sound.sizeBytes(meeting.id);
    const bytes: Uint8Array[] = [];
    for await (const part of app.sound.read(meeting.id, 0, 4)) bytes.push(part);
    assert.ok(size > 10_000);
    assert.equal(Buffer.concat(bytes).toString(), "OggS");
  });

  const whole = { citations: true, names: true, client: false };

  test("an export is written where the person says, whole, and not at all when they think better of it", async () => {
    assert.equal(await app.handlers["export.save"](meeting.id, "md", "summary", whole), null);
    savePath = join(folder.dir, "sammanfattning.md");
    assert.equal(await app.handlers["export.save"](meeting.id, "md", "summary", whole), savePath);
    assert.match(readFileSync(savePath, "utf8"), /AI-stött utkast/u);
    savePath = join(folder.dir, "no such folder", "x.vtt");
    const failed = app.handlers["export.save"](meeting.id, "vtt", "transcript", whole);
    await assert.rejects(failed, (error: LyssnaError) => error.code === "cannot-write");
    assert.equal(existsSync(dirname(savePath)), false);
  });

  test("a heading is copied as plain text", async () => {
    const [version] = await app.handlers["summaries.list"](meeting.id);
    const section = version?.summary.sections.find(({ items }) => items.length > 0);
    await app.handlers["copy.heading"](meeting.id, section?.id ?? "");
    assert.ok((copied.at(-1) ?? "").length > 5);
  });

  test("files that cannot be read get their row and their sentence, and the others go on", async () => {
    const bad = join(folder.dir, "trasig.mp3");
    const empty = join(folder.dir, "tom.vtt");
    const good = join(folder.dir, "bra.txt");
    writeFileSync(bad, "inget ljud");
    writeFileSync(empty, "");
    writeFileSync(good, "Anna: Vi ses på måndag.\nBo: Jag ringer skolan på fredag.\n");
    const meetings = await app.handlers["import.files"]([bad, empty, good]);
    await until("meetings", () => meetings.every(({ id }) => ended(id)));
    const outcomes = meetings.map(({ id }) => [meetingNow(id)?.status, meetingNow(id)?.error?.code]);
    assert.deepEqual(outcomes, [
      ["failed", "file-not-media"],
      ["failed", "file-empty"],
      ["to-review", undefined],
    ]);
  });

  test("silence is told, and is no error", async () => {
    const silence = join(folder.dir, "tyst.wav");
    writeFileSync(silence, wavBytes(new Int16Array(160_000)));
    const [quiet] = await app.handlers["import.files"]([silence]);
    assert.ok(quiet);
    await until("meetings", () => ended(quiet.id));
    assert.deepEqual([meetingNow(quiet.id)?.status, meetingNow(quiet.id)?.error], ["no-speech", null]);
  });

  test("a second app on the same folder is told so, and the first goes on", async () => {
    const second = await createApp(host);
    const info = await second.handlers["app.info"]();
    assert.equal(info.storeError?.code, "store-locked");
    await assert.rejects(second.handlers["search.find"]("x"), (error: LyssnaError) => error.code === "store-locked");
    await second.close();
    assert.equal((await app.handlers["app.info"]()).storeError, null);
  });

  test("a restart finds everything", async () => {
    const earlier = app.snapshot("meetings");
    await app.close();
    app = await createApp(host);
    assert.deepEqual(app.snapshot("meetings"), earlier);
    assert.equal(app.snapshot("settings").modelId, "demonstration");
  });

  test("an import that the app was closed upon goes on by itself", async () => {
    const [imported] = await app.handlers["import.again"]([...(await host.chooseFiles())]);
    assert.ok(imported);
    await until("jobs", () => app.snapshot("jobs").some(({ state }) => state === "running"));
    await app.close();
    app = await createApp(host);
    await until("meetings", () => ended(imported.id));
    assert.equal(meetingNow(imported.id)?.status, "to-review");
  });

  test("a cancelled job is told and can be tried again", async () => {
    const [imported] = await app.handlers["import.again"]([...(await host.chooseFiles())]);
    assert.ok(imported);
    const job = app.snapshot("jobs").find(({ meetingId }) => meetingId === imported.id);
    assert.ok(job);
    await app.handlers["jobs.cancel"](job.id);
    await until("meetings", () => meetingNow(imported.id)?.status === "failed");
    assert.equal(meetingNow(imported.id)?.error?.code, "cancelled");
    await app.handlers["jobs.retry"](job.id);
    await until("meetings", () => meetingNow(imported.id)?.status === "to-review");
  });

  test("deleting a meeting takes its sound, its words and its jobs", async () => {
    await app.handlers["meetings.delete"](meeting.id);
    assert.equal(meetingNow(meeting.id), undefined);
    await assert.rejects(
      app.handlers["transcripts.get"](meeting.id),
      (error: LyssnaError) => error.code === "not-found",
    );
    assert.equal(
      app.snapshot("jobs").some(({ meetingId }) => meetingId === meeting.id),
      false,
    );
  });
});
