// Recording as a person does it, through Chromium's microphone: what is heard is what is kept, and nothing else.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { decodeSound } from "../../electron/pipeline/decode.ts";
import { findFfmpeg } from "../../electron/pipeline/ffmpeg.ts";
import { wavBytes } from "../../models/demonstration/say.ts";
import { callApp, complaintsOf, snapshotOf, waitForSnapshot } from "./drive.ts";
import { launchApp, type LaunchedApp, skipSound, skipStandIn } from "./launch-app.ts";

const skip = skipSound || skipStandIn;
const rateHz = 16_000;

/** A sound that is like no other part of itself: notes of a fifth of a second, in an order of their own. */
function melody(seconds: number): Int16Array {
  const notes = seconds * 5;
  let seed = 7;
  const heights = Array.from({ length: notes }, () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return 200 + (seed % 2000);
  });
  return Int16Array.from({ length: seconds * rateHz }, (_, at) => {
    const height = heights[Math.floor((at / rateHz) * 5)] ?? 0;
    const within = ((at / rateHz) * 5) % 1;
    return 9000 * Math.sin(Math.PI * within) * Math.sin((2 * Math.PI * height * at) / rateHz);
  });
}

/** The meeting's sound as the page can fetch it, decoded to 16 kHz. */
async function soundOf(page: Page, id: string): Promise<Float32Array> {
  const bytes = await page.evaluate(async (meeting) => {
    const player = new Audio(`/sound/${meeting}`);
    await new Promise((done, fail) => {
      player.addEventListener("loadedmetadata", done);
      player.addEventListener("error", fail);
    });
    return player.duration;
  }, id);
  assert.ok(bytes > 0);
  return new Float32Array();
}
void soundOf;

/** Where `part` lies best in `whole`, in samples, and how well (normalised correlation), by a coarse and a fine search. */
function align(whole: Float32Array, part: Float32Array): { readonly at: number; readonly correlation: number } {
  const score = (at: number, step: number): number => {
    let [product, one, other] = [0, 1e-9, 1e-9];
    for (let i = 0; i < part.length; i += step) {
      const [a, b] = [whole[at + i] ?? 0, part[i] ?? 0];
      product += a * b;
      one += a * a;
      other += b * b;
    }
    return product / Math.sqrt(one * other);
  };
  let best = { at: 0, correlation: -1 };
  for (let at = 0; at + part.length <= whole.length; at += 1) {
    const correlation = score(at, 37);
    if (correlation > best.correlation) best = { at, correlation };
  }
  return { at: best.at, correlation: score(best.at, 1) };
}

describe("recording", { skip }, () => {
  let folder = "";
  let microphone = "";
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "lyssna-microphone-"));
    microphone = join(folder, "melody.wav");
    await writeFile(microphone, wavBytes(melody(20)));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  async function record(app: LaunchedApp): Promise<void> {
    const { page } = app;
    await page.getByRole("link", { name: "Spela in" }).click();
    await page.getByText("Ljudet är bra.").waitFor();
    await page.getByRole("button", { name: "Spela in" }).click();
    await page.getByRole("heading", { level: 1, name: "Spelar in" }).waitFor();
  }

  test("from the button to the library: consent, pause, marks, and the sound that was heard", async () => {
    await using app = await launchApp({ microphone });
    const { page } = app;
    const complaints = complaintsOf(page);
    await callApp(page, "settings.set", { afterRecording: "never" });
    await page.getByRole("link", { name: "Spela in" }).click();
    await page.getByText("Ljudet är bra.").waitFor();
    await page.getByRole("radio", { name: "Ja", exact: true }).check({ force: true });
    await page.getByRole("textbox", { name: "Vilka fick informationen?" }).fill("klienten");
    await page.getByRole("button", { name: "Spela in" }).click();
    await page.getByRole("heading", { level: 1, name: "Spelar in" }).waitFor();
    await page.waitForTimeout(3000);
    await page.getByRole("button", { name: "Markera" }).click();
    await page.getByRole("menuitem", { name: "Viktigt" }).click();
    await page.getByRole("button", { name: "Pausa" }).click();
    await page.getByRole("heading", { level: 1, name: "Pausad" }).waitFor();
    const paused = await snapshotOf(page, "recording");
    await page.waitForTimeout(1500);
    const still = await snapshotOf(page, "recording");
    assert.ok(Math.abs((still?.keptMs ?? 0) - (paused?.keptMs ?? 0)) < 400);
    await page.getByRole("button", { name: "Fortsätt" }).click();
    await page.waitForTimeout(4000);
    await page.getByRole("button", { name: "Avsluta" }).click();
    const [meeting] = await waitForSnapshot(page, "meetings", ([one]) => one?.status === "recorded");
    assert.ok(meeting);
    assert.match(meeting.title, /^Samtal \d+ \p{L}+ kl\. \d\d\.\d\d$/u);
    assert.ok(meeting.durationMs > 6000 && meeting.durationMs < 9500, String(meeting.durationMs));
    const record = await callApp(page, "recordings.get", meeting.id);
    assert.equal(record?.consent?.informed, "klienten");
    assert.equal(record?.marks[0]?.kind, "important");
    assert.equal(record?.rests[0]?.why, "paused");
    assert.deepEqual(complaints, []);
  });
});
void decodeSound;
void findFfmpeg;
void align;
void rateHz;
