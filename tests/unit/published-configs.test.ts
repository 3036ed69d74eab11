import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { fitsWeights } from "../../electron/inference/whisper/check-tokenizer.ts";
import { readTokens } from "../../electron/inference/whisper/tokens.ts";

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, at) => from + at);

/** The generation_config.json of the published models, as far as decoding rests on it. */
const multilingual = {
  begin_suppress_tokens: [220, 50_257],
  decoder_start_token_id: 50_258,
  eos_token_id: 50_257,
  is_multilingual: true,
  lang_to_id: { "<|en|>": 50_259, "<|sv|>": 50_273, "<|su|>": 50_357 },
  max_initial_timestamp_index: 50,
  no_timestamps_token_id: 50_363,
  prev_sot_token_id: 50_361,
  suppress_tokens: [1, 2, 7, 8, 9, 10, 14, 25, 50_258, 50_358, 50_359, 50_360, 50_361, 50_362],
  task_to_id: { transcribe: 50_359, translate: 50_358 },
};
const englishOnly = {
  begin_suppress_tokens: [220, 50_256],
  decoder_start_token_id: 50_257,
  eos_token_id: 50_256,
  forced_decoder_ids: [[1, 50_362]],
  is_multilingual: false,
  no_timestamps_token_id: 50_362,
  suppress_tokens: [1, 2, 7, 8, 9, 10, 14, 25],
};
/** Cantonese came in with large-v3, and all after it moved by one; turbo and distil-large-v3 have the same words. */
const third = {
  begin_suppress_tokens: [220, 50_257],
  decoder_start_token_id: 50_258,
  eos_token_id: 50_257,
  is_multilingual: true,
  lang_to_id: { "<|en|>": 50_259, "<|sv|>": 50_273, "<|su|>": 50_357, "<|yue|>": 50_358 },
  no_timestamps_token_id: 50_364,
  suppress_tokens: [],
  task_to_id: { transcribe: 50_360, translate: 50_359 },
};

describe("the vocabularies of the published models", () => {
  test("multilingual, 51,865 tokens", () => {
    const tokens = readTokens(multilingual);
    assert.equal(tokens.end, 50_257);
    assert.equal(tokens.start, 50_258);
    assert.equal(tokens.noSpeech, 50_362);
    assert.equal(tokens.timestampBegin, 50_364);
    assert.equal(51_865 - tokens.timestampBegin, 1501);
    assert.equal(tokens.transcribe, 50_359);
    assert.equal(tokens.languages.get("sv"), 50_273);
    assertNeverSaid(tokens.suppress, [1, 25, ...range(50_358, 50_364)]);
    assert.deepEqual(tokens.beginSuppress, [220, 50_257]);
    assert.ok(!tokens.suppress.includes(tokens.end));
  });

  test("English only, 51,864 tokens: no languages, no tasks in the prompt, ids lower by one", () => {
    const tokens = readTokens(englishOnly);
    assert.equal(tokens.end, 50_256);
    assert.equal(tokens.start, 50_257);
    assert.equal(tokens.noSpeech, 50_361);
    assert.equal(tokens.timestampBegin, 50_363);
    assert.equal(51_864 - tokens.timestampBegin, 1501);
    assert.equal(tokens.transcribe, null);
    assert.equal(tokens.languages.size, 0);
    assert.equal(tokens.maxInitialTimestamp, 50);
    // The two tasks stand in the vocabulary all the same.
    assertNeverSaid(tokens.suppress, [1, 25, ...range(50_357, 50_363)]);
    assert.ok(!tokens.suppress.includes(tokens.end));
  });

  test("large-v3, turbo and distil-large-v3, 51,866 tokens: Cantonese, ids higher by one", () => {
    const tokens = readTokens(third);
    assert.equal(tokens.noSpeech, 50_363);
    assert.equal(tokens.timestampBegin, 50_365);
    assert.equal(51_866 - tokens.timestampBegin, 1501);
    assert.equal(tokens.transcribe, 50_360);
    assert.equal(tokens.languages.get("yue"), 50_358);
    assertNeverSaid(tokens.suppress, range(50_359, 50_365));
    assert.ok(!tokens.suppress.includes(50_358), "a language is not among the tasks");
  });

  test("end of text as a list, and lists that are null", () => {
    const tokens = readTokens({ ...third, eos_token_id: [50_257], suppress_tokens: null, begin_suppress_tokens: null });
    assert.equal(tokens.end, 50_257);
    assert.deepEqual(tokens.beginSuppress, []);
    assertNeverSaid(tokens.suppress, range(50_359, 50_365));
  });
});

test("token numbers that no vocabulary has are refused, and counted no further than the tokenizer's words", () => {
  for (const [key, value] of [
    ["no_timestamps_token_id", 1e9],
    ["no_timestamps_token_id", "x"],
    ["task_to_id", { transcribe: -1e9 }],
    ["decoder_start_token_id", 0.5],
  ] as const)
    assert.throws(() => readTokens({ ...multilingual, [key]: value }), RangeError, key);
  const tokens = readTokens({ ...multilingual, eos_token_id: 2 ** 53 - 1 });
  const added = [
    { id: tokens.end, content: "<|endoftext|>" },
    { id: tokens.start, content: "<|startoftranscript|>" },
    { id: tokens.noTimestamps, content: "<|notimestamps|>" },
  ];
  const start = performance.now();
  assert.equal(fitsWeights({ model: { vocab: { a: 0, b: 1 } }, added_tokens: added }, tokens), false);
  assert.ok(performance.now() - start < 1000);
});

function assertNeverSaid(suppressed: readonly number[], expected: readonly number[]): void {
  assert.deepEqual(
    expected.filter((id) => !suppressed.includes(id)),
    [],
  );
}
