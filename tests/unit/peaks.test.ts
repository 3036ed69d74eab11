// How loud a sound is over time: measured, kept, silent where something was struck, gone with the sound.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fromPeak, toPeak } from "../../electron/peaks.ts";
import { loudestOf, measurePeaks } from "../../electron/pipeline/measure-peaks.ts";
import { meeting, temporaryStore } from "./store-fixtures.ts";

async function* inChunks(samples: Float32Array, size: number) {
  for (let at = 0; at < samples.length; at += size) yield samples.subarray(at, at + size);
}

test("a peak tells the amplitude within a quarter of a decibel, and silence is nothing", () => {
  for (const amplitude of [1, 0.5, 0.1, 0.01, 0.001])
    assert.ok(Math.abs(20 * Math.log10(fromPeak(toPeak(amplitude)) / amplitude)) <= 0.125, String(amplitude));
  assert.deepEqual([toPeak(0), fromPeak(0), toPeak(1e-9), toPeak(4)], [0, 0, 0, 255]);
});

test("every tenth of a second has its loudest sample, however the sound comes in pieces", async () => {
  const samples = new Float32Array(16_000 + 700);
  samples[1599] = -0.5;
  samples[1600] = 0.25;
  samples[16_300] = 1;
  for (const size of [16_000, 1601, 37]) {
    const peaks = await measurePeaks(inChunks(samples, size));
    assert.equal(peaks.length, 11);
    assert.deepEqual([peaks[0], peaks[1], peaks[2], peaks[10]], [toPeak(0.5), toPeak(0.25), 0, 255]);
  }
  assert.deepEqual([...loudestOf([Uint8Array.of(1, 9), Uint8Array.of(5, 2, 3)])], [5, 9, 3]);
});

test("what is struck is silent in the peaks, also in those that were measured before and are kept after", async (t) => {
  const { store } = await temporaryStore(t);
  const { id } = await store.createMeeting(meeting());
  const loud = new Uint8Array(100).fill(200);
  const write = async () => {
    const writer = await store.sound.create(id);
    await writer.append(new Uint8Array(100), 0);
    await writer.finish();
  };
  await write();
  assert.equal(await store.getPeaks(id), null);
  await store.savePeaks(id, loud);
  await store.sound.strike(id, 1050, 2010).catch(() => {});
  const after = await store.getPeaks(id);
  const silent = (peaks: Uint8Array | null) => [...(peaks ?? [])].flatMap((peak, at) => (peak === 0 ? [at] : []));
  assert.deepEqual(silent(after), [10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20]);
  await store.savePeaks(id, loud);
  assert.deepEqual(silent(await store.getPeaks(id)), silent(after));
  await store.sound.strike(id, 9000, Number.MAX_SAFE_INTEGER).catch(() => {});
  assert.equal(silent(await store.getPeaks(id)).length, 21);

  // Another sound is another picture.
  await write();
  assert.equal(await store.getPeaks(id), null);
  await store.savePeaks(id, loud);
  assert.deepEqual(silent(await store.getPeaks(id)), []);
  await store.sound.delete(id);
  assert.equal(await store.getPeaks(id), null);
});
