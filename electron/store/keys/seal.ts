// One key locked by another: AES-256-GCM with a fresh nonce, bound to what it is for. Runs in main and the command line.
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

const nonceBytes = 12;
const tagBytes = 16;

/** @param purpose what it is for, with every parameter that it was made with: another one does not open it */
export function seal(lock: Uint8Array, secret: Uint8Array, purpose: string): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", lock, nonce).setAAD(Buffer.from(purpose));
  return Buffer.concat([nonce, cipher.update(secret), cipher.final(), cipher.getAuthTag()]).toString("base64");
}

/** Null where the lock is another, or anything was changed. */
export function unseal(lock: Uint8Array, sealed: string, purpose: string): Uint8Array | null {
  const bytes = Buffer.from(sealed, "base64");
  if (bytes.length < nonceBytes + tagBytes) return null;
  try {
    const decipher = createDecipheriv("aes-256-gcm", lock, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes })
      .setAAD(Buffer.from(purpose))
      .setAuthTag(bytes.subarray(-tagBytes));
    const start = decipher.update(bytes.subarray(nonceBytes, -tagBytes));
    const end = decipher.final();
    // Not Buffer.concat: what it makes lies in memory that Node uses again, and is not zeroed.
    const secret = new Uint8Array(new ArrayBuffer(start.length + end.length));
    secret.set(start);
    secret.set(end, start.length);
    start.fill(0);
    return secret;
  } catch {
    return null;
  }
}

/** 32 bytes for one use, by HKDF-SHA256 (RFC 5869). */
export const derive = (from: Uint8Array, salt: Uint8Array, use: string): Uint8Array =>
  new Uint8Array(hkdfSync("sha256", from, salt, use, 32));
