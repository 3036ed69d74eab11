import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import fc from "fast-check";
import {
  fileHeaderBytes,
  frameHeaderBytes,
  minuteOf,
  readFrameHeader,
  tagBytes,
} from "../../electron/store/sound-frame.ts";
import { opusStream, silencePage } from "../../electron/opus/opus-stream.ts";
import { openStore } from "../../electron/store/store.ts";
import type { SoundStore } from "../../electron/store/types.ts";
import { filesIn, newKey, smallDisk, smallDiskMissing, temporaryFolder, temporaryStore } from "./store-fixtures.ts";

const frameMs = 500;

async function write(sound: SoundStore, id: string, frames: readonly Uint8Array[]): Promise<void> {
  const writer = await sound.create(id);
  for (const [index, frame] of frames.entries()) await writer.append(frame, index * frameMs);
  await writer.finish();
}

async function read(sound: SoundStore, id: string, start?: number, end?: number): Promise<Buffer> {
  const frames: Uint8Array[] = [];
  for await (const frame of sound.read(id, start, end)) frames.push(frame);
  return Buffer.concat(frames);
}

/** Frames that can be told apart; three minutes of them. */
const someFrames = (count = 360, size = 40): readonly Uint8Array[] =>
  Array.from({ length: count }, (_, index) => new Uint8Array(size).map((_zero, at) => index * 7 + at));

const fileOf = (dir: string, id: string) => join(dir, "sound", `${id}.lysnd`);

