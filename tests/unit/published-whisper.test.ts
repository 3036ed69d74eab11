import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { createBatchRows } from "../../electron/inference/whisper/batch-rows.ts";
import { answersOf, areAlike } from "../../electron/inference/whisper/compare-rows.ts";
import { listenGraph } from "../../electron/inference/whisper/graphs/listen-graph.ts";
import { readDecoder, readEncoder } from "../../electron/inference/whisper/graphs/read-whisper.ts";
import { stepGraph } from "../../electron/inference/whisper/graphs/step-graph.ts";
import { UnknownGraph } from "../../electron/inference/whisper/graphs/walk.ts";
import type { DecoderWeights, EncoderWeights } from "../../electron/inference/whisper/graphs/weights.ts";
import type { LogMel } from "../../electron/inference/whisper/log-mel.ts";
import { openRows } from "../../electron/inference/whisper/open-rows.ts";
import { createPublishedRows } from "../../electron/inference/whisper/published-rows.ts";
import type { Rows } from "../../electron/inference/whisper/rows.ts";
import type { WhisperTokens } from "../../electron/inference/whisper/tokens.ts";
import { createGraph, modelBytes } from "../../electron/onnx/graph.ts";
import { readModel } from "../../electron/onnx/read.ts";
import { decoderGraph } from "../published-whisper/decoder.ts";
import { type Dialect, dialects } from "../published-whisper/dialects.ts";
import { encoderGraph } from "../published-whisper/encoder.ts";
import { makeNumbers, shape } from "../published-whisper/numbers.ts";
import { gaussian, seeded } from "../seeded.ts";
import { temporaryFolder } from "../sound-files.ts";

const numbers = makeNumbers(1);
const tokens: WhisperTokens = {
  start: 501,
  end: 500,
  noTimestamps: 509,
  noSpeech: 508,
  timestampBegin: 510,
  languages: new Map(),
  transcribe: 505,
  suppress: [501, 505, 508],
  beginSuppress: [],
  maxInitialTimestamp: 50,
};
const versions = { opset: 17, microsoftOpset: 1 };
const sessionOptions = { intraOpNumThreads: 1, logSeverityLevel: 3 } as const;
const random = seeded(9);
const features = Float32Array.from({ length: shape.mels * 2 * shape.positions }, () => gaussian(random));
/** Whatever the sound, the same features: what is compared begins after them. */
const logMel: LogMel = { run: async () => new Tensor("float32", features, [1, shape.mels, 2 * shape.positions]) };

interface Files {
  readonly encoder: Uint8Array;
  readonly decoder: Uint8Array;
}

const filesOf = (dialect: Dialect): Files => ({
  encoder: modelBytes(encoderGraph(numbers, dialect), versions),
  decoder: modelBytes(decoderGraph(numbers, dialect), versions),
});

async function openPublished({ encoder, decoder }: Files): Promise<Rows> {
  const model = {
    logMel,
    encoder: await InferenceSession.create(encoder, sessionOptions),
    decoder: await InferenceSession.create(decoder, sessionOptions),
    tokens,
    layers: shape.decoderLayers,
    heads: shape.decoderHeads,
    headWidth: shape.width / shape.decoderHeads,
  };
  return createPublishedRows(model, 1);
}

async function openOwn(
  encoder: EncoderWeights,
  decoder: DecoderWeights,
  products: "signed" | "unsigned" = "signed",
): Promise<Rows> {
  const heads = shape.decoderHeads;
  const listening = listenGraph(encoder, decoder, shape.encoderHeads, heads, products);
  const stepping = stepGraph(decoder, {
    ...tokens,
    heads,
    products,
    suppressed: tokens.suppress,
    alignmentHeads: [],
  });
  const model = {
    logMel,
    listen: await InferenceSession.create(modelBytes(listening, versions), sessionOptions),
    step: await InferenceSession.create(modelBytes(stepping, versions), sessionOptions),
    layers: shape.decoderLayers,
    heads,
    headWidth: shape.width / heads,
    positions: shape.positions,
    maxTokens: shape.maxTokens,
    hasAttention: false,
  };
  return createBatchRows(model, 1);
}

