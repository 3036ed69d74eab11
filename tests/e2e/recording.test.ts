// Recording as a person does it, through Chromium's microphone: what is heard is what is kept, and nothing else.
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import type { Page } from "playwright-core";
import { recordingKeys } from "../../electron/shell/watch-recording.ts";
import { callApp, complaintsOf, waitForSnapshot } from "./drive.ts";
import { skipSound, skipStandIn } from "./launch-app.ts";
import { align, melody } from "./melody.ts";
import { soundOf } from "./open-store.ts";
import { begin, finish, loudest, prepare, rateHz, recordingOf, useMicrophone } from "./record.ts";

describe("recording", { skip: skipSound || skipStandIn }, () => {
  const { launch } = useMicrophone();

  test("from the button to the library: consent, pause, marks, and the sound that was heard", async (t) => {
    const { app, dataDir, page } = await launch(t);
    const complaints = complaintsOf(page);
    await prepare(page);
    await page.getByText("Ja", { exact: true }).click();
    await page.getByRole("textbox", { name: "Vilka fick informationen?" }).fill("klienten");
    await begin(page);
    await page.waitForTimeout(6000);
    await page.getByRole("button", { name: "Markera" }).click();
    await page.getByRole("menuitem", { name: "Viktigt" }).click();
    await page.getByRole("button", { name: "Pausa" }).click();
    await page.getByRole("heading", { level: 1, name: "Pausad" }).waitFor();
    await page.waitForTimeout(600);
    const { keptMs } = await recordingOf(page);
    await page.waitForTimeout(1500);
    assert.equal((await recordingOf(page)).keptMs, keptMs, "a pause takes no time");
    await page.getByRole("button", { name: "Fortsätt" }).click();
    await page.waitForTimeout(6000);
    const meeting = await finish(page);
    assert.match(meeting.title, /^Samtal \d+ \p{L}+ kl\. \d\d\.\d\d$/u);
    await page.getByRole("heading", { level: 1, name: meeting.title }).waitFor();
    const record = await callApp(page, "recordings.get", meeting.id);
    assert.deepEqual(
      [record?.consent?.informed, record?.consent?.answer, record?.marks[0]?.kind, record?.rests[0]?.why],
      ["klienten", "yes", "important", "paused"],
    );
    assert.deepEqual(complaints, []);
    await app.close();

    const heard = await soundOf(dataDir, meeting.id);
    assert.ok(Math.abs(heard.length / 16 - meeting.durationMs) < 100, "as long as it says");
    const source = Float32Array.from(melody(30), (value) => value / 32_768);
    const cut = Math.round(keptMs * 16);
    // Chromium's microphone plays the file over and over: each part lies somewhere in it, whole.
    for (const [name, part] of [
      ["before the pause", heard.subarray(rateHz / 5, cut - rateHz / 5)],
      ["after the pause", heard.subarray(cut + rateHz / 5, heard.length - rateHz / 5)],
    ] as const) {
      const { correlation } = align(source, part);
      assert.ok(correlation >= 0.95, `${name}: ${correlation.toFixed(3)}`);
    }
  });

  test("what is struck is nowhere, and nothing plain was on the disk at any time", async (t) => {
    const { app, dataDir, page } = await launch(t);
    await prepare(page);
    await begin(page);
    const plain: string[] = [];
    const watching = new AbortController();
    const watched = (async () => {
      while (!watching.signal.aborted) {
        plain.push(...(await plainSoundIn(dataDir)));
        await new Promise((done) => setTimeout(done, 500));
      }
    })();
    await page.waitForTimeout(4000);
    await page.getByRole("button", { name: "Stryk senaste 2 min" }).click();
    await page.getByText(/stryks om \d+ sekunder/u).waitFor();
    await page.getByRole("button", { name: "Ångra" }).click();
    await page.getByText(/stryks om/u).waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Stryk senaste 2 min" }).click();
    const struckMs = (await recordingOf(page)).keptMs;
    await page.getByText(/stryks om/u).waitFor({ state: "detached", timeout: 15_000 });
    await page.waitForTimeout(3000);
    const meeting = await finish(page);
    const record = await callApp(page, "recordings.get", meeting.id);
    assert.equal(record?.strikes.length, 1);
    watching.abort();
    await watched;
    await app.close();
    assert.deepEqual(plain, []);
    const heard = await soundOf(dataDir, meeting.id);
    const until = Math.floor((record?.strikes[0]?.toMs ?? 0) * 16);
    assert.ok(until >= struckMs * 16);
    const heardAt = heard.subarray(0, until).findIndex((value) => Math.abs(value) >= 1e-3);
    assert.equal(heardAt, -1, `struck, and heard ${(until - heardAt) / 16} ms before its end`);
    assert.ok(loudest(heard.subarray(until + rateHz)) > 0.05, "what came after stays");
    const files = await readdir(join(dataDir, "data", "sound"));
    assert.equal(files.length, 1, "no old file is left");
  });

  test("sleep pauses, keys work from anywhere, the cross waits, the small window says the same, quitting keeps it", async (t) => {
    const { app, page } = await launch(t);
    await page.evaluate(() => {
      const battery = Object.assign(new EventTarget(), { level: 0.07, charging: false });
      Object.defineProperty(navigator, "getBattery", { value: async () => battery });
    });
    await prepare(page);
    await begin(page);
    await page.getByText("Batteriet är nästan slut.").waitFor();
    await page.waitForTimeout(1500);
    await app.shortcut(recordingKeys.mark);
    await waitForSnapshot(page, "recording", (now) => now?.marks.length === 1);
    await app.shortcut(recordingKeys.pause);
    await page.getByRole("heading", { level: 1, name: "Pausad" }).waitFor();
    await app.shortcut(recordingKeys.pause);
    await page.getByRole("heading", { level: 1, name: "Spelar in" }).waitFor();
    await app.power("suspend");
    await page.getByText("Datorn har varit i viloläge. Inspelningen är pausad.").waitFor();
    await page.getByRole("button", { name: "Fortsätt" }).click();
    await app.shortcut(recordingKeys.offRecord);
    await page.getByRole("heading", { level: 1, name: "Utanför protokollet" }).waitFor();
    await page.getByRole("button", { name: "Fortsätt" }).click();
    await page.evaluate(() => (window.location.hash = "#/"));
    await page.getByRole("complementary", { name: "Inspelning pågår" }).waitFor();
    await app.askToClose();
    await page.getByText("Inspelningen pågår. Avsluta den innan du stänger fönstret.").waitFor();
    await page.getByRole("button", { name: "Litet fönster" }).click();
    const small = await otherPage(app);
    await small.getByRole("heading", { name: /^Spelar in/u }).waitFor();
    await small.getByRole("button", { name: "Pausa" }).click();
    await page.getByRole("heading", { level: 1, name: "Pausad" }).waitFor();
    await small.getByRole("button", { name: "Fortsätt" }).click();
    await page.getByRole("heading", { level: 1, name: "Spelar in" }).waitFor();
    await page.waitForTimeout(1500);
    // Quitting in the middle keeps all that was said.
    const again = await app.restart();
    t.after(() => again.close());
    const [meeting] = await waitForSnapshot(again.page, "meetings", ([one]) => one !== undefined);
    assert.deepEqual([meeting?.status, meeting?.recovered], ["recorded", undefined]);
    assert.ok((meeting?.durationMs ?? 0) > 2500, String(meeting?.durationMs));
    const record = await callApp(again.page, "recordings.get", meeting?.id ?? "");
    assert.deepEqual(
      record?.rests.map(({ why }) => why),
      ["paused", "sleep", "off-record", "paused"],
    );
  });

  test("both sides of a call: two channels in step, each a person; one that ends is told", async (t) => {
    const { app, dataDir, page } = await launch(t);
    await callApp(page, "settings.set", { modelId: "demonstration" });
    await makeComputerAudible(page);
    const choices = { kind: "meeting", about: null, microphone: "", people: null, templateId: "sip" } as const;
    const call = { systemSound: true, consent: null, title: "", preSkip: 312, liveText: false };
    await callApp(page, "recording.start", { ...choices, ...call });
    await page.evaluate(() => (window.location.hash = "#/record"));
    await page.getByRole("heading", { level: 1, name: "Spelar in" }).waitFor();
    await page.waitForTimeout(6000);
    await page.evaluate(() => (window as unknown as { hangUp: () => void }).hangUp());
    await page.getByText("Datorns ljud är borta. Det som följer är bara mikrofonen.").waitFor();
    await page.waitForTimeout(2500);
    const meeting = await finish(page);
    const job = await callApp(page, "recordings.transcribe", meeting.id);
    assert.deepEqual(job.task, { ...job.task, pick: { track: 0, channels: "split" } });
    await app.close();
    const [room, other] = [await soundOf(dataDir, meeting.id, 0), await soundOf(dataDir, meeting.id, 1)];
    assert.equal(room.length, other.length);
    const from = 2 * rateHz;
    const { at, correlation } = align(room, other.subarray(from, from + 3 * rateHz));
    assert.ok(correlation >= 0.9, correlation.toFixed(3));
    assert.ok(Math.abs(at - from) <= rateHz / 5, `${String((at - from) / 16)} ms apart`);
    assert.ok(loudest(other.subarray(-rateHz)) < 0.001 && loudest(room.subarray(-rateHz)) > 0.05);
  });
});