describe("sound", () => {
  test("what was written is read, whole and from any byte to any other", async (t) => {
    const { store } = await temporaryStore(t);
    const frame = fc.uint8Array({ minLength: 1, maxLength: 300 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(frame, { minLength: 1, maxLength: 40 }),
        fc.nat(12_000),
        fc.nat(12_000),
        async (frames, a, b) => {
          const plain = Buffer.concat(frames);
          await write(store.sound, "m", frames);
          assert.equal(await store.sound.sizeBytes("m"), plain.length);
          assert.ok((await read(store.sound, "m")).equals(plain));
          const [start, end] = [Math.min(a, b), Math.max(a, b)];
          assert.ok((await read(store.sound, "m", start, end)).equals(plain.subarray(start, end)));
          assert.ok((await read(store.sound, "m", start)).equals(plain.subarray(start)));
        },
      ),
      { numRuns: 40 },
    );
  });

  test("a sound larger than one piece is read lazily and in order", async (t) => {
    const { store } = await temporaryStore(t);
    const frames = someFrames(400, 2000);
    await write(store.sound, "m", frames);
    assert.ok((await read(store.sound, "m")).equals(Buffer.concat(frames)));
    for await (const first of store.sound.read("m", 799_999)) {
      assert.deepEqual(first, frames[399]?.subarray(1999));
    }
  });

  test("a sound can be read while it grows, and after a restart in the middle, to its last frame", async (t) => {
    const dir = temporaryFolder();
    const key = newKey();
    const first = await openStore({ dir, key });
    const frames = someFrames(10);
    const writer = await first.sound.create("m");
    for (const [index, frame] of frames.entries()) {
      await writer.append(frame, index * frameMs);
      assert.equal(await first.sound.sizeBytes("m"), (index + 1) * 40);
    }
    assert.ok((await read(first.sound, "m")).equals(Buffer.concat(frames)));
    await first.close();
    truncateSync(fileOf(dir, "m"), readFileSync(fileOf(dir, "m")).length - 5);
    const second = await openStore({ dir, key });
    t.after(() => second.close());
    assert.ok((await read(second.sound, "m")).equals(Buffer.concat(frames.slice(0, 9))));
  });

  test("a passage struck while the sound grows is gone, and no file or key of it is left", async (t) => {
    const dir = temporaryFolder();
    const key = newKey();
    const store = await openStore({ dir, key });
    const stream = opusStream(1, 312, 1);
    const packet = (mark: number) => Uint8Array.of(0x48, mark, ...Buffer.from(`said ${String(mark)}.`));
    const pages = Array.from({ length: 200 }, (_, at) => stream.page([packet(at)]));
    const writer = await store.sound.create("m");
    await writer.append(stream.heads, 0);
    for (const [at, page] of pages.slice(0, 150).entries()) await writer.append(page, at * 1000);
    const before = readFileSync(fileOf(dir, "m"));
    await store.sound.strike("m", 60_000, 120_000);
    for (const [at, page] of pages.slice(150).entries()) await writer.append(page, (at + 150) * 1000);
    const wanted = (gone: (at: number) => boolean) =>
      Buffer.concat([stream.heads, ...pages.map((page, at) => (gone(at) ? silencePage(page) : page))]);
    // The page that begins where the stretch ends rings into it, by a millisecond that its time was rounded by.
    const middle = (at: number) => at >= 60 && at <= 120;
    assert.ok((await read(store.sound, "m")).equals(wanted(middle)), "while it grows");
    await writer.finish();
    await store.sound.strike("m", 0, 10_000);
    assert.ok((await read(store.sound, "m")).equals(wanted((at) => middle(at) || at <= 10)), "when it is finished");
    await store.close();
    const [file, ...others] = filesIn(join(dir, "sound"));
    assert.ok(file);
    assert.deepEqual(others, []);

    // The first file, put back by somebody, is noise: its keys are gone. It is swept away at the next start.
    writeFileSync(fileOf(dir, "m"), before);
    const second = await openStore({ dir, key });
    assert.ok((await read(second.sound, "m")).equals(wanted((at) => middle(at) || at <= 10)));
    assert.equal(filesIn(join(dir, "sound")).length, 1);
    await second.close();
    rmSync(file.path);
    writeFileSync(fileOf(dir, "m"), before);
    const third = await openStore({ dir, key });
    t.after(() => third.close());
    await assert.rejects(read(third.sound, "m"), { code: "sound-damaged" });
  });

  test("a sound that was cut off is ended at its last whole frame", async (t) => {
    const dir = temporaryFolder();
    const key = newKey();
    const first = await openStore({ dir, key });
    const writer = await first.sound.create("m");
    for (const [index, frame] of someFrames(10).entries()) await writer.append(frame, index * frameMs);
    await first.close();
    truncateSync(fileOf(dir, "m"), readFileSync(fileOf(dir, "m")).length - 5);
    const second = await openStore({ dir, key });
    t.after(() => second.close());
    assert.deepEqual(await second.sound.unfinished(), ["m"]);
    const wanted = Buffer.concat(someFrames(9));
    assert.ok(Buffer.from(await second.sound.settle("m")).equals(wanted));
    assert.deepEqual(await second.sound.unfinished(), []);
    assert.ok((await read(second.sound, "m")).equals(wanted));
    // From now on a missing end is damage.
    truncateSync(fileOf(dir, "m"), readFileSync(fileOf(dir, "m")).length - 5);
    await second.close();
    const third = await openStore({ dir, key });
    t.after(() => third.close());
    await assert.rejects(read(third.sound, "m"), { code: "sound-damaged" });
  });

  for (const [name, harm] of [
    ["the file grew and its bytes did not come", (whole: Buffer, from: number) => whole.fill(0, from)],
    ["old bytes of the disk stand where the last ones belong", (whole: Buffer, from: number) => whole.fill(0x5a, from)],
    ["only the frame's own bytes are missing", (whole: Buffer, from: number) => whole.fill(0, from + frameHeaderBytes)],
  ] as const) {
    test(`after a power cut, ${name}: ended at the last frame that is whole`, async (t) => {
      const dir = temporaryFolder();
      const key = newKey();
      const first = await openStore({ dir, key });
      const writer = await first.sound.create("m");
      for (const [index, frame] of someFrames(10).entries()) await writer.append(frame, index * frameMs);
      await first.close();
      const frameBytes = frameHeaderBytes + 40 + tagBytes;
      edit(fileOf(dir, "m"), (bytes) => {
        const grown = Buffer.concat([bytes, Buffer.alloc(3 * frameBytes)]);
        return harm(grown, fileHeaderBytes + 8 * frameBytes);
      });
      const second = await openStore({ dir, key });
      t.after(() => second.close());
      const wanted = Buffer.concat(someFrames(8));
      assert.ok(Buffer.from(await second.sound.settle("m")).equals(wanted));
      assert.ok((await read(second.sound, "m")).equals(wanted));
    });
  }

  test("what no power cut can have torn is damage, and nothing of it is cut off", async (t) => {
    const dir = temporaryFolder();
    const key = newKey();
    const first = await openStore({ dir, key });
    const writer = await first.sound.create("m");
    for (const [index, frame] of someFrames(40, 20_000).entries()) await writer.append(frame, index * frameMs);
    const other = await first.sound.create("other");
    await other.append(new Uint8Array(40), 0);
    await first.close();
    edit(fileOf(dir, "m"), (bytes) => bytes.fill(0, 100_000, 110_000));
    copyFileSync(fileOf(dir, "m"), fileOf(dir, "other"));
    const harmed = readFileSync(fileOf(dir, "m"));
    const second = await openStore({ dir, key });
    t.after(() => second.close());
    for (const id of ["m", "other"]) {
      await assert.rejects(second.sound.settle(id), { code: "sound-damaged" });
      assert.ok(readFileSync(fileOf(dir, id)).equals(harmed));
    }
    assert.deepEqual((await second.sound.unfinished()).toSorted(), ["m", "other"]);
  });

  test("a process killed while it records leaves every frame that was written", async (t) => {
    const dir = temporaryFolder();
    const key = newKey();
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, "sound-recorder.ts"), dir, Buffer.from(key).toString("hex")],
      {
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    let written = 0;
    while (written < 50) written += (await once(child.stdout, "data"))[0].length;
    child.kill("SIGKILL");
    await once(child, "exit");
    const store = await openStore({ dir, key });
    t.after(() => store.close());
    const plain = await read(store.sound, "m");
    assert.ok(plain.length >= written * 100, "no frame that was acknowledged is lost");
    assert.equal(plain.length % 100, 0);
    for (let frame = 0; frame < plain.length / 100; frame++) assert.equal(plain[frame * 100], frame % 251);
  });

  test("started anew, a sound replaces the earlier one; aborted, it leaves nothing", async (t) => {
    const { store, dir } = await temporaryStore(t);
    await write(store.sound, "m", someFrames(5));
    await write(store.sound, "m", someFrames(2));
    assert.equal(await store.sound.sizeBytes("m"), 80);
    const writer = await store.sound.create("m");
    await writer.append(new Uint8Array(10), 0);
    await writer.abort();
    await writer.abort();
    await assert.rejects(store.sound.sizeBytes("m"), { code: "not-found" });
    assert.deepEqual(filesIn(join(dir, "sound")), []);
    await assert.rejects(writer.append(new Uint8Array(10), 0), { code: "bad-call" });
  });

  test("a name that is a path is not a meeting", async (t) => {
    const { store } = await temporaryStore(t);
    for (const id of ["../x", "a/b", "", "a\0"]) await assert.rejects(store.sound.create(id), { code: "not-found" });
  });
});