/** Of a copy: reading turns 8-bit weights in place. */
const read = ({ encoder, decoder }: Files) =>
  [readEncoder(readModel(encoder.slice())), readDecoder(readModel(decoder.slice()))] as const;

/** Logits after each of a few tokens. */
async function answers(rows: Rows): Promise<Float32Array[]> {
  const row = await rows.join(new Float32Array(1));
  const logits: Float32Array[] = [];
  for (const token of [tokens.start, tokens.transcribe ?? 0, tokens.timestampBegin, 17, 300, 3]) {
    const [scores] = await rows.step([row], [token], true);
    logits.push((scores?.logits ?? new Float32Array(0)).slice());
  }
  rows.leave(row);
  return logits;
}

const largestDifference = (one: Float32Array, other: Float32Array): number =>
  one.reduce((most, value, at) => Math.max(most, Math.abs(value - (other[at] ?? Number.NaN))), 0);

function cosine(one: Float32Array, other: Float32Array): number {
  const product = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
  return product(one, other) / Math.sqrt(product(one, one) * product(other, other));
}

/**
 * Where weights are in 8 or 4 bits, our graphs quantise each row of numbers by itself and the published ones all rows
 * together, or not at all: a difference of its own, next to nothing beside that of a lost bias (0.97).
 */
const leastCosine: Readonly<Record<Dialect["weights"], number>> = {
  fp32: 1 - 1e-9,
  fp16: 0.99999,
  u8: 0.999,
  s8: 0.999,
  "s8 by column": 0.999,
  q4: 0.999,
  "q4 with zero points": 0.999,
  q4f16: 0.999,
};

describe("our graphs answer as the published ones do", () => {
  for (const dialect of dialects) {
    test(dialect.name, async () => {
      const files = filesOf(dialect);
      const [ours, theirs] = [await answers(await openOwn(...read(files))), await answers(await openPublished(files))];
      for (const [at, logits] of theirs.entries()) {
        const own = ours[at] ?? new Float32Array(0);
        assert.equal(own.length, shape.vocabulary);
        assert.ok(cosine(own, logits) > leastCosine[dialect.weights], `step ${at}: cosine ${cosine(own, logits)}`);
        if (dialect.weights === "fp32") assert.ok(largestDifference(own, logits) < 1e-3);
      }
    });
  }
});

describe("8-bit weights without a sign, for processors that do not multiply signed ones exactly", () => {
  for (const dialect of dialects.filter(({ weights }) => weights === "u8" || weights === "s8 by column").slice(0, 2)) {
    test(`give the same logits: ${dialect.name}`, async () => {
      const files = filesOf(dialect);
      const signed = await answers(await openOwn(...read(files), "signed"));
      const unsigned = await answers(await openOwn(...read(files), "unsigned"));
      for (const [at, logits] of unsigned.entries()) {
        const difference = largestDifference(logits, signed[at] ?? new Float32Array(0));
        assert.ok(difference < 1e-3, `step ${at}: ${difference}`);
      }
    });
  }
});

describe("graphs that were read wrong", () => {
  const dialect = dialects.find(({ name }) => name === "of 2024, fp32");
  assert.ok(dialect !== undefined);
  const files = filesOf(dialect);
  const [encoder, decoder] = read(files);
  const changed = (change: (layer: DecoderWeights["layers"][number]) => DecoderWeights["layers"][number]) => ({
    ...decoder,
    layers: decoder.layers.map((layer, at) => (at === 0 ? change(layer) : layer)),
  });
  const exchanged: Readonly<Record<string, DecoderWeights>> = {
    "queries for keys": changed((layer) => ({ ...layer, self: { ...layer.self, query: layer.self.key } })),
    "values for what is put out": changed((layer) => ({ ...layer, cross: { ...layer.cross, out: layer.cross.value } })),
    "one attention for the other": changed((layer) => ({ ...layer, self: layer.cross, cross: layer.self })),
    "layers in another order": { ...decoder, layers: decoder.layers.toReversed() },
    "no bias in the feed-forward layers": {
      ...decoder,
      layers: decoder.layers.map((layer) => ({
        ...layer,
        feedForward: { ...layer.feedForward, up: { ...layer.feedForward.up, bias: null } },
      })),
    },
  };
  const isTrusted = async (weights: DecoderWeights): Promise<boolean> => {
    const [ours, theirs] = [await openOwn(encoder, weights), await openPublished(files)];
    return areAlike(await answersOf(ours, tokens), await answersOf(theirs, tokens), "plain");
  };
  test("the comparison says yes where nothing is exchanged", async () => {
    assert.equal(await isTrusted(decoder), true);
  });
  for (const [name, wrong] of Object.entries(exchanged)) {
    test(`the comparison says no: ${name}`, async () => {
      assert.equal(await isTrusted(wrong), false);
    });
  }
});

