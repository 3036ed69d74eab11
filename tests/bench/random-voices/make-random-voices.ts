// A folder with voice models of the published shapes and random weights: what a run costs does not depend on what the
// weights say. Shapes: pyannote.audio's PyanNet (segmentation-3.0) and WeSpeaker's ResNet34 with temporal statistics.
import { mkdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  asFloat,
  createGraph,
  floats,
  type Graph,
  ints,
  type Value,
  writeModel,
} from "../../../electron/onnx/graph.ts";
import { gaussian, seeded } from "../../seeded.ts";

const random = seeded(7);

/** Small enough that nothing overflows, whatever the depth. */
function weights(...dims: number[]): ReturnType<typeof floats> {
  const fanIn = dims.slice(1).reduce((product, dim) => product * dim, 1);
  const scale = 1 / Math.sqrt(Math.max(1, fanIn));
  const size = dims.reduce((product, dim) => product * dim, 1);
  return floats(
    dims,
    Float32Array.from({ length: size }, () => scale * gaussian(random)),
  );
}

/** Makes the folder unless it is there. Answers its path. */
export async function makeRandomVoices(cacheDir: string): Promise<string> {
  const dir = join(cacheDir, "random-voices");
  if ((await stat(join(dir, "made")).catch(() => null)) !== null) return dir;
  for (const part of ["segmentation", "embedding"]) await mkdir(join(dir, part, "onnx"), { recursive: true });
  writeModel(join(dir, "segmentation", "onnx", "model.onnx"), segmentationGraph());
  writeModel(join(dir, "embedding", "onnx", "model.onnx"), embeddingGraph());
  await writeVoiceConfigs(dir);
  await writeFile(join(dir, "made"), "");
  return dir;
}

/** The text files that the published repositories have, as far as they are read. */
export async function writeVoiceConfigs(dir: string): Promise<void> {
  const files: Readonly<Record<string, object>> = {
    "segmentation/config.json": { model_type: "pyannote", num_labels: 7 },
    "segmentation/preprocessor_config.json": {
      feature_extractor_type: "PyAnnoteFeatureExtractor",
      sampling_rate: 16_000,
      offset: 721,
      step: 270,
    },
    "embedding/config.json": { model_type: "wespeaker-resnet", hidden_size: 256 },
    "embedding/preprocessor_config.json": {
      feature_extractor_type: "WeSpeakerFeatureExtractor",
      sampling_rate: 16_000,
      num_mel_bins: 80,
      fbank_centering_span: null,
      min_num_frames: 9,
    },
  };
  for (const [path, value] of Object.entries(files)) {
    await writeFile(join(dir, path), `${JSON.stringify(value, null, 2)}\n`);
  }
}

function segmentationGraph(): Graph {
  const graph = createGraph("segmentation");
  graph.input("input_values", "float32", ["batch", 1, "samples"]);
  let value: Value = graph.node("Abs", [
    graph.node("Conv", ["input_values", graph.constant(weights(80, 1, 251))], { strides: [10] }),
  ]);
  const rest = (channels: number) => {
    value = graph.node("MaxPool", [value], { kernel_shape: [3], strides: [3] });
    const ones = graph.constant(floats([channels], new Float32Array(channels).fill(1)));
    const zeros = graph.constant(floats([channels], new Float32Array(channels)));
    value = graph.node("InstanceNormalization", [value, ones, zeros]);
    value = graph.node("LeakyRelu", [value], { alpha: asFloat(0.01) });
  };
  rest(80);
  for (const [ins, outs] of [
    [80, 60],
    [60, 60],
  ] as const) {
    value = graph.node("Conv", [value, graph.constant(weights(outs, ins, 5))]);
    rest(outs);
  }
  value = graph.node("Transpose", [value], { perm: [2, 0, 1] });
  for (const width of [60, 256, 256, 256]) {
    const [steps] = graph.nodes(
      "LSTM",
      [value, graph.constant(weights(2, 512, width)), graph.constant(weights(2, 512, 128))],
      1,
      { hidden_size: 128, direction: "bidirectional" },
    );
    const merged = graph.node("Transpose", [steps ?? ""], { perm: [0, 2, 1, 3] });
    value = graph.node("Reshape", [merged, graph.constant(ints([3], [0, 0, 256]))]);
  }
  value = graph.node("Transpose", [value], { perm: [1, 0, 2] });
  for (const [ins, outs] of [
    [256, 128],
    [128, 128],
  ] as const) {
    value = graph.node("MatMul", [value, graph.constant(weights(ins, outs))]);
    value = graph.node("LeakyRelu", [value], { alpha: asFloat(0.01) });
  }
  value = graph.node("MatMul", [value, graph.constant(weights(128, 7))]);
  // One voice all the time: every second is then judged, which is the most that can be asked.
  value = graph.node("Add", [value, graph.constant(floats([7], [0, 1000, 0, 0, 0, 0, 0]))]);
  graph.node("LogSoftmax", [value], { axis: 2 }, { outputs: ["logits"] });
  graph.output("logits", "float32", ["batch", "frames", 7]);
  return graph;
}

function embeddingGraph(): Graph {
  const graph = createGraph("embedding");
  graph.input("input_features", "float32", ["batch", "frames", 80]);
  const image = graph.node("Transpose", ["input_features"], { perm: [0, 2, 1] });
  let value = graph.node("Unsqueeze", [image, graph.constant(ints([1], [1]))]);
  const conv = (from: Value, ins: number, outs: number, kernel: number, stride: number): Value =>
    graph.node("Conv", [from, graph.constant(weights(outs, ins, kernel, kernel)), graph.constant(weights(outs))], {
      kernel_shape: [kernel, kernel],
      strides: [stride, stride],
      pads: kernel === 3 ? [1, 1, 1, 1] : [0, 0, 0, 0],
    });
  value = graph.node("Relu", [conv(value, 1, 32, 3, 1)]);
  let ins = 32;
  for (const [blocks, outs] of [
    [3, 32],
    [4, 64],
    [6, 128],
    [3, 256],
  ] as const) {
    for (let block = 0; block < blocks; block++) {
      const stride = block === 0 && outs > 32 ? 2 : 1;
      const inner = graph.node("Relu", [conv(value, ins, outs, 3, stride)]);
      const straight = stride === 1 && ins === outs ? value : conv(value, ins, outs, 1, stride);
      value = graph.node("Relu", [graph.node("Add", [conv(inner, outs, outs, 3, 1), straight])]);
      ins = outs;
    }
  }
  // Mean and deviation over time of 256 channels by 10 bands.
  const mean = graph.node("ReduceMean", [value], { axes: [3], keepdims: 1 });
  const apart = graph.node("Sub", [value, mean]);
  const variance = graph.node("ReduceMean", [graph.node("Mul", [apart, apart])], { axes: [3], keepdims: 1 });
  const small = graph.constant(floats([], [1e-7]));
  const deviation = graph.node("Sqrt", [graph.node("Add", [variance, small])]);
  const flat = graph.constant(ints([2], [0, -1]));
  const pooled = graph.node(
    "Concat",
    [mean, deviation].map((part) => graph.node("Reshape", [part, flat])),
    { axis: 1 },
  );
  graph.node(
    "Gemm",
    [pooled, graph.constant(weights(5120, 256)), graph.constant(weights(256))],
    {},
    { outputs: ["last_hidden_state"] },
  );
  graph.output("last_hidden_state", "float32", ["batch", 256]);
  return graph;
}
