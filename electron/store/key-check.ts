// store.json: tells a wrong key from a damaged database, without saying anything about the key. Runs in the store's worker.
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { subkey } from "./subkeys.ts";
import { writeWhole } from "./write-file.ts";

const hex32 = z.string().regex(/^[0-9a-f]{64}$/u);
const checkSchema = z.looseObject({ lyssna: z.literal("store/1"), salt: hex32, check: hex32 });

const checkOf = (key: Uint8Array, salt: string): Buffer =>
  createHmac("sha256", subkey(key, "check")).update(Buffer.from(salt, "hex")).digest();

/** Whether the key is the folder's; "unknown" when the check file is missing or unreadable. */
export function checkKey(dir: string, key: Uint8Array): "right" | "wrong" | "unknown" {
  try {
    const { salt, check } = checkSchema.parse(JSON.parse(readFileSync(join(dir, "store.json"), "utf8")));
    return timingSafeEqual(checkOf(key, salt), Buffer.from(check, "hex")) ? "right" : "wrong";
  } catch {
    return "unknown";
  }
}

export function writeKeyCheck(dir: string, key: Uint8Array): void {
  const salt = randomBytes(32).toString("hex");
  const check = { lyssna: "store/1", salt, check: checkOf(key, salt).toString("hex") };
  writeWhole(join(dir, "store.json"), Buffer.from(`${JSON.stringify(check, null, 2)}\n`), { overwrite: true });
}