describe("a model folder is opened", () => {
  const folder = temporaryFolder();
  after(() => folder[Symbol.dispose]());
  const open = (name: string, files: Files, suffix: "" | "_quantized") => {
    const dir = join(folder.dir, name);
    mkdirSync(join(dir, "onnx"), { recursive: true });
    const config = {
      architectures: ["WhisperForConditionalGeneration"],
      model_type: "whisper",
      is_encoder_decoder: true,
      d_model: shape.width,
      encoder_layers: shape.encoderLayers,
      encoder_attention_heads: shape.encoderHeads,
      decoder_layers: shape.decoderLayers,
      decoder_attention_heads: shape.decoderHeads,
      num_mel_bins: shape.mels,
      vocab_size: shape.vocabulary,
      max_target_positions: shape.maxTokens,
      decoder_start_token_id: tokens.start,
      eos_token_id: tokens.end,
      pad_token_id: tokens.end,
    };
    writeFileSync(join(dir, "config.json"), JSON.stringify(config));
    writeFileSync(join(dir, "generation_config.json"), JSON.stringify({ eos_token_id: tokens.end }));
    writeFileSync(join(dir, "onnx", `encoder_model${suffix}.onnx`), files.encoder);
    writeFileSync(join(dir, "onnx", `decoder_model_merged${suffix}.onnx`), files.decoder);
    const dtype = suffix === "" ? ("fp32" as const) : ("q8" as const);
    return openRows({
      dir,
      dtypes: { encoder_model: dtype, decoder_model_merged: dtype },
      device: "cpu",
      config,
      tokens,
      maxTokens: shape.maxTokens,
      sessionOptions,
      logMel,
      alignmentHeads: [],
      batch: 2,
      trusted: false,
    });
  };
  const dialectNamed = (name: string): Dialect => {
    const found = dialects.find((dialect) => dialect.name === name);
    assert.ok(found !== undefined);
    return found;
  };
  for (const name of ["of 2023, u8", "timestamped, s8", "of 2024, fp32", "of 2025, s8"]) {
    test(`on graphs of our own: ${name}`, async () => {
      const opened = await open(name, filesOf(dialectNamed(name)), name.endsWith("fp32") ? "" : "_quantized");
      assert.equal(opened.graphs, "own");
      assert.equal((await answers(opened.rows))[0]?.length, shape.vocabulary);
    });
  }

  test("on the published graphs where ours answer otherwise: scores of another scale, which the reader takes as given", async () => {
    const dialect = dialectNamed("of 2024, fp32");
    const sharper = { heads: shape.decoderHeads, scale: 1 };
    const files = { ...filesOf(dialect), decoder: modelBytes(decoderGraph(numbers, dialect, sharper), versions) };
    const opened = await open("sharper", files, "");
    assert.equal(opened.graphs, "published");
    assert.deepEqual(await answers(opened.rows), await answers(await openPublished(files)));
  });

  test("a decoder that is not merged is not taken for one", () => {
    const graph = createGraph("unmerged");
    graph.input("input_ids", "int64", ["batch_size", "sequence_length"]);
    graph.node("Identity", ["input_ids"], {}, { outputs: ["logits"] });
    graph.output("logits", "int64", ["batch_size", "sequence_length"]);
    assert.throws(() => readDecoder(readModel(modelBytes(graph))), UnknownGraph);
  });
});
