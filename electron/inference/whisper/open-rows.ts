// Opens the graphs that windows are decoded on: our own, made of the published model's weights and compared with it, or,
// where its graphs are built in a way that we do not know, those that transformers.js loads. Inference process.
import { WhisperForConditionalGeneration } from "@huggingface/transformers";
import type { InferenceSession } from "onnxruntime-node";
import type { Dtype } from "../layout.ts";
import type { Device } from "../protocol.ts";
import { type BatchModel, createBatchRows } from "./batch-rows.ts";
import { answersOf, areAlike } from "./compare-rows.ts";
import type { LogMel } from "./log-mel.ts";
import { openOwn } from "./open-own.ts";
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
  const own = options.device === "cpu" ? await openTrusted(options) : null;
  if (own !== null) return { rows: createBatchRows(own, options.batch), graphs: "own" };
  return { rows: (await openPublished(options)).rows, graphs: "published" };
}

/**
 * Our own graphs, if they answer as the published ones do. One after the other, the published ones first: both at once
 * would take twice the memory that the model will have afterwards.
 */
async function openTrusted(options: OpenOptions): Promise<BatchModel | null> {
  const expected = options.trusted ? null : await answersAsPublished(options);
  const own = await openOwn(options);
  if (own === null || expected === null) return own;
  const { encoder_model: encoder, decoder_model_merged: decoder } = options.dtypes;
  const weights = [encoder, decoder].every((dtype) => dtype.startsWith("fp")) ? "plain" : "quantised";
  if (areAlike(await answersOf(createBatchRows(own, 1), options.tokens), expected, weights)) return own;
  await own.listen.release();
  await own.step.release();
  return null;
}

async function answersAsPublished(options: OpenOptions): Promise<readonly Float32Array[]> {
  const published = await openPublished(options);
  try {
    return await answersOf(published.rows, options.tokens);
  } finally {
    await published.close();
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
