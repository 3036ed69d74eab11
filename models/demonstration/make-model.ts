// Makes the demonstration speech model: a folder in the layout of a Whisper model for transformers.js. Runs under Node.
import { createHash, randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeModel } from "../onnx.ts";
import { decoderGraph } from "./decoder.ts";
import { encoderGraph } from "./encoder.ts";
import { modelFiles } from "./model-files.ts";
import { makeTemplates } from "./templates.ts";
import { indexPath, loadVoice, spritePath } from "./voice.ts";

const stampFile = "made-from.txt";
const sources = [
  ...[
    "decoder.ts",
    "encoder.ts",
    "log-mel.ts",
    "make-model.ts",
    "model-files.ts",
    "templates.ts",
    "tokens.ts",
    "vocabulary.ts",
    "voice.ts",
  ],
  ...["../onnx.ts", "../onnx-encode.ts"],
].map((file) => fileURLToPath(new URL(file, import.meta.url)));

/**
 * Makes the model in `dir`, in about two seconds. Does nothing where it already stands as these sources make it.
 * The folder appears whole or not at all; one that stands in its place is replaced.
 */
export async function makeDemonstrationModel(dir: string): Promise<void> {
  const stamp = await stampOfSources();
  if ((await readFile(join(dir, stampFile), "utf8").catch(() => "")) === stamp) return;
  const draft = join(dirname(dir), `.demonstration-${randomUUID()}`);
  try {
    await mkdir(join(draft, "onnx"), { recursive: true });
    for (const [file, content] of Object.entries(modelFiles))
      await writeFile(join(draft, file), JSON.stringify(content));
    writeModel(join(draft, "onnx", "encoder_model.onnx"), encoderGraph(makeTemplates(loadVoice())));
    writeModel(join(draft, "onnx", "decoder_model_merged.onnx"), decoderGraph());
    await writeFile(join(draft, stampFile), stamp);
    await rm(dir, { recursive: true, force: true });
    await rename(draft, dir);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function stampOfSources(): Promise<string> {
  const hash = createHash("sha256");
  for (const path of [...sources, spritePath, indexPath]) hash.update(await readFile(path));
  return hash.digest("hex");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const dir = process.argv[2];
  if (dir === undefined) {
    process.stderr.write("node models/demonstration/make-model.ts DIR\n");
    process.exitCode = 2;
  } else await makeDemonstrationModel(dir);
}
