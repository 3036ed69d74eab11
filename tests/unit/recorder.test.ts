// A recording from its first packet to its end: what is kept, what is struck, what a crash or a full disk leaves.
import assert from "node:assert/strict";
import { renameSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test, type TestContext } from "node:test";
import { decodeSound } from "../../electron/pipeline/decode.ts";
import { findFfmpeg } from "../../electron/pipeline/ffmpeg.ts";
import type { RecordingRecord, RecordingState } from "../../electron/recorded.ts";
import type { Recorder } from "../../electron/recording/types.ts";
import { recoverRecordings } from "../../electron/recording/recover.ts";
import { openStore } from "../../electron/store/store.ts";
import { wavBytes } from "../../models/demonstration/say.ts";
import { feed, packetsOfFile, recorderOn, recordingOptions } from "./recorder-fixtures.ts";
import { filesIn, newKey, smallDisk, smallDiskMissing, temporaryFolder } from "./store-fixtures.ts";

const ffmpeg = await findFfmpeg({ env: process.env }).catch(() => null);
const skip = ffmpeg === null ? "there is no ffmpeg on this machine" : false;
const signal = new AbortController().signal;

/** Packets of 20 ms: one second of a tone of this height after another. */
async function packetsOf(seconds: readonly number[]): Promise<Uint8Array[]> {
  assert.ok(ffmpeg);
  const samples = Int16Array.from({ length: seconds.length * 16_000 }, (_, at) => {
    const hertz = seconds[Math.floor(at / 16_000)] ?? 0;
    return 12_000 * Math.sin((2 * Math.PI * hertz * at) / 16_000);
  });
  const path = join(temporaryFolder(), "tones.wav");
  await writeFile(path, wavBytes(samples));
  return (await packetsOfFile(path, ffmpeg)).slice(0, seconds.length * 50);
}

/** How strongly each second of the sound holds a tone of this height, 0 to 1 (Goertzel). */
function strength(samples: Float32Array, hertz: number): number[] {
  return Array.from({ length: Math.round(samples.length / 16_000) }, (_, second) => {
    // Away from the second's edges, where neighbours ring.
    const part = samples.subarray(second * 16_000 + 2000, (second + 1) * 16_000 - 2000);
    let [re, im, power] = [0, 0, 1e-9];
    for (const [at, value] of part.entries()) {
      const angle = (2 * Math.PI * hertz * at) / 16_000;
      re += value * Math.cos(angle);
      im += value * Math.sin(angle);
      power += value * value;
    }
    return (2 * (re * re + im * im)) / part.length / power;
  });
}

async function openFolder(t: TestContext, dir: string, key: Uint8Array) {
  const store = await openStore({ dir, key });
  let isOpen = true;
  const close = async () => {
    if (isOpen) await store.close();
    isOpen = false;
  };
  t.after(close);
  const states: (RecordingState | null)[] = [];
  const ended: { record: RecordingRecord; error: string | null }[] = [];
  const recorder = recorderOn(dir, store, {
    changed: (state) => void states.push(state),
    ended: async (_meeting, record, error) => void ended.push({ record, error: error?.code ?? null }),
  });
  const heard = async (id: string): Promise<Float32Array> => {
    assert.ok(ffmpeg);
    const parts: Float32Array[] = [];
    for await (const part of decodeSound({ bytes: store.sound.read(id) }, { ffmpeg, signal })) parts.push(part);
    return Float32Array.from(parts.flatMap((part) => [...part]));
  };
  return { store, recorder, states, ended, heard, close };
}

/** Ends without the window's help, as when its last sound has come already. */
async function finish(recorder: Recorder) {
  recorder.flushed(recorder.state()?.take ?? 0);
  return recorder.finish("person");
}