describe("sound that was changed outside Lyssna", () => {
  /** Writes, harms the file with the store closed, opens again and reads all of it. */
  async function harmed(t: test.TestContext, harm: (path: string, dir: string) => void): Promise<Buffer> {
    const dir = temporaryFolder();
    const key = newKey();
    const first = await openStore({ dir, key });
    await write(first.sound, "m", someFrames());
    await write(first.sound, "other", someFrames());
    await first.close();
    harm(fileOf(dir, "m"), dir);
    const second = await openStore({ dir, key });
    t.after(() => second.close());
    return read(second.sound, "m");
  }
  const damaged = { code: "sound-damaged" };
  const frameBytes = frameHeaderBytes + 40 + tagBytes;
  const frameAt = (index: number) => fileHeaderBytes + index * frameBytes;

  for (const [name, harm] of [
    ["two frames swapped", (path: string) => edit(path, (bytes) => swap(bytes, frameAt(3), frameAt(4), frameBytes))],
    ["the last frame cut off", (path: string) => truncateSync(path, readFileSync(path).length - frameBytes)],
    [
      "a frame left out",
      (path: string) => edit(path, (b) => Buffer.concat([b.subarray(0, frameAt(3)), b.subarray(frameAt(4))])),
    ],
    [
      "a frame added",
      (path: string) => edit(path, (bytes) => Buffer.concat([bytes, bytes.subarray(frameAt(0), frameAt(1))])),
    ],
    ["another meeting's file", (path: string, dir: string) => copyFileSync(fileOf(dir, "other"), path)],
    ["emptied", (path: string) => truncateSync(path, 0)],
    ["taken away", (path: string) => rmSync(path)],
  ] as const) {
    test(`${name}: sound-damaged`, async (t) => {
      await assert.rejects(harmed(t, harm), damaged);
    });
  }

  test("any bit flipped anywhere: sound-damaged", async (t) => {
    const { store, dir } = await temporaryStore(t);
    await write(store.sound, "m", someFrames(6));
    const others = ["a", "b", "c", "d"];
    for (const id of others) await write(store.sound, id, someFrames(1));
    const whole = readFileSync(fileOf(dir, "m"));
    /** Only so many files are held open: looking at others makes the store look at this one anew. */
    const put = async (bytes: Buffer) => {
      writeFileSync(fileOf(dir, "m"), bytes);
      for (const id of others) await store.sound.sizeBytes(id);
    };
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length * 8 - 1), async (bit) => {
        const bytes = Buffer.from(whole);
        bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        await put(bytes);
        await assert.rejects(read(store.sound, "m"), damaged);
      }),
      { numRuns: 60 },
    );
    await put(whole);
    assert.equal((await read(store.sound, "m")).length, 240);
  });

  test("an old copy of the file does not open after its keys were deleted", async (t) => {
    const { store, dir } = await temporaryStore(t);
    await write(store.sound, "m", someFrames(4));
    const copy = readFileSync(fileOf(dir, "m"));
    await store.sound.delete("m");
    writeFileSync(fileOf(dir, "m"), copy);
    await assert.rejects(read(store.sound, "m"), { code: "not-found" });
    await write(store.sound, "m", someFrames(4));
    writeFileSync(fileOf(dir, "m"), copy);
    await assert.rejects(read(store.sound, "m"), damaged);
  });
});

