// What is copied asks each system, in its own way, not to be kept.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { ClipboardItem } from "electron";
import { copyPrivately } from "../../electron/shell/private-clipboard.ts";

async function copied(platform: NodeJS.Platform, fails = false) {
  const written: Record<string, string | Blob>[] = [];
  const kept = await copyPrivately("Åsa sade nej.", {
    clipboard: {
      write: async () => (fails ? Promise.reject(new Error("no")) : undefined),
      writeText: async (text) => void written.push({ "text/plain": text }),
    },
    clipboardItem: (items) => {
      written.push(items);
      return {} as ClipboardItem;
    },
    platform,
  });
  return { kept, formats: written.at(-1) ?? {} };
}
const raw = (format: string) => `electron application/osclipboard;format="${format}"`;

describe("the clipboard", () => {
  test("Windows keeps it out of history and cloud", async () => {
    const { kept, formats } = await copied("win32");
    assert.equal(kept, true);
    assert.equal(formats["text/plain"], "Åsa sade nej.");
    for (const format of ["CanIncludeInClipboardHistory", "CanUploadToCloudClipboard"]) {
      const value = formats[raw(format)];
      assert.ok(value instanceof Blob, format);
      assert.deepEqual([...new Uint8Array(await value.arrayBuffer())], [0, 0, 0, 0]);
    }
    assert.ok(raw("ExcludeClipboardContentFromMonitorProcessing") in formats);
  });

  test("macOS and Linux are asked, and promise nothing", async () => {
    for (const [platform, format] of [
      ["darwin", "org.nspasteboard.ConcealedType"],
      ["linux", "x-kde-passwordManagerHint"],
    ] as const) {
      const { kept, formats } = await copied(platform);
      assert.equal(kept, false);
      assert.ok(raw(format) in formats, format);
    }
  });

  test("where marks cannot be written the text is, and the answer is no", async () => {
    assert.deepEqual(await copied("win32", true), { kept: false, formats: { "text/plain": "Åsa sade nej." } });
  });
});
