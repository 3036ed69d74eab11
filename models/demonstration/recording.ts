// The demonstration recording: an invented meeting in the demonstration voice. Runs under Node.
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { say, wavBytes } from "./say.ts";
import { loadVoice } from "./voice.ts";

/** What the recording says, word for word. */
export const demonstrationScript = (): string =>
  readFileSync(fileURLToPath(new URL("script.txt", import.meta.url)), "utf8");

/** Writes the recording to `path` as a WAV file (16 kHz, mono, 16 bits), in a moment. */
export const makeDemonstrationRecording = (path: string): Promise<void> =>
  writeFile(path, wavBytes(say(demonstrationScript(), loadVoice())));