describe("a recording", { skip }, () => {
  test("is what was sent, with rests that take no time, marks, consent and a title that names nobody", async (t) => {
    const { store, recorder, ended, heard, states } = await openFolder(t, temporaryFolder(), newKey());
    const packets = await packetsOf([400, 600, 800]);
    const consent = { informed: "klienten", how: "aloud", answer: "yes", note: "", at: "2026-03-10T09:02:00" } as const;
    const { id, title, status } = await recorder.start({ ...recordingOptions, consent, people: 2 });
    assert.deepEqual([title, status], ["Samtal 10 mars kl. 09.02", "recording"]);
    await assert.rejects(recorder.start(recordingOptions), { code: "already-recording" });
    await feed(recorder, packets.slice(0, 50));
    await recorder.pause("paused");
    assert.equal(recorder.state()?.state, "paused");
    await recorder.mark("important", "");
    await recorder.resume();
    await feed(recorder, packets.slice(50, 100));
    await recorder.pause("off-record");
    await recorder.resume();
    // Sound of an earlier take comes too late.
    await recorder.append({
      take: 1,
      packets: packets[0] ?? new Uint8Array(),
      lengths: [packets[0]?.length ?? 0],
      heard: new Uint8Array(),
    });
    await feed(recorder, packets.slice(100));
    const meeting = await finish(recorder);
    assert.deepEqual([meeting.status, meeting.hasSound, meeting.error], ["recorded", true, null]);
    assert.ok(Math.abs(meeting.durationMs - 3000) < 20, String(meeting.durationMs));
    const samples = await heard(id);
    for (const [second, hertz] of [400, 600, 800].entries())
      assert.ok((strength(samples, hertz)[second] ?? 0) > 0.9, `${String(hertz)} Hz`);
    const record = await store.getRecording(id);
    assert.deepEqual(record?.consent, consent);
    assert.deepEqual([record?.people, record?.endedBy, record?.marks[0]?.kind], [2, "person", "important"]);
    assert.ok(Math.abs((record?.marks[0]?.atMs ?? 0) - 993) < 10);
    assert.deepEqual(
      record?.rests.map(({ why }) => why),
      ["paused", "off-record"],
    );
    assert.deepEqual([ended.length, states.at(-1), recorder.state()], [1, null, null]);
    await assert.rejects(recorder.pause("paused"), { code: "not-recording" });
  });

  test("a strike is thought better of, or is for good; what was asked for just before the end is done at the end", async (t) => {
    const dir = temporaryFolder();
    const { store, recorder, heard } = await openFolder(t, dir, newKey());
    const minutes = [...Array.from({ length: 70 }, () => 400), ...Array.from({ length: 70 }, () => 900)];
    const packets = await packetsOf(minutes);
    const { id } = await recorder.start(recordingOptions);
    await feed(recorder, packets.slice(0, 70 * 50));
    await recorder.strike(1);
    const [regret] = recorder.state()?.regrets ?? [];
    assert.ok(regret !== undefined && regret.leftMs > 9000);
    await recorder.undoStrike(regret.id);
    assert.deepEqual(recorder.state()?.regrets, []);
    await feed(recorder, packets.slice(70 * 50));
    await recorder.mark("quote", "");
    await recorder.strike(1);
    await finish(recorder);
    const samples = await heard(id);
    const [low, high] = [strength(samples, 400), strength(samples, 900)];
    assert.ok(low.slice(0, 70).every((value) => value > 0.9));
    assert.ok(
      high.slice(70, 79).every((value) => value > 0.9),
      "before the last minute",
    );
    assert.ok(
      samples.subarray(81 * 16_000).every((value) => Math.abs(value) < 1e-3),
      "the last minute is silence",
    );
    assert.ok(Math.abs(samples.length / 16_000 - 140) < 0.1);
    const record = await store.getRecording(id);
    assert.deepEqual([record?.strikes.map(({ done }) => done), record?.marks], [[true], []]);
    assert.equal(filesIn(join(dir, "sound")).length, 1);
  });

  test("what was said before a press counts as such, though it comes later: a strike takes it, off the record leaves it out", async (t) => {
    const { recorder, heard } = await openFolder(t, temporaryFolder(), newKey());
    const packets = await packetsOf([600, 600, 600, 600]);
    const { id } = await recorder.start(recordingOptions);
    await feed(recorder, packets.slice(0, 10));
    // A busy window: for 0.6 s nothing comes, and then all of it.
    await new Promise((done) => setTimeout(done, 600));
    await recorder.strike(1);
    await feed(recorder, packets.slice(10, 110));
    await new Promise((done) => setTimeout(done, 300));
    await recorder.pause("off-record");
    await feed(recorder, packets.slice(110));
    const keptMs = recorder.state()?.keptMs ?? 0;
    assert.ok(keptMs > 2400 && keptMs < 3400, `${String(keptMs)} of 4000 ms`);
    await recorder.resume();
    await finish(recorder);
    const samples = await heard(id);
    assert.ok(
      samples.subarray(0, 16 * 1000).every((value) => Math.abs(value) < 1e-3),
      "struck, though it came after the press",
    );
    assert.ok(
      samples.subarray(16 * 1700, 16 * 2100).some((value) => value > 0.05),
      "what came later stays",
    );
  });

  test("after a crash it is in the library by itself, struck as asked, and as long as what was kept", async (t) => {
    const [dir, key] = [temporaryFolder(), newKey()];
    const first = await openFolder(t, dir, key);
    const { id } = await first.recorder.start({ ...recordingOptions, people: 3 });
    await feed(first.recorder, await packetsOf(Array.from({ length: 65 }, () => 500)));
    await first.recorder.strike(1);
    const empty = await first.store.createMeeting({
      title: "",
      recordedAt: "2026-03-10T09:02:00",
      language: "sv",
      status: "recording",
    });
    const record = await first.store.getRecording(id);
    assert.ok(record);
    await first.store.saveRecording(empty.id, record);
    // The store goes as in a crash: without an end of the recording.
    await first.close();
    const second = await openFolder(t, dir, key);
    const [meeting, ...others] = await recoverRecordings(second.store, second.store.sound);
    assert.ok(meeting);
    assert.deepEqual(others, []);
    assert.deepEqual([meeting.id, meeting.status, meeting.recovered, meeting.hasSound], [id, "recorded", true, true]);
    assert.ok(Math.abs(meeting.durationMs - 65_000) < 20, String(meeting.durationMs));
    const samples = await second.heard(id);
    assert.ok(
      strength(samples, 500)
        .slice(0, 4)
        .every((value) => value > 0.9),
    );
    assert.ok(samples.subarray(6 * 16_000).every((value) => Math.abs(value) < 1e-3));
    // What never got any sound is not there; and there is nothing to recover any more.
    await assert.rejects(second.store.getMeeting(empty.id), { code: "not-found" });
    assert.deepEqual(await recoverRecordings(second.store, second.store.sound), []);
    assert.equal((await second.store.getRecording(id))?.endedBy, "crash");
  });

  test("one whose sound cannot be read is kept and says so; the others are recovered; it is too when it can be read", async (t) => {
    const [dir, key] = [temporaryFolder(), newKey()];
    const ids: string[] = [];
    for (let at = 0; at < 2; at++) {
      const folder = await openFolder(t, dir, key);
      ids.push((await folder.recorder.start(recordingOptions)).id);
      await feed(folder.recorder, await packetsOf([500, 500]));
      await folder.close();
    }
    const [first = "", second = ""] = ids;
    const path = join(dir, "sound", `${first}.lysnd`);
    renameSync(path, `${path}.held`);
    const folder = await openFolder(t, dir, key);
    assert.deepEqual(
      (await recoverRecordings(folder.store, folder.store.sound)).map(({ id }) => id),
      [second],
    );
    const kept = await folder.store.getMeeting(first);
    assert.deepEqual([kept.status, kept.error?.code], ["failed", "sound-damaged"]);
    renameSync(`${path}.held`, path);
    const [recovered] = await recoverRecordings(folder.store, folder.store.sound);
    assert.deepEqual([recovered?.id, recovered?.status, recovered?.error], [first, "recorded", null]);
    assert.ok(Math.abs((recovered?.durationMs ?? 0) - 2000) < 20);
  });

  test("a full disk ends it with a sentence, and keeps all until then", { skip: smallDiskMissing }, async (t) => {
    const dir = smallDisk(t, 4096);
    const { store, recorder, ended, heard, close } = await openFolder(t, dir, newKey());
    const packets = await packetsOf(Array.from({ length: 60 }, () => 700));
    const { id } = await recorder.start(recordingOptions);
    let fed = 0;
    for (; fed < 60 && recorder.state() !== null; fed++) await feed(recorder, packets);
    assert.equal(recorder.state(), null, "the disk was not full");
    assert.equal(ended[0]?.error, "recording-disk-full");
    const meeting = await store.getMeeting(id);
    assert.deepEqual(
      [meeting.status, meeting.hasSound, meeting.error?.code],
      ["recorded", true, "recording-disk-full"],
    );
    assert.match(meeting.error?.details["time"] as string, /^\d\d:\d\d$/u);
    const samples = await heard(id);
    assert.ok(Math.abs(samples.length / 16 - meeting.durationMs) < 30);
    assert.ok(meeting.durationMs > (fed - 1) * 60_000, "all that was answered is kept");
    assert.ok(
      strength(samples, 700)
        .slice(0, 30)
        .every((value) => value > 0.9),
    );
    // The disk can only go when nothing is open on it.
    await close();
  });
});
