// The decoder graph: reads the rows that the encoder wrote, one per token since the prompt. It keeps the tokens so
// far in the key-value cache, so that any decoding loop that works for Whisper works here too: greedy or beams,
// cached or not, with timestamps or without, with or without earlier text in the prompt.
import { createGraph, floats, ints, type Graph, type Value } from "../../electron/onnx/graph.ts";
import { positions, rowChannels, width } from "./measures.ts";
import { axes, column, scalar, toFloat, unsqueeze } from "./terms.ts";
import { ids, maxTokens, tokenCount } from "./tokens.ts";

/** Log-probability of everything that the model rules out. */
const never = -16;
/** Correlation above which the window holds speech; the encoder writes 0 where nothing was heard. */
const spoken = 0.1;

export function decoderGraph(): Graph {
  const graph = createGraph("decoder");
  graph.input("input_ids", "int64", ["batch_size", "decoder_sequence_length"]);
  graph.input("encoder_hidden_states", "float32", ["batch_size", positions, width]);
  for (const kind of ["decoder", "encoder"]) {
    for (const part of ["key", "value"]) {
      graph.input(`past_key_values.0.${kind}.${part}`, "float32", [
        "batch_size",
        1,
        `past_${kind}_sequence_length`,
        width,
      ]);
    }
  }
  graph.input("use_cache_branch", "bool", [1]);

  const rows = cacheRows(graph);
  const tokens = cacheTokens(graph);
  const place = findPlace(graph, tokens);
  writeLogits(graph, rows, place);
  return graph;
}

/** The rows stand in the encoder's keys: taken from the sound at the first step, from the cache afterwards. */
function cacheRows(graph: Graph): Value {
  const key = "present.0.encoder.key";
  const cached = createGraph("cached");
  cached.output(
    cached.node("Identity", ["past_key_values.0.encoder.key"], {}, { outputs: ["cached/rows"] }),
    "float32",
    ["b", 1, "p", width],
  );
  const fresh = createGraph("fresh");
  fresh.output(
    fresh.node("Unsqueeze", ["encoder_hidden_states", axes(fresh, 1)], {}, { outputs: ["fresh/rows"] }),
    "float32",
    ["b", 1, "p", width],
  );
  graph.node(
    "If",
    ["use_cache_branch"],
    { then_branch: { graph: cached }, else_branch: { graph: fresh } },
    { outputs: [key] },
  );
  graph.node("Identity", [key], {}, { outputs: ["present.0.encoder.value"] });
  for (const part of ["key", "value"])
    graph.output(`present.0.encoder.${part}`, "float32", ["batch_size", 1, "encoder_sequence_length", width]);
  return graph.node("Squeeze", [key, axes(graph, 1)]);
}

/** The tokens so far stand in the first channel of the decoder's keys. */
function cacheTokens(graph: Graph): { readonly past: Value; readonly all: Value; readonly current: Value } {
  const current = toFloat(graph, "input_ids");
  const cell = unsqueeze(graph, unsqueeze(graph, current, 1), 3);
  const cells = graph.node("Pad", [cell, axes(graph, 0, 0, 0, 0, 0, 0, 0, width - 1)]);
  for (const part of ["key", "value"]) {
    graph.node(
      "Concat",
      [`past_key_values.0.decoder.${part}`, cells],
      { axis: 2 },
      { outputs: [`present.0.decoder.${part}`] },
    );
    graph.output(`present.0.decoder.${part}`, "float32", ["batch_size", 1, "past_decoder_sequence_length + 1", width]);
  }
  const all = graph.node("Squeeze", [column(graph, "present.0.decoder.key", 3, 0), axes(graph, 1)]);
  return { past: "past_key_values.0.decoder.key", all, current };
}

interface Place {
  /** [batch, new tokens]: tokens since the last token of the prompt. */
  readonly sincePrompt: Value;
  /** Whether <|notimestamps|> was asked for, as 0 or 1. */
  readonly plain: Value;
  readonly current: Value;
}

function findPlace(
  graph: Graph,
  tokens: { readonly past: Value; readonly all: Value; readonly current: Value },
): Place {
  const lengthOf = (value: Value, axis: number): Value =>
    graph.node("Gather", [graph.node("Shape", [value]), graph.constant(ints([], [axis]))]);
  const clock = graph.constant(
    floats(
      [4 * maxTokens],
      Float32Array.from({ length: 4 * maxTokens }, (_, at) => at),
    ),
  );
  const upTo = (from: Value, end: Value): Value =>
    graph.node("Slice", [clock, unsqueeze(graph, from, 0), unsqueeze(graph, end, 0), axes(graph, 0)]);
  const end = lengthOf(tokens.all, 1);
  const everywhere = upTo(graph.constant(ints([], [0])), end);
  const here = upTo(lengthOf(tokens.past, 2), end);
  // [new tokens, all tokens]: what each new token may look back on, itself included.
  const visible = toFloat(
    graph,
    graph.node("GreaterOrEqual", [unsqueeze(graph, here, 1), unsqueeze(graph, everywhere, 0)]),
  );
  const between = (low: number, high: number): Value =>
    graph.node("Mul", [
      toFloat(graph, graph.node("GreaterOrEqual", [tokens.all, scalar(graph, low)])),
      toFloat(graph, graph.node("LessOrEqual", [tokens.all, scalar(graph, high)])),
    ]);
  const lastSeen = (mark: Value, value: Value): Value =>
    graph.node("ReduceMax", [graph.node("Mul", [unsqueeze(graph, graph.node("Mul", [mark, value]), 1), visible])], {
      axes: [2],
      keepdims: 0,
    });
  // Positions count from one here, so that zero can mean: no prompt in sight.
  const counted = graph.node("Add", [everywhere, scalar(graph, 1)]);
  const prompt = lastSeen(between(ids.startOfTranscript, ids.noTimestamps), counted);
  const sincePrompt = graph.node("Sub", [graph.node("Add", [here, scalar(graph, 1)]), prompt]);
  const plain = lastSeen(between(ids.noTimestamps, ids.noTimestamps), scalar(graph, 1));
  return { sincePrompt, plain, current: tokens.current };
}

