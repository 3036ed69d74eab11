// Makes sessions of our own graphs from the weights in the published files. Inference process.
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { InferenceSession } from "onnxruntime-node";
import { type Graph, modelBytes } from "../../onnx/graph.ts";
import { LyssnaError } from "../../errors.ts";
import { TooMuchToRead } from "../../onnx/decode.ts";
import { readModel } from "../../onnx/read.ts";
import { type Part, weightsFile } from "../layout.ts";
import type { BatchModel } from "./batch-rows.ts";
import { listenGraph } from "./graphs/listen-graph.ts";
import { exactProducts } from "./exact-products.ts";
import { readDecoder, readEncoder } from "./graphs/read-whisper.ts";
import { stepGraph } from "./graphs/step-graph.ts";
import type { OpenOptions } from "./open-rows.ts";

/**
 * Null where it cannot be done: the graphs are built in an unknown way, the weights lie in files of their own, or ONNX
 * Runtime refuses what was made of them. Then there are the published graphs. Throws model-damaged for a file that was
 * made to take time.
 */
export async function openOwn(options: OpenOptions): Promise<BatchModel | null> {
  const { config, tokens, logMel } = options;
  const heads = Number(config["decoder_attention_heads"]);
  const read = (part: Part): Promise<Uint8Array> =>
    readFile(join(options.dir, weightsFile(part, options.dtypes[part])));
  const sessions: InferenceSession[] = [];
  let reading: Part = "decoder_model_merged";
  const open = async (graph: Graph, file: Uint8Array): Promise<InferenceSession> => {
    const bytes = modelBytes(graph, { opset: 17, microsoftOpset: 1 });
    giveBack(file);
    const session = await InferenceSession.create(bytes, options.sessionOptions);
    giveBack(bytes);
    sessions.push(session);
    return session;
  };
  const decoderFile = await read("decoder_model_merged");
  const encoderFile = await read("encoder_model");
  try {
    const decoder = readDecoder(readModel(decoderFile));
    reading = "encoder_model";
    const encoder = readEncoder(readModel(encoderFile));
    const [positions = 0, width = 0] = encoder.positions.dims;
    const products = await exactProducts();
    const listening = listenGraph(encoder, decoder, Number(config["encoder_attention_heads"]), heads, products);
    const listen = await open(listening, encoderFile);
    const stepping = stepGraph(decoder, {
      heads,
      products,
      suppressed: tokens.suppress,
      timestampBegin: tokens.timestampBegin,
      end: tokens.end,
      alignmentHeads: options.alignmentHeads,
    });
    const step = await open(stepping, decoderFile);
    return {
      logMel,
      listen,
      step,
      layers: decoder.layers.length,
      heads,
      headWidth: width / heads,
      positions,
      // The prompt, what is said, and the end.
      maxTokens: Math.min(options.maxTokens + 8, decoder.positions.dims[0] ?? 0),
      hasAttention: options.alignmentHeads.length > 0,
    };
  } catch (error) {
    for (const session of sessions) await session.release();
    // Whoever made such a file did not mean it to be read, by ONNX Runtime neither.
    if (error instanceof TooMuchToRead)
      throw new LyssnaError("model-damaged", {
        model: basename(options.dir),
        file: weightsFile(reading, options.dtypes[reading]),
      });
    return null;
  } finally {
    giveBack(decoderFile);
    giveBack(encoderFile);
  }
}

/**
 * Frees the bytes now, not when the collector comes by: a model may fill a quarter of a laptop's memory, and would be
 * there as a file, as a graph and in ONNX Runtime at once. Whoever reads them afterwards finds nothing.
 */
function giveBack({ buffer, byteLength }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength && !buffer.detached) buffer.transfer(0);
}