/** As if the system let a window hear the computer: the microphone's own track once more, so in step with it. */
async function makeComputerAudible(page: Page): Promise<void> {
  await page.evaluate(() => {
    const devices = navigator.mediaDevices;
    const open = devices.getUserMedia.bind(devices);
    let heard: MediaStreamTrack | undefined;
    devices.getUserMedia = async (wanted) => {
      const stream = await open(wanted);
      [heard] = stream.getAudioTracks();
      return stream;
    };
    devices.getDisplayMedia = async () => {
      if (heard === undefined) throw new DOMException("the microphone comes first", "NotFoundError");
      const computer = heard.clone();
      (window as unknown as { hangUp: () => void }).hangUp = () => computer.stop();
      return new MediaStream([computer]);
    };
  });
}

async function otherPage(app: { pages(): Promise<readonly Page[]> }): Promise<Page> {
  for (let tries = 0; tries < 50; tries++) {
    const [, small] = await app.pages();
    if (small !== undefined) return small;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error("no small window");
}

/** Files under the folder that hold the beginning of a sound file as any program would write it. */
async function plainSoundIn(dir: string): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(dir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = await readFile(path).catch(() => Buffer.alloc(0));
    if (["OggS", "OpusHead", "RIFF", "webm"].some((mark) => bytes.includes(mark))) found.push(entry.name);
  }
  return found;
}
