// Which 8-bit weights this processor multiplies exactly. Inference process.
import { InferenceSession, Tensor } from "onnxruntime-node";
import { createGraph, modelBytes } from "../../onnx/graph.ts";
import type { Products } from "./graphs/build-layers.ts";

const size = 64;
let known: Promise<Products> | null = null;

/**
 * Asked once per process, of ONNX Runtime itself. Without the VNNI instructions (before about 2019) it adds products of
 * unsigned with signed bytes in pairs of 16 bits, which overflow where both are large: then unsigned weights are exact.
 */
export function exactProducts(): Promise<Products> {
  known ??= probe();
  return known;
}

async function probe(): Promise<Products> {
  const graph = createGraph("products");
  graph.input("input", "uint8", [size, size]);
  const weights = graph.constant({ type: "int8", dims: [size, size], data: new Uint8Array(size * size).fill(127) });
  graph.node("MatMulInteger", ["input", weights], {}, { outputs: ["output"] });
  graph.output("output", "int32", [size, size]);
  const session = await InferenceSession.create(modelBytes(graph), { intraOpNumThreads: 1 });
  try {
    const input = new Tensor("uint8", new Uint8Array(size * size).fill(255), [size, size]);
    const { output } = await session.run({ input });
    const products = output?.data as Int32Array;
    return products.every((product) => product === size * 255 * 127) ? "signed" : "unsigned";
  } finally {
    await session.release();
  }
}
