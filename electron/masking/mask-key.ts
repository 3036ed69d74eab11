// The key file that brings masked names back (mask-key/1). Runs in main and the command line.
import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import { z } from "zod";
import { LyssnaError } from "../errors.ts";
import { maskKinds } from "../masking-kinds.ts";
import type { MaskKey } from "./mask.ts";

export const maskKeySchema = z.object({
  lyssna: z.literal("mask-key/1"),
  language: z.string().min(2).max(35),
  names: z.array(z.object({ placeholder: z.string().max(40), kind: z.enum(maskKinds), text: z.string() })).max(100_000),
  passages: z.record(z.string(), z.array(z.string())),
});

const maxBytes = 32 * 1024 * 1024;

/** Throws mask-key-invalid for whatever is not a key file. */
export async function readMaskKey(path: string): Promise<MaskKey> {
  try {
    if ((await stat(path)).size > maxBytes) throw new Error("too large");
    return maskKeySchema.parse(JSON.parse(await readFile(path, "utf8")));
  } catch (error) {
    throw new LyssnaError("mask-key-invalid", { file: basename(path) }, { cause: error });
  }
}