describe("sound on a full disk", () => {
  test("says so, keeps whole frames, goes on when there is room", { skip: smallDiskMissing }, async (t) => {
    const dir = smallDisk(t, 2000);
    const store = await openStore({ dir, key: newKey() });
    const writer = await store.sound.create("m");
    const filler = join(dir, "filler");
    writeFileSync(filler, Buffer.alloc(700_000));
    let written = 0;
    const append = async () => {
      await writer.append(new Uint8Array(20_000).fill(written), written * frameMs);
      written++;
    };
    await assert.rejects(
      async () => {
        for (;;) await append();
      },
      { code: "no-room" },
    );
    assert.equal(await store.sound.sizeBytes("m"), written * 20_000);
    rmSync(filler);
    for (let more = 0; more < 5; more++) await append();
    await writer.finish();
    const plain = await read(store.sound, "m");
    assert.equal(plain.length, written * 20_000);
    for (let frame = 0; frame < written; frame++) assert.equal(plain[frame * 20_000], frame);
    assertNoNonceTwice(readFileSync(fileOf(dir, "m")));
    await store.close();
  });
});

test("no key ever meets the same nonce twice, also when time goes back", async (t) => {
  const { store, dir } = await temporaryStore(t);
  const writer = await store.sound.create("m");
  for (const atMs of [0, 500, 59_999, 60_000, 60_500, 1000, 1500, 120_000, 60_700])
    await writer.append(new Uint8Array(9), atMs);
  await writer.finish();
  assert.equal(assertNoNonceTwice(readFileSync(fileOf(dir, "m"))), 9);
  assert.equal((await read(store.sound, "m")).length, 81);
});

function assertNoNonceTwice(bytes: Buffer): number {
  const used = new Set<string>();
  let count = 0;
  for (let at = fileHeaderBytes; at < bytes.length; count++) {
    const header = readFrameHeader(bytes, at);
    assert.ok(header);
    used.add(`${minuteOf(header.atMs)} ${header.seal}`);
    at += frameHeaderBytes + header.plainBytes + tagBytes;
  }
  assert.equal(used.size, count);
  return count;
}

function edit(path: string, change: (bytes: Buffer) => Buffer): void {
  writeFileSync(path, change(readFileSync(path)));
}

function swap(bytes: Buffer, a: number, b: number, length: number): Buffer {
  const kept = Buffer.from(bytes.subarray(a, a + length));
  bytes.copy(bytes, a, b, b + length);
  kept.copy(bytes, b);
  return bytes;
}
