// Eight hours of recording through the real path, as fast as it goes: memory stays flat, and no time is lost or added.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { probeSound } from "../../electron/pipeline/decode.ts";
import { findFfmpeg } from "../../electron/pipeline/ffmpeg.ts";
import { openStore } from "../../electron/store/store.ts";
import { wavBytes } from "../../models/demonstration/say.ts";
import { melody } from "../e2e/melody.ts";
import { feed, packetsOfFile, recorderOn, recordingOptions } from "../unit/recorder-fixtures.ts";
import { newKey, temporaryFolder } from "../unit/store-fixtures.ts";

const hours = 8;
const ffmpeg = await findFfmpeg({ env: process.env }).catch(() => null);

test(
  `${String(hours)} hours: memory flat within 50 MB, no drift over 0.1 s, a strike at the end`,
  { skip: ffmpeg === null ? "there is no ffmpeg on this machine" : false },
  async (t) => {
    assert.ok(ffmpeg);
    const dir = temporaryFolder();
    const { signal } = new AbortController();
    const path = join(dir, "minute.wav");
    await writeFile(path, wavBytes(melody(61)));
    const minute = (await packetsOfFile(path, ffmpeg)).slice(0, 3000);
    assert.equal(minute.length, 3000);

    const store = await openStore({ dir: join(dir, "data"), key: newKey() });
    t.after(() => store.close());
    const recorder = recorderOn(dir, store);
    const { id } = await recorder.start(recordingOptions);
    const memory: number[] = [];
    for (let at = 0; at < hours * 60; at++) {
      await feed(recorder, minute);
      if (at % 30 !== 29) continue;
      globalThis.gc?.();
      memory.push(process.memoryUsage().rss / 2 ** 20);
    }
    // From the first half hour on: until then code is compiled and buffers find their size.
    const grown = Math.max(...memory) - (memory[0] ?? 0);
    t.diagnostic(`memory grew by ${grown.toFixed(0)} MB`);
    assert.ok(grown < 50, `${grown.toFixed(0)} MB`);

    await recorder.strike(5);
    const began = performance.now();
    recorder.flushed(1);
    const meeting = await recorder.finish("person");
    t.diagnostic(`finished, struck and written anew in ${((performance.now() - began) / 1000).toFixed(1)} s`);
    assert.ok(Math.abs(meeting.durationMs - hours * 3_600_000) < 100, String(meeting.durationMs));
    const whole = join(dir, "whole.ogg");
    const parts: Uint8Array[] = [];
    for await (const part of store.sound.read(id)) parts.push(part);
    await writeFile(whole, Buffer.concat(parts));
    const { durationMs } = await probeSound(whole, ffmpeg, signal);
    assert.ok(Math.abs((durationMs ?? 0) - hours * 3_600_000) < 100, String(durationMs));
  },
);
