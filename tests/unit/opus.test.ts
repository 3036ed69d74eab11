// Ogg Opus pages as we write them, against what ffmpeg and RFC 3533 say, and their silence.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import { lastPage, pageLength, readPage, writePage } from "../../electron/opus/ogg-page.ts";
import { endOfPageMs, opusStream, packetSamples, preSkipOf, silencePage } from "../../electron/opus/opus-stream.ts";
import { encodeOpus } from "../../electron/pipeline/encode-opus.ts";
import { findFfmpeg } from "../../electron/pipeline/ffmpeg.ts";
import { decodeSound } from "../../electron/pipeline/decode.ts";
import { wavBytes } from "../../models/demonstration/say.ts";
import { temporaryFolder } from "./store-fixtures.ts";

const ffmpeg = await findFfmpeg({ env: process.env }).catch(() => null);
const skip = ffmpeg === null ? "there is no ffmpeg on this machine" : false;
const signal = new AbortController().signal;

async function* oneByOne(parts: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* parts;
}

/** Three seconds of a tone, as ffmpeg encodes them. */
async function tone(): Promise<Uint8Array[]> {
  assert.ok(ffmpeg);
  const samples = Int16Array.from({ length: 48_000 }, (_, at) => 16_000 * Math.sin((2 * Math.PI * 440 * at) / 16_000));
  const path = join(temporaryFolder(), "tone.wav");
  await writeFile(path, wavBytes(samples));
  const pages: Uint8Array[] = [];
  for await (const { bytes } of encodeOpus({ path }, { ffmpeg, signal })) pages.push(bytes);
  return pages;
}

async function decoded(pages: readonly Uint8Array[]): Promise<Float32Array> {
  assert.ok(ffmpeg);
  const parts: Float32Array[] = [];
  for await (const part of decodeSound({ bytes: oneByOne(pages) }, { ffmpeg, signal })) parts.push(part);
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

const loudest = (samples: Float32Array): number => samples.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

describe("Ogg Opus", { skip }, () => {
  test("pages written anew are the encoder program's own, byte for byte: the checksum is right", async () => {
    const pages = await tone();
    assert.ok(pages.length > 5);
    for (const bytes of pages) {
      assert.equal(pageLength(bytes), bytes.length);
      const page = readPage(bytes);
      assert.ok(page);
      assert.deepEqual(Buffer.from(writePage(page)), Buffer.from(bytes));
      // Silence keeps the page's place, granule and number of packets.
      const quiet = readPage(silencePage(bytes));
      assert.deepEqual(
        { granule: quiet?.granule, sequence: quiet?.sequence, packets: quiet?.packets.length },
        { granule: page.granule, sequence: page.sequence, packets: page.packets.length },
      );
    }
  });

  test("a page made silent is as long and holds nothing; the others stay", async () => {
    const pages = await tone();
    const whole = await decoded(pages);
    const struck = await decoded(pages.map((page, at) => (at >= 4 && at < 6 ? silencePage(page) : page)));
    assert.ok(Math.abs(struck.length - whole.length) <= 16);
    // Pages 0 and 1 are heads, page 2 begins at 0: pages 4 and 5 hold 1 to 2 seconds.
    assert.ok(loudest(struck.subarray(16_000 * 1.05, 16_000 * 1.95)) < 1e-4);
    assert.ok(loudest(struck.subarray(0, 14_000)) > 0.3);
    assert.ok(loudest(struck.subarray(16_000 * 2.1, 16_000 * 2.9)) > 0.3);
  });

  test("a stream of our own pages around those packets is heard the same, and as long", async () => {
    const pages = await tone();
    const [head, , ...sound] = pages;
    assert.ok(head);
    const preSkip = preSkipOf(head);
    assert.ok(preSkip !== null && preSkip > 0);
    const stream = opusStream(1, preSkip, 7);
    const own: Uint8Array[] = [stream.heads];
    for (const bytes of sound.slice(0, -1)) own.push(stream.page(readPage(bytes)?.packets ?? []));
    own.push(stream.end(readPage(sound.at(-1) ?? new Uint8Array())?.packets ?? [], 144_000));
    const heard = await decoded(own);
    assert.ok(Math.abs(heard.length - 48_000) <= 16, String(heard.length));
    assert.ok(loudest(heard) > 0.3);
    const last = lastPage(Buffer.concat(own));
    assert.ok(last);
    assert.equal(endOfPageMs(last, preSkip), 3000);
    assert.ok(stream.samples() >= 144_000 && stream.samples() < 144_000 + 2 * packetSamples);
  });

  test("what is no page is none", () => {
    assert.equal(readPage(new Uint8Array(10)), null);
    assert.equal(lastPage(new TextEncoder().encode("OggS but no page, only these words")), null);
    assert.equal(preSkipOf(new Uint8Array(40)), null);
    assert.equal(silencePage(Uint8Array.of(1, 2, 3)).length, 3);
  });
});
