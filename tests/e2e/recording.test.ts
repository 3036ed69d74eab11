// Recording as a person does it, through Chromium's microphone: what is heard is what is kept, and nothing else.
import assert from "node:assert/strict";
import { mkdtemp, open, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test, type TestContext } from "node:test";
import type { Page } from "playwright-core";
import type { Meeting } from "../../electron/contract.ts";
import { recordingKeys } from "../../electron/shell/watch-recording.ts";
import { wavBytes } from "../../models/demonstration/say.ts";
import { callApp, complaintsOf, snapshotOf, waitForSnapshot } from "./drive.ts";
import { launchApp, skipSound, skipStandIn } from "./launch-app.ts";
import { align, melody } from "./melody.ts";
import { soundOf } from "./open-store.ts";
import { smallDisk, smallDiskMissing } from "../unit/store-fixtures.ts";

const rateHz = 16_000;

describe("recording", { skip: skipSound || skipStandIn }, () => {
  let folder = "";
  let microphone = "";
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "lyssna-microphone-"));
    microphone = join(folder, "melody.wav");
    await writeFile(microphone, wavBytes(melody(30)));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  /** An app whose folder outlives it, so that one can look at what it left. */
  async function launch(t: TestContext) {
    const dataDir = await mkdtemp(join(tmpdir(), "lyssna-recording-"));
    t.after(() => rm(dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }));
    const app = await launchApp({ microphone, dataDir });
    t.after(() => app.close());
    await callApp(app.page, "settings.set", { afterRecording: "never" });
    return { app, dataDir, page: app.page };
  }

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
    assert.ok(loudest(heard.subarray(0, until)) < 1e-3, "struck");
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

  test("an unplugged microphone gives way to another, and a window that crashes goes on in the same recording", async (t) => {
    const { app, dataDir, page } = await launch(t);
    await makeUnpluggable(page);
    await prepare(page);
    await begin(page);
    await page.waitForTimeout(1000);
    await page.evaluate(() => (window as unknown as { unplug: () => void }).unplug());
    await page.waitForTimeout(2000);
    assert.equal((await recordingOf(page)).state, "recording");
    await app.killWindow();
    const anew = await waitForPage(app);
    await anew.getByText("Fönstret öppnades på nytt. Inspelningen går vidare.").waitFor();
    await anew.waitForTimeout(2500);
    const meeting = await finish(anew);
    assert.ok(meeting.durationMs > 4500, String(meeting.durationMs));
    await app.close();
    const heard = await soundOf(dataDir, meeting.id);
    assert.ok(loudest(heard.subarray(0, rateHz / 2)) > 0.05);
    // Unplugged after a second, give or take: what is heard then is the other microphone.
    assert.ok(loudest(heard.subarray(1.8 * rateHz, 2.6 * rateHz)) > 0.05, "nothing was heard after it was unplugged");
    assert.ok(loudest(heard.subarray(heard.length - 2 * rateHz)) > 0.05);
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

  test("main killed in the middle: at most a second is missing, and the library has it by itself", async (t) => {
    const { app, dataDir, page } = await launch(t);
    await prepare(page);
    await begin(page);
    const began = Date.now();
    await page.waitForTimeout(4000);
    const lasted = Date.now() - began;
    await app.killMain();
    const again = await launchApp({ microphone, dataDir });
    t.after(() => again.close());
    const [meeting] = await waitForSnapshot(again.page, "meetings", ([one]) => one !== undefined);
    assert.deepEqual([meeting?.status, meeting?.recovered], ["recorded", true]);
    assert.ok((meeting?.durationMs ?? 0) > lasted - 1000, `${String(meeting?.durationMs)} of ${String(lasted)} ms`);
    await again.close();
    const heard = await soundOf(dataDir, meeting?.id ?? "");
    assert.ok(Math.abs(heard.length / 16 - (meeting?.durationMs ?? 0)) < 50);
  });

  test("a full disk ends it with a sentence, and all until then is kept", { skip: smallDiskMissing }, async (t) => {
    const dataDir = smallDisk(t, 24_000);
    const app = await launchApp({ microphone, dataDir });
    const { page } = app;
    await callApp(page, "settings.set", { afterRecording: "never" });
    await prepare(page);
    await begin(page);
    await page.waitForTimeout(3000);
    await fillDisk(dataDir);
    await page.getByText(/^Disken är full\. Inspelningen är sparad till 00:\d\d\./u).waitFor();
    const [meeting] = await snapshotOf(page, "meetings");
    assert.ok((meeting?.durationMs ?? 0) > 2500, String(meeting?.durationMs));
    await rm(join(dataDir, "filler"));
    await app.close();
    assert.ok(loudest(await soundOf(dataDir, meeting?.id ?? "")) > 0.05);
  });
});

