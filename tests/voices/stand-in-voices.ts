// A folder with the two stand-in models, laid out as the published ones are.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { writeModel } from "../../electron/onnx/graph.ts";
import { writeVoiceConfigs } from "../bench/random-voices/make-random-voices.ts";
import { standInEmbedding } from "./stand-in-embedding.ts";
import { standInSegmentation } from "./stand-in-segmentation.ts";

/** Answers the folder. */
export async function makeStandInVoices(dir: string): Promise<string> {
  for (const part of ["segmentation", "embedding"]) await mkdir(join(dir, part, "onnx"), { recursive: true });
  writeModel(join(dir, "segmentation", "onnx", "model.onnx"), standInSegmentation());
  writeModel(join(dir, "embedding", "onnx", "model.onnx"), standInEmbedding());
  await writeVoiceConfigs(dir);
  return dir;
}
