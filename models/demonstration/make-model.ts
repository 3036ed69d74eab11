// Makes the demonstration speech model: a folder in the layout of a Whisper model for transformers.js. Runs under Node.
import { createHash, randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeModel } from "../../electron/onnx/graph.ts";
import { decoderGraph } from "./decoder.ts";
import { encoderGraph } from "./encoder.ts";
import { modelFiles } from "./model-files.ts";
import { makeTemplates } from "./templates.ts";
import { indexPath, loadVoice, spritePath } from "./voice.ts";

const stampFile = "made-from.txt";
const folder = fileURLToPath(new URL(".", import.meta.url));

/**
 * Makes the model in `dir`, in a few seconds. Does nothing where it already stands as these sources make it.
 * The folder appears whole or not at all; one that stands in its place is replaced. Two processes may do it at once.
 */
export async function makeDemonstrationModel(dir: string): Promise<void> {
  const stamp = await stampOfSources();
  const stands = async (): Promise<boolean> => (await readFile(join(dir, stampFile), "utf8").catch(() => "")) === stamp;
  if (await stands()) return;
  const draft = join(dirname(dir), `.demonstration-${randomUUID()}`);
  try {
    await writeModelFolder(draft, stamp);
    if (await stands()) return;
    await rm(dir, { recursive: true, force: true });
    await rename(draft, dir);
  } catch (error) {
    if (!(await stands())) throw error;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function writeModelFolder(dir: string, stamp: string): Promise<void> {
  await mkdir(join(dir, "onnx"), { recursive: true });
  for (const [file, content] of Object.entries(modelFiles)) await writeFile(join(dir, file), JSON.stringify(content));
  writeModel(join(dir, "onnx", "encoder_model.onnx"), encoderGraph(makeTemplates(loadVoice())));
  writeModel(join(dir, "onnx", "decoder_model_merged.onnx"), decoderGraph());
  await writeFile(join(dir, stampFile), stamp);
}

/** Of every module here and of the voice. In dist/ modules are .js files. */
async function stampOfSources(): Promise<string> {
  const extension = extname(import.meta.url);
  const modules = (await readdir(folder)).filter((file) => extname(file) === extension).toSorted();
  const writers = ["graph", "encode"].map((file) => `../../electron/onnx/${file}${extension}`);
  const paths = [...modules, ...writers].map((file) => join(folder, file));
  const hash = createHash("sha256");
  for (const path of [...paths, spritePath, indexPath]) hash.update(await readFile(path));
  return hash.digest("hex");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const dir = process.argv[2];
  if (dir === undefined) {
    process.stderr.write("node models/demonstration/make-model.ts DIR\n");
    process.exitCode = 2;
  } else await makeDemonstrationModel(dir);
}
