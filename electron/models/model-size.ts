// What a model's memory and speed hang on, read from its folder without opening the weights. Runs in main and the
// command line.
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { z } from "zod";
import { LyssnaError } from "../errors.ts";
import { graphicsDtypes, type Part, processorDtypes, type WhisperShape, weightsFile } from "../inference/layout.ts";
import type { Device } from "../inference/protocol.ts";

export interface ModelSize extends WhisperShape {
  /** Of the files that the device computes with, both parts together. */
  readonly weightBytes: number;
}

export interface FolderSize extends ModelSize {
  /** Sizes of the files, in order: another model in the same place is told by them. */
  readonly fileBytes: readonly number[];
  /** True for the demonstration model, which is as good as nothing. */
  readonly demonstration: boolean;
}

const configSchema = z.object({
  decoder_layers: z.number().int().positive(),
  d_model: z.number().int().positive(),
  lyssna_demonstration: z.boolean().optional(),
});

/**
 * Null where the folder has no weights for the device. Throws model-missing, or model-damaged for a config.json that tells
 * no shape.
 */
export async function readSize(dir: string, device: Device = "cpu"): Promise<FolderSize | null> {
  if (!(await stat(dir).catch(() => null))?.isDirectory())
    throw new LyssnaError("model-missing", { model: basename(dir) });
  const config = configSchema.safeParse(await readJson(join(dir, "config.json")));
  if (!config.success) throw new LyssnaError("model-damaged", { model: basename(dir), file: "config.json" });
  const present: readonly string[] = await readdir(join(dir, "onnx")).catch(() => []);
  const orders = device === "cpu" ? processorDtypes : graphicsDtypes;
  const fileBytes: number[] = [];
  for (const part of ["encoder_model", "decoder_model_merged"] as const satisfies readonly Part[]) {
    const name = orders[part].map((dtype) => basename(weightsFile(part, dtype))).find((file) => present.includes(file));
    if (name === undefined) return null;
    // Weights too large for one file lie beside it: name.onnx_data, name.onnx_data_1.
    for (const file of present.filter((one) => one === name || one.startsWith(`${name}_data`)).toSorted()) {
      fileBytes.push((await stat(join(dir, "onnx", file))).size);
    }
  }
  return {
    layers: config.data.decoder_layers,
    width: config.data.d_model,
    weightBytes: fileBytes.reduce((sum, bytes) => sum + bytes, 0),
    fileBytes,
    demonstration: config.data.lyssna_demonstration === true,
  };
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch {
    return null;
  }
}
