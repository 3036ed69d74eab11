import assert from "node:assert/strict";
import { test } from "node:test";
import { writeAll } from "../../electron/models/copy-file.ts";

test("a disk that takes less at a time than it is given gets all of it in the end, each byte in its place", async () => {
  const disk = Buffer.alloc(12, 46);
  const file = {
    async write(bytes: Uint8Array, from: number, length: number, at: number) {
      const bytesWritten = Math.min(3, length);
      disk.set(bytes.subarray(from, from + bytesWritten), at);
      return { bytesWritten, buffer: bytes };
    },
  };
  await writeAll(file as never, Buffer.from("abcdefgh"), 2);
  assert.equal(disk.toString(), "..abcdefgh..");
});