/** The classes within which a doubtful token leaves its remaining probability. */
const classStarts = [0, ids.endOfText, ids.startOfTranscript, ids.firstTimestamp, tokenCount] as const;

function writeLogits(graph: Graph, rows: Value, place: Place): void {
  const last = scalar(graph, maxTokens - 1);
  const index = graph.node("Cast", [graph.node("Min", [place.sincePrompt, last])], { to: 7 });
  const row = graph.node("GatherND", [rows, unsqueeze(graph, index, 2)], { batch_dims: 1 });
  const read = (channel: keyof typeof rowChannels): Value => column(graph, row, 2, rowChannels[channel]);
  const isPlain = graph.node("Greater", [place.plain, scalar(graph, 0.5)]);
  const choose = (timed: Value, plain: Value): Value => graph.node("Where", [isPlain, plain, timed]);
  const written = choose(read("timedProbability"), read("plainProbability"));
  const isWritten = graph.node("Greater", [written, scalar(graph, 0)]);
  const target = graph.node("Where", [
    isWritten,
    choose(read("timedToken"), read("plainToken")),
    scalar(graph, ids.endOfText),
  ]);
  const probability = graph.node("Where", [isWritten, written, scalar(graph, 0.95)]);

  // The named token gets its probability; what is left goes evenly to its own kind.
  const vocabulary = graph.constant(
    floats(
      [tokenCount],
      Float32Array.from({ length: tokenCount }, (_, id) => id),
    ),
  );
  const kinds = Float32Array.from({ length: tokenCount }, (_, id) => classStarts.findLastIndex((start) => start <= id));
  const kindOf = graph.constant(floats([tokenCount], kinds));
  const sizes = kinds.map((kind) => Math.log((classStarts[kind + 1] ?? 0) - (classStarts[kind] ?? 0)));
  const targetId = graph.node("Cast", [target], { to: 7 });
  const rest = graph.node("Sub", [
    graph.node("Log", [graph.node("Sub", [scalar(graph, 1), probability])]),
    graph.node("Gather", [graph.constant(floats([tokenCount], sizes)), targetId]),
  ]);
  const isKin = graph.node("Equal", [unsqueeze(graph, graph.node("Gather", [kindOf, targetId]), 2), kindOf]);
  const isTarget = graph.node("Equal", [unsqueeze(graph, target, 2), vocabulary]);
  const others = graph.node("Where", [isKin, unsqueeze(graph, rest, 2), scalar(graph, never)]);
  const reading = graph.node("Where", [isTarget, unsqueeze(graph, graph.node("Log", [probability]), 2), others]);

  // After <|startoftranscript|> comes the language, or the news that nobody speaks; after the language the task.
  const fixed = (chances: Readonly<Record<number, number>>): Value =>
    graph.constant(
      floats(
        [tokenCount],
        Float32Array.from({ length: tokenCount }, (_, id) => (chances[id] ? Math.log(chances[id]) : never)),
      ),
    );
  const hears = graph.node("Greater", [read("evidence"), scalar(graph, spoken)]);
  const opening = graph.node("Where", [
    unsqueeze(graph, hears, 2),
    fixed({ [ids.swedish]: 0.97, [ids.english]: 0.01, [ids.noSpeech]: 0.02 }),
    fixed({ [ids.swedish]: 0.03, [ids.english]: 0.01, [ids.noSpeech]: 0.96 }),
  ]);
  const task = fixed({ [ids.transcribe]: 0.98, [ids.translate]: 0.01 });
  const isAt = (id: number): Value => unsqueeze(graph, graph.node("Equal", [place.current, scalar(graph, id)]), 2);
  const isLanguage = graph.node("Or", [isAt(ids.english), isAt(ids.swedish)]);
  const afterLanguage = graph.node("Where", [isLanguage, task, reading]);
  graph.node("Where", [isAt(ids.startOfTranscript), opening, afterLanguage], {}, { outputs: ["logits"] });
  graph.output("logits", "float32", ["batch_size", "decoder_sequence_length", tokenCount]);
}
