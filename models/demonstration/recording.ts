// The demonstration recording: an invented meeting in the demonstration voice. Runs under Node.
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { rename, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { say, wavBytes } from "./say.ts";
import { loadVoice } from "./voice.ts";

/** What the recording says, word for word. */
export const demonstrationScript = (): string =>
  readFileSync(fileURLToPath(new URL("script.txt", import.meta.url)), "utf8");

/** Writes the recording to `path` as a WAV file (16 kHz, mono, 16 bits), in a moment; whole or not at all. */
export async function makeDemonstrationRecording(path: string): Promise<void> {
  const draft = `${path}.${randomUUID()}`;
  try {
    await writeFile(draft, wavBytes(say(demonstrationScript(), loadVoice())));
    await rename(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
}