/** As if the system let a window hear the computer: it hears the same as the microphone, at half the strength. */
async function makeComputerAudible(page: Page): Promise<void> {
  await page.evaluate(() => {
    const devices = navigator.mediaDevices;
    const plain = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
    devices.getDisplayMedia = async () => {
      const context = new AudioContext();
      const half = context.createGain();
      half.gain.value = 0.5;
      const out = context.createMediaStreamDestination();
      context
        .createMediaStreamSource(await devices.getUserMedia({ audio: plain }))
        .connect(half)
        .connect(out);
      const [track] = out.stream.getAudioTracks();
      (window as unknown as { hangUp: () => void }).hangUp = () => track?.stop();
      return out.stream;
    };
  });
}

/** The page's own tracks, so that the test can pull the plug. */
async function makeUnpluggable(page: Page): Promise<void> {
  await page.evaluate(() => {
    const devices = navigator.mediaDevices;
    const ask = devices.getUserMedia.bind(devices);
    devices.getUserMedia = async (wanted) => {
      const stream = await ask(wanted);
      (window as unknown as { unplug: () => void }).unplug = () => {
        for (const track of stream.getTracks()) {
          track.stop();
          track.dispatchEvent(new Event("ended"));
        }
      };
      return stream;
    };
  });
}

async function prepare(page: Page): Promise<void> {
  await page.evaluate(() => (window.location.hash = "#/"));
  await page.getByRole("link", { name: "Spela in" }).first().click();
  await page.getByText("Ljudet är bra.").waitFor();
}

async function begin(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Spela in" }).click();
  await page.getByRole("heading", { level: 1, name: "Spelar in" }).waitFor();
}

async function finish(page: Page): Promise<Meeting> {
  await page.getByRole("button", { name: "Avsluta" }).click();
  const [meeting] = await waitForSnapshot(page, "meetings", ([one]) => one?.status === "recorded");
  assert.ok(meeting);
  return meeting;
}

async function recordingOf(page: Page) {
  const now = await snapshotOf(page, "recording");
  assert.ok(now);
  return now;
}

async function otherPage(app: { pages(): Promise<readonly Page[]> }): Promise<Page> {
  for (let tries = 0; tries < 50; tries++) {
    const [, small] = await app.pages();
    if (small !== undefined) return small;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error("no small window");
}

async function waitForPage(app: { pages(): Promise<readonly Page[]> }): Promise<Page> {
  for (let tries = 0; tries < 100; tries++) {
    const [first] = await app.pages().catch(() => []);
    const lives = await first?.evaluate(() => document.readyState).catch(() => null);
    if (first !== undefined && lives === "complete") return first;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error("the window did not come back");
}

/** To the last byte. */
async function fillDisk(dir: string): Promise<void> {
  const file = await open(join(dir, "filler"), "w");
  try {
    for (let size = 1 << 20; size >= 1;) {
      try {
        await file.write(Buffer.alloc(size, 1));
      } catch {
        size >>= 1;
      }
    }
  } finally {
    await file.close();
  }
}

const loudest = (samples: Float32Array): number => samples.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

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
