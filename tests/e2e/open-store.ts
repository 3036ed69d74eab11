// The store of an app that has ended, opened as the app would, by the stand-in's keychain. Only where that one was used.
import { createDecipheriv } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { decodeSound } from "../../electron/pipeline/decode.ts";
import { findFfmpeg } from "../../electron/pipeline/ffmpeg.ts";
import { keychainProtector } from "../../electron/shell/key-protector.ts";
import { openKeyring } from "../../electron/store/keys/keyring.ts";
import { openStore } from "../../electron/store/store.ts";
import type { MeetingId } from "../../electron/store/types.ts";

export async function openStoreOf(userDataDir: string) {
  const secret = await readFile(join(userDataDir, "fake-keychain-of-the-stand-in"));
  const dir = join(userDataDir, "data");
  const protector = keychainProtector(
    {
      isAsyncEncryptionAvailable: async () => true,
      getSelectedStorageBackend: () => "unknown",
      encryptStringAsync: () => Promise.reject(new Error("there is a key already")),
      async decryptStringAsync(bytes) {
        const decipher = createDecipheriv("aes-256-gcm", secret, bytes.subarray(0, 12));
        decipher.setAuthTag(bytes.subarray(-16));
        const text = Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]);
        return { shouldReEncrypt: false, result: text.toString("utf8") };
      },
    },
    { platform: process.platform, allowPlainText: false },
  );
  return openStore({ dir, key: await openKeyring({ dir, keychain: protector }).open({ kind: "none" }) });
}

/** A meeting's sound as it is kept, or one channel of it, decoded: 16 kHz, −1 to 1. The app must have ended. */
export async function soundOf(userDataDir: string, id: MeetingId, channel?: number): Promise<Float32Array> {
  const ffmpeg = await findFfmpeg({ env: process.env });
  const store = await openStoreOf(userDataDir);
  try {
    const parts: Float32Array[] = [];
    const { signal } = new AbortController();
    for await (const part of decodeSound({ bytes: store.sound.read(id) }, { ffmpeg, signal, channel }))
      parts.push(part);
    const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  } finally {
    await store.close();
  }
}
