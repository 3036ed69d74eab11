// ONNX files that were made to take time: refused within a second, with a sentence.
import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import { errorSentence, toErrorData } from "../../electron/errors.ts";
import { checkModelFolder } from "../../electron/models/model-folder.ts";
import { isWholeOnnx } from "../../electron/models/onnx-whole.ts";
import { TooMuchToRead } from "../../electron/onnx/decode.ts";
import { bytesField, intField } from "../../electron/onnx/encode.ts";
import { createGraph, floats, modelBytes } from "../../electron/onnx/graph.ts";
import { readModel } from "../../electron/onnx/read.ts";
import { temporaryFolder } from "../sound-files.ts";

const mostMs = 1000;
/** Processor time in milliseconds: the machine may be busy with something else. */
async function costOf(work: () => unknown): Promise<number> {
  const start = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** Forty megabytes of fields of two bytes each. */
const tinyFields = Buffer.concat([...intField(1, 1)].map((piece) => Buffer.from(piece)));
const many = Buffer.alloc(40 << 20, tinyFields);
const inGraph = Buffer.concat(bytesField(7, many));
const inNode = Buffer.concat(bytesField(7, Buffer.concat(bytesField(1, many))));
const attribute = (field: number, bytes: Uint8Array) =>
  Buffer.concat(
    bytesField(7, Buffer.concat(bytesField(1, Buffer.concat(bytesField(5, Buffer.concat(bytesField(field, bytes))))))),
  );
const manyNumbers = attribute(8, Buffer.alloc(40 << 20, 1));
function deep(levels: number): Buffer {
  let graph: Buffer = Buffer.alloc(0);
  for (let level = 0; level < levels; level += 1)
    graph = Buffer.concat(bytesField(1, Buffer.concat(bytesField(5, Buffer.concat(bytesField(6, graph))))));
  return Buffer.concat(bytesField(7, graph));
}

describe("an ONNX file that was made to take time", () => {
  for (const [name, bytes] of [
    ["of tiny fields", many],
    ["of a graph of tiny fields", inGraph],
    ["of a node of tiny fields", inNode],
    ["of an attribute of numbers without end", manyNumbers],
    ["of graphs within graphs", deep(5000)],
  ] as const) {
    test(`is not read: one ${name}`, async () => {
      const ms = await costOf(() => assert.throws(() => readModel(bytes), TooMuchToRead));
      assert.ok(ms < mostMs, `${String(Math.round(ms))} ms`);
    });
  }

  test("is refused by the check of a model, with a sentence; one that is whole is not", async () => {
    using folder = temporaryFolder();
    const path = join(folder.dir, "onnx", "decoder_model_merged.onnx");
    await mkdir(join(folder.dir, "onnx"));
    const graph = createGraph("whole");
    graph.constant(floats([2], [1, 2]));
    await writeFile(path, modelBytes(graph));
    assert.equal(await isWholeOnnx(path), true);
    for (const bytes of [many, inGraph]) {
      await writeFile(path, bytes);
      const ms = await costOf(async () => assert.equal(await isWholeOnnx(path), false));
      assert.ok(ms < mostMs, `${String(Math.round(ms))} ms`);
    }
    const sentence = await checkModelFolder(folder.dir, "egen").then(
      () => "",
      (error: unknown) => errorSentence(toErrorData(error), "sv"),
    );
    assert.match(sentence, /egen är ofullständig eller skadad/u);
  });

  test("law: a graph that ends elsewhere than its file says is not whole", async () => {
    using folder = temporaryFolder();
    const path = join(folder.dir, "cut.onnx");
    const graph = createGraph("whole");
    graph.constant(floats([2], [1, 2]));
    const whole = Buffer.from(modelBytes(graph));
    for (let cut = 1; cut < whole.length; cut += 1) {
      await writeFile(path, whole.subarray(0, cut));
      assert.equal(await isWholeOnnx(path), false, `cut at ${String(cut)}`);
    }
  });
});
