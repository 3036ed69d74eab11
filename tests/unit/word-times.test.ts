import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { alignTokens } from "../../electron/inference/whisper/align-tokens.ts";
import type { Said } from "../../electron/inference/whisper/hearing.ts";
import { splitIntoWords } from "../../electron/inference/whisper/split-words.ts";
import { toSegments } from "../../electron/inference/whisper/to-segments.ts";
import { readTokens } from "../../electron/inference/whisper/tokens.ts";

/** Attention of `heads` heads that follows the sound: each token looks at its own place, with noise around. */
function ridge(
  places: readonly number[],
  positions: number,
  heads: number,
  noise: number,
  seed: number,
): Float32Array[] {
  let state = seed;
  const random = () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
  return places.map((centre) =>
    Float32Array.from({ length: heads * positions }, (_, at) => {
      const distance = ((at % positions) - centre) / 4;
      return Math.exp(-distance * distance) + noise * random();
    }),
  );
}

/** The same method as plainly as it can be written, on lists. */
function alignPlainly(attentions: readonly Float32Array[], heads: number, places: number): number[] {
  const positions = (attentions[0]?.length ?? 0) / heads;
  const matrix = attentions.map(() => Array.from({ length: places }, () => 0));
  for (let head = 0; head < heads; head++) {
    const rows = attentions.map((one) => Array.from(one.subarray(head * positions, head * positions + places)));
    const scaled = rows.map((row) =>
      row.map((value, place) => {
        const column = rows.map((other) => other[place] ?? 0);
        const mean = column.reduce((sum, one) => sum + one, 0) / column.length;
        const deviation = Math.sqrt(column.reduce((sum, one) => sum + (one - mean) ** 2, 0) / column.length);
        return deviation === 0 ? 0 : (value - mean) / deviation;
      }),
    );
    for (const [token, row] of scaled.entries()) {
      for (let place = 0; place < places; place++) {
        const mirror = (at: number) => (at < 0 ? -at : at >= places ? 2 * (places - 1) - at : at);
        const near = [-3, -2, -1, 0, 1, 2, 3].map((step) => row[mirror(place + step)] ?? 0);
        const line = matrix[token] ?? [];
        line[place] = (line[place] ?? 0) + (near.toSorted((one, other) => one - other)[3] ?? 0);
      }
    }
  }
  const best = matrix.map((row) => row.map(() => Infinity));
  const cost = (token: number, place: number) =>
    token < 0 || place < 0 ? (token === -1 && place === -1 ? 0 : Infinity) : (best[token]?.[place] ?? Infinity);
  for (const [token, row] of matrix.entries()) {
    for (const [place, value] of row.entries()) {
      const least = Math.min(cost(token - 1, place - 1), cost(token - 1, place), cost(token, place - 1));
      (best[token] ?? [])[place] = least - value;
    }
  }
  const starts = matrix.map(() => 0);
  for (let token = matrix.length - 1, place = places - 1; token >= 0 && place >= 0;) {
    starts[token] = place;
    const [both, down, right] = [cost(token - 1, place - 1), cost(token - 1, place), cost(token, place - 1)];
    const moved = both < down && both < right ? "both" : down < both && down < right ? "down" : "right";
    if (moved !== "right") token -= 1;
    if (moved !== "down") place -= 1;
  }
  return starts.map((place) => place * 20);
}

describe("when each token was said", () => {
  const places = [6, 15, 31, 40, 52, 75, 90];

  test("follows where the model looked, within 40 ms of the middle between two tokens", () => {
    const starts = alignTokens(ridge(places, 120, 3, 0.1, 7), 3, 2000);
    for (const [at, start] of starts.entries()) {
      if (at === 0) continue;
      const middle = (((places[at - 1] ?? 0) + (places[at] ?? 0)) / 2) * 20;
      assert.ok(Math.abs(start - middle) <= 40, `token ${at}: ${start} instead of ${middle}`);
    }
  });

  test("is what the method gives when it is written out plainly", () => {
    for (const seed of [1, 2, 3]) {
      const attentions = ridge(places, 120, 2, 0.6, seed);
      assert.deepEqual(alignTokens(attentions, 2, 2000), alignPlainly(attentions, 2, 100));
    }
  });

  test("never falls, and stays within the sound", () => {
    const attention = fc.array(fc.float({ min: 0, max: 1, noNaN: true }), { minLength: 40, maxLength: 40 });
    fc.assert(
      fc.property(
        fc.array(attention, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 900 }),
        (rows, ms) => {
          const starts = alignTokens(
            rows.map((row) => Float32Array.from(row)),
            1,
            ms,
          );
          assert.equal(starts.length, rows.length);
          for (const [at, start] of starts.entries()) {
            assert.ok(start >= (starts[at - 1] ?? 0) && start <= ms, `${start}`);
          }
        },
      ),
    );
  });
});

