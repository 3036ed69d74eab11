// store.json: tells a wrong key from a damaged database, without saying anything about the key. Runs in the store's worker.
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { subkey } from "./subkeys.ts";
import { writeWhole } from "./write-file.ts";

const checkOf = (key: Uint8Array, salt: string): Buffer =>
  createHmac("sha256", subkey(key, "check")).update(Buffer.from(salt, "hex")).digest();

/** Whether the key is the folder's; "unknown" when the check file is missing or unreadable. */
export function checkKey(dir: string, key: Uint8Array): "right" | "wrong" | "unknown" {
  const kept = readCheck(join(dir, "store.json"));
  if (kept === null) return "unknown";
  return timingSafeEqual(checkOf(key, kept.salt), Buffer.from(kept.check, "hex")) ? "right" : "wrong";
}

/** Read by hand: a schema library would double the time that every worker takes to start. */
function readCheck(path: string): { readonly salt: string; readonly check: string } | null {
  try {
    const file: unknown = JSON.parse(readFileSync(path, "utf8"));
    if (typeof file !== "object" || file === null || !("salt" in file) || !("check" in file)) return null;
    const { salt, check } = file;
    const isHex = (value: unknown): value is string => typeof value === "string" && /^[0-9a-f]{64}$/u.test(value);
    return isHex(salt) && isHex(check) ? { salt, check } : null;
  } catch {
    return null;
  }
}

export function writeKeyCheck(dir: string, key: Uint8Array): void {
  const salt = randomBytes(32).toString("hex");
  const check = { lyssna: "store/1", salt, check: checkOf(key, salt).toString("hex") };
  writeWhole(join(dir, "store.json"), Buffer.from(`${JSON.stringify(check, null, 2)}\n`), { overwrite: true });
}
