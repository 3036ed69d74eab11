// A logo is chosen once: what documents can hold is taken, everything else is refused with a sentence.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { keepLogo, keptLogo } from "../../electron/calls/logo.ts";
import { logoOf, readLogo } from "../../electron/calls/read-logo.ts";
import { smallPng } from "../small-pictures.ts";

/** One pixel each. */
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
/** The head of a JPEG of 300 by 200: pdfkit puts JPEGs in as they are. */
const jpeg = Buffer.from(
  "ffd8ffe000104a46494600010100000100010000ffc0000b08 00c8 012c 01011100ffd9".replaceAll(" ", ""),
  "hex",
);

describe("the logo", () => {
  let dir = "";
  before(async () => void (dir = await mkdtemp(join(tmpdir(), "lyssna-logo-"))));
  after(() => rm(dir, { recursive: true, force: true }));
  const read = async (bytes: Uint8Array) => {
    const path = join(dir, "logo åäö.png");
    await writeFile(path, bytes);
    return readLogo(path);
  };

  test("PNG and JPEG are taken by what they are, not by name", async () => {
    const { bytes, ...size } = await read(png);
    assert.deepEqual(size, { type: "png", widthPx: 1, heightPx: 1 });
    assert.deepEqual(Buffer.from(bytes), png);
    const { bytes: _, ...jpegSize } = await read(jpeg);
    assert.deepEqual(jpegSize, { type: "jpg", widthPx: 300, heightPx: 200 });
  });

  test("what is no picture, cut off, huge or too large is refused", async () => {
    const huge = Buffer.from(png);
    huge.writeUInt32BE(100_000, 16);
    for (const bytes of [
      Buffer.from("<svg onload=alert(1)>"),
      png.subarray(0, 40),
      huge,
      Buffer.concat([png, Buffer.alloc(600_000)]),
      Buffer.from("ffd8ffff", "hex"),
    ])
      await assert.rejects(read(bytes), { code: "logo-invalid", details: { file: "logo åäö.png" } });
    await assert.rejects(read(Buffer.alloc(0)), { code: "file-empty" });
  });

  test("one that unpacks to more than it holds, or whose chunk has no end, is refused at once", async () => {
    assert.equal((await read(smallPng())).widthPx, 4);
    const endless = smallPng();
    // Reading on to the end that it claims took the picture's reader eight seconds.
    endless.writeUInt32BE(0x10_00_0f_49, 33);
    for (const bytes of [endless, smallPng(Buffer.alloc(300 << 20))]) {
      const start = process.cpuUsage();
      assert.equal(await logoOf(bytes), null);
      const { user, system } = process.cpuUsage(start);
      assert.ok(user + system < 1e6, String(user + system));
      await assert.rejects(read(bytes), { code: "logo-invalid" });
    }
  });

  test("what is kept is what was chosen, until it is taken away", async () => {
    const settings = new Map<string, unknown>();
    const store = {
      getSettings: async () => JSON.parse(JSON.stringify(Object.fromEntries(settings))) as Record<string, unknown>,
      setSetting: async (key: string, value: unknown) => void settings.set(key, value),
    };
    assert.equal(await keptLogo(store), null);
    const logo = await read(png);
    await keepLogo(store, logo);
    assert.deepEqual(await keptLogo(store), logo);
    await keepLogo(store, null);
    assert.equal(await keptLogo(store), null);
  });
});
