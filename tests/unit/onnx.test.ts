// The ONNX writer, judged by ONNX Runtime itself.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { asFloat, createGraph, floats, ints, modelBytes, writeModel } from "../../electron/onnx/graph.ts";

const folder = mkdtempSync(join(tmpdir(), "lyssna-onnx-"));
after(() => rmSync(folder, { recursive: true }));

const numbers = (tensor: { readonly data: unknown } | undefined): number[] => Array.from(tensor?.data as Float32Array);

describe("models that ONNX Runtime reads", () => {
  test("a graph with constants, attributes of every kind and a branch computes", async () => {
    const graph = createGraph("main");
    graph.input("x", "float32", ["n", 3]);
    graph.input("flip", "bool", [1]);
    const weights = graph.constant(floats([3, 2], [1, 0, 0, 1, 2, -2]));
    const product = graph.node("Gemm", ["x", weights], { alpha: asFloat(2), transB: 0 });
    const sum = graph.node("ReduceMax", [product], { axes: [-1], keepdims: 1 });
    const negated = createGraph("negated");
    negated.output(negated.node("Neg", [sum], {}, { outputs: ["negated/y"] }), "float32", ["n", 1]);
    const kept = createGraph("kept");
    kept.output(kept.node("Identity", [sum], {}, { outputs: ["kept/y"] }), "float32", ["n", 1]);
    graph.node("If", ["flip"], { then_branch: { graph: negated }, else_branch: { graph: kept } }, { outputs: ["y"] });
    graph.output("y", "float32", ["n", 1]);

    const session = await InferenceSession.create(modelBytes(graph));
    const run = async (flip: boolean): Promise<number[]> => {
      const feeds = {
        x: new Tensor("float32", [1, 2, 3, 4, 5, 6], [2, 3]),
        flip: new Tensor("bool", [flip], [1]),
      };
      return numbers((await session.run(feeds))["y"]);
    };
    assert.deepEqual(await run(false), [14, 32]);
    assert.deepEqual(await run(true), [-14, -32]);
  });

  test("a file with large weights holds them unchanged", async () => {
    const size = 300_000;
    const weights = Float32Array.from({ length: size }, (_, index) => index % 977);
    const graph = createGraph("large");
    graph.input("index", "int64", ["n"]);
    graph.node("Gather", [graph.constant(floats([size], weights)), "index"], { axis: 0 }, { outputs: ["y"] });
    graph.output("y", "float32", ["n"]);
    const path = join(folder, "large.onnx");
    writeModel(path, graph);
    const session = await InferenceSession.create(path);
    const answer = await session.run({
      index: new Tensor("int64", [0n, 976n, 977n, 299_999n], [4]),
    });
    assert.deepEqual(numbers(answer["y"]), [0, 976, 0, 299_999 % 977]);
  });

  test("negative whole numbers survive as constants and attributes", async () => {
    const graph = createGraph("negative");
    graph.input("x", "float32", [2, 2]);
    const shape = graph.constant(ints([1], [-1]));
    graph.node("Reshape", [graph.node("Concat", ["x", "x"], { axis: -1 }), shape], {}, { outputs: ["y"] });
    graph.output("y", "float32", [8]);
    const session = await InferenceSession.create(modelBytes(graph));
    const answer = await session.run({ x: new Tensor("float32", [1, 2, 3, 4], [2, 2]) });
    assert.deepEqual(numbers(answer["y"]), [1, 2, 1, 2, 3, 4, 3, 4]);
  });

  test("a fraction as a bare attribute is refused, since ONNX would read it as a whole number", () => {
    assert.throws(() => createGraph("fraction").node("LeakyRelu", ["x"], { alpha: 0.5 }), TypeError);
  });
});
