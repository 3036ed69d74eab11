// One key for the whole data folder, one key per use: nothing is ever encrypted with the folder's key itself. Pure.
import { hkdfSync } from "node:crypto";

const uses = { database: "lyssna database/1", sound: "lyssna sound keys/1", check: "lyssna key check/1" } as const;

/** The 32-byte key for one use, by HKDF-SHA256 (RFC 5869). The folder's key is random, so no salt is needed. */
export function subkey(folderKey: Uint8Array, use: keyof typeof uses): Uint8Array {
  if (folderKey.length !== 32) throw new RangeError("the folder's key must be 32 bytes");
  return new Uint8Array(hkdfSync("sha256", folderKey, "", uses[use], 32));
}
