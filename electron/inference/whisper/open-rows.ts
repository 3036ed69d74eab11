// Opens the graphs that windows are decoded on: our own, made of the published model's weights and compared with it, or,
// where its graphs are built in a way that we do not know, those that transformers.js loads. Inference process.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { WhisperForConditionalGeneration } from "@huggingface/transformers";
import { InferenceSession } from "onnxruntime-node";
import { modelBytes } from "../../onnx/graph.ts";
import { readModel } from "../../onnx/read.ts";
import { type Dtype, weightsFile } from "../layout.ts";
import type { Device } from "../protocol.ts";
import { type BatchModel, createBatchRows } from "./batch-rows.ts";
import { answersAlike } from "./compare-rows.ts";
import { listenGraph } from "./graphs/listen-graph.ts";
import { readDecoder, readEncoder } from "./graphs/read-whisper.ts";
import { stepGraph } from "./graphs/step-graph.ts";
import { UnknownGraph } from "./graphs/walk.ts";
import type { LogMel } from "./log-mel.ts";
import { createPublishedRows } from "./published-rows.ts";
import type { Rows } from "./rows.ts";
import type { WhisperTokens } from "./tokens.ts";

export interface OpenOptions {
  readonly dir: string;
  readonly dtypes: { readonly encoder_model: Dtype; readonly decoder_model_merged: Dtype };
  readonly device: Device;
  /** config.json */
  readonly config: Readonly<Record<string, unknown>>;
  readonly tokens: WhisperTokens;
  readonly maxTokens: number;
  readonly sessionOptions: InferenceSession.SessionOptions;
  readonly logMel: LogMel;
  readonly alignmentHeads: readonly (readonly [number, number])[];
  readonly batch: number;
  /** Whether our own graphs were compared with the published ones before. */
  readonly trusted: boolean;
}

interface OpenedRows {
  readonly rows: Rows;
  readonly graphs: "own" | "published";
}

export async function openRows(options: OpenOptions): Promise<OpenedRows> {
  // Our graphs are made for the processor: their operators for 8-bit weights are not on every other device.
  const own = options.device === "cpu" ? await openOwn(options) : null;
  if (own !== null && options.trusted) return { rows: createBatchRows(own, options.batch), graphs: "own" };
  const published = await openPublished(options);
  const { encoder_model: encoder, decoder_model_merged: decoder } = options.dtypes;
  const weights = [encoder, decoder].every((dtype) => dtype.startsWith("fp")) ? "plain" : "quantised";
  if (own !== null && (await answersAlike(createBatchRows(own, 1), published.rows, options.tokens, weights))) {
    await published.close();
    return { rows: createBatchRows(own, options.batch), graphs: "own" };
  }
  await own?.listen.release();
  await own?.step.release();
  return { rows: published.rows, graphs: "published" };
}

/** Null where the graphs are built in an unknown way, or the weights lie in files of their own. */
async function openOwn(options: OpenOptions): Promise<BatchModel | null> {
  const { dir, dtypes, config, tokens, sessionOptions, logMel } = options;
  const read = async (part: keyof typeof dtypes) =>
    readModel(await readFile(join(dir, weightsFile(part, dtypes[part]))));
  try {
    const decoder = readDecoder(await read("decoder_model_merged"));
    const encoder = readEncoder(await read("encoder_model"));
    const heads = Number(config["decoder_attention_heads"]);
    const [positions = 0, width = 0] = encoder.positions.dims;
    const listening = listenGraph(encoder, decoder, Number(config["encoder_attention_heads"]), heads);
    const stepping = stepGraph(decoder, {
      heads,
      suppressed: tokens.suppress,
      timestampBegin: tokens.timestampBegin,
      end: tokens.end,
      alignmentHeads: options.alignmentHeads,
    });
    const versions = { opset: 17, microsoftOpset: 1 };
    return {
      logMel,
      listen: await InferenceSession.create(modelBytes(listening, versions), sessionOptions),
      step: await InferenceSession.create(modelBytes(stepping, versions), sessionOptions),
      layers: decoder.layers.length,
      heads,
      headWidth: width / heads,
      positions,
      // The prompt, what is said, and the end.
      maxTokens: Math.min(options.maxTokens + 8, decoder.positions.dims[0] ?? 0),
      hasAttention: options.alignmentHeads.length > 0,
    };
  } catch (error) {
    if (error instanceof UnknownGraph || error instanceof RangeError) return null;
    throw error;
  }
}

async function openPublished(options: OpenOptions): Promise<{ readonly rows: Rows; close(): Promise<void> }> {
  const { dir, dtypes, config, tokens, sessionOptions, logMel } = options;
  const loaded = await WhisperForConditionalGeneration.from_pretrained(dir, {
    local_files_only: true,
    device: options.device,
    dtype: dtypes,
    session_options: sessionOptions,
  });
  const sessions = loaded.sessions as Record<string, InferenceSession | undefined>;
  const { model: encoder, decoder_model_merged: decoder } = sessions;
  if (encoder === undefined || decoder === undefined) throw new Error("sessions are missing");
  const heads = Number(config["decoder_attention_heads"]);
  const layers = Number(config["decoder_layers"]);
  const headWidth = Number(config["d_model"]) / heads;
  const rows = createPublishedRows({ logMel, encoder, decoder, tokens, layers, heads, headWidth }, 1);
  return { rows, close: async () => void (await loaded.dispose()) };
}