describe("words of tokens", () => {
  const pieces = [
    " Jag",
    " r",
    "ing",
    "er",
    ",",
    " Anna",
    "-",
    "Lena",
    ".",
    ' "',
    "Ja",
    '"',
    " sa",
    " h",
    "on",
    " 12",
    ".",
  ];
  const bytes = new TextEncoder();
  const decoder = (texts: readonly Uint8Array[]) => (ids: readonly number[]) =>
    new TextDecoder().decode(Buffer.concat(ids.map((id) => texts[id] ?? new Uint8Array())));
  const decode = decoder(pieces.map((piece) => bytes.encode(piece)));
  const texts = (ids: readonly number[], language = "sv") =>
    splitIntoWords(ids, decode, language).map(({ text }) => text);

  test("marks stay with their word", () => {
    assert.deepEqual(texts([...pieces.keys()]), [
      " Jag",
      " ringer,",
      " Anna",
      "-Lena.",
      ' "Ja"',
      " sa",
      " hon",
      " 12.",
    ]);
  });

  test("a letter of several tokens is one", () => {
    const [one = 0, other = 0] = bytes.encode("å");
    const split = decoder([bytes.encode(" g"), Uint8Array.of(one), Uint8Array.of(other), bytes.encode(" ut")]);
    assert.deepEqual(splitIntoWords([0, 1, 2, 3], split, "sv"), [
      { text: " gå", first: 0, next: 3 },
      { text: " ut", first: 3, next: 4 },
    ]);
  });

  test("the words are the text, and every token belongs to one", () => {
    const ids = fc.array(fc.nat(pieces.length - 1), { maxLength: 40 });
    fc.assert(
      fc.property(ids, fc.constantFrom("sv", "ja"), (said, language) => {
        const words = splitIntoWords(said, decode, language);
        assert.equal(words.map(({ text }) => text).join(""), decode(said));
        assert.deepEqual(
          words.flatMap(({ first, next }) => Array.from({ length: next - first }, (_, at) => first + at)),
          [...said.keys()],
        );
      }),
    );
  });
});

describe("segments of tokens", () => {
  const tokens = readTokens({
    decoder_start_token_id: 101,
    eos_token_id: 100,
    no_timestamps_token_id: 109,
    task_to_id: { translate: 104, transcribe: 105 },
  });
  const decode = (ids: readonly number[]) => ids.map((id) => ` ord${id}`).join("");
  const time = (seconds: number) => 110 + seconds * 50;
  const said: Said = {
    language: "sv",
    languageProbability: null,
    noSpeechProbability: 0,
    said: [time(0.2), 1, 2, time(1), time(1), 3],
    logProbabilities: [0, Math.log(0.5), Math.log(0.5), 0, 0, Math.log(0.25), 0],
    attentions: [],
    isSilence: false,
  };

  test("stand between their times, the open one to the end of the window", () => {
    const segments = toSegments(said, { tokens, alignmentHeads: 0, durationMs: 2000, decode });
    assert.deepEqual(
      segments.map(({ startMs, endMs, text, confidence, timing }) => ({ startMs, endMs, text, confidence, timing })),
      [
        { startMs: 200, endMs: 1000, text: "ord1 ord2", confidence: 0.5, timing: "spread" },
        { startMs: 1000, endMs: 2000, text: "ord3", confidence: 0.25, timing: "spread" },
      ],
    );
  });

  test("measured words lie within their segment, in order, none without length", () => {
    const attentions = ridge([10, 20, 40, 50, 50, 80], 100, 2, 0.2, 5);
    const segments = toSegments({ ...said, attentions }, { tokens, alignmentHeads: 2, durationMs: 2000, decode });
    for (const { startMs, endMs, words = [], timing } of segments) {
      assert.equal(timing, "measured");
      for (const [at, word] of words.entries()) {
        assert.ok(word.startMs >= Math.max(startMs, words[at - 1]?.endMs ?? 0) && word.endMs <= endMs);
        assert.ok(word.endMs > word.startMs);
      }
    }
    assert.deepEqual(
      segments.map(({ words }) => words?.length),
      [2, 1],
    );
  });
});
