// Three hours of sound in the encrypted file: a jump anywhere is heard at once.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { readPage } from "../../electron/opus/ogg-page.ts";
import { opusStream } from "../../electron/opus/opus-stream.ts";
import { encodeOpus } from "../../electron/pipeline/encode-opus.ts";
import { findFfmpeg } from "../../electron/pipeline/ffmpeg.ts";
import { wavBytes } from "../../models/demonstration/say.ts";
import { launchApp, skipSound, skipStandIn } from "../e2e/launch-app.ts";
import { melody } from "../e2e/melody.ts";
import { openStoreOf } from "../e2e/open-store.ts";

const hours = 3;
/** Median of the time from the wish to the element's own "seeked". */
const barMs = 200;

test(
  `a jump in ${String(hours)} hours takes at most ${String(barMs)} ms`,
  { skip: skipSound || skipStandIn },
  async (t) => {
    const ffmpeg = await findFfmpeg({ env: process.env });
    const folder = await mkdtemp(join(tmpdir(), "lyssna-seek-"));
    t.after(() => rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }));
    const dataDir = join(folder, "profile");
    await (await launchApp({ dataDir })).close();
    const path = join(folder, "minute.wav");
    await writeFile(path, wavBytes(melody(61)));
    const packets: Uint8Array[] = [];
    const { signal } = new AbortController();
    for await (const { bytes } of encodeOpus({ path }, { ffmpeg, signal }))
      packets.push(...(readPage(bytes)?.packets ?? []));
    const minute = packets.slice(2, 3002);

    const store = await openStoreOf(dataDir);
    const { id } = await store.createMeeting({
      title: "Långt",
      recordedAt: "2026-03-10T09:02:00",
      language: "sv",
      status: "recorded",
    });
    const writer = await store.sound.create(id);
    const stream = opusStream(1, 312, 1);
    await writer.append(stream.heads, 0);
    for (let at = 0; at < hours * 60; at++)
      for (let from = 0; from < minute.length; from += 20)
        await writer.append(stream.page(minute.slice(from, from + 20)), Math.round(stream.samples() / 48));
    await writer.finish();
    await store.updateMeeting(id, { hasSound: true, durationMs: hours * 3_600_000 });
    await store.close();

    const app = await launchApp({ dataDir });
    t.after(() => app.close());
    const { page } = app;
    await page.evaluate((meeting) => (window.location.hash = `#/meeting/${meeting}`), id);
    await page.waitForFunction(() => (document.querySelector("audio")?.readyState ?? 0) >= 1);
    const took = await page.evaluate(async (seconds) => {
      const audio = document.querySelector("audio");
      if (audio === null) throw new Error("no sound");
      if (Math.abs(audio.duration - seconds) > 0.1) throw new Error(`it is ${String(audio.duration)} s long`);
      const times: number[] = [];
      for (let jump = 0; jump < 25; jump++) {
        const began = performance.now();
        const seeked = new Promise((done) => audio.addEventListener("seeked", done, { once: true }));
        audio.currentTime = (((jump * 7919) % 9973) / 9973) * seconds;
        await seeked;
        times.push(performance.now() - began);
      }
      return times.toSorted((a, b) => a - b);
    }, hours * 3600);
    const median = took[12] ?? Number.POSITIVE_INFINITY;
    t.diagnostic(`median ${median.toFixed(0)} ms, most ${(took.at(-1) ?? 0).toFixed(0)} ms`);
    assert.ok(median <= barMs, `${median.toFixed(0)} ms`);
  },
);
