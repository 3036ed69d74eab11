// Telling voices apart, from features to lines: each part against what is known of it.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { WeSpeakerFeatureExtractor } from "@huggingface/transformers";
import type { Segment } from "../../electron/formats.ts";
import { centred, fbank } from "../../electron/inference/voices/fbank.ts";
import { hearVoices } from "../../electron/inference/voices/hear-voices.ts";
import { loadVoices } from "../../electron/inference/voices/load-voices.ts";
import { cutPieces } from "../../electron/pipeline/hear-voices.ts";
import { assignLines } from "../../electron/voices/assign-lines.ts";
import { findSpeakers } from "../../electron/voices/find-speakers.ts";
import { groupVoices } from "../../electron/voices/group-voices.ts";
import { packWindows, unpackWindows } from "../../electron/voices/keep-windows.ts";
import { mergeLikeliest } from "../../electron/voices/merge-likeliest.ts";
import { hopMs, planVoices, windowCountOf, windowMs } from "../../electron/voices/plan-voices.ts";
import { decodePowerset } from "../../electron/voices/powerset.ts";
import { tellTurns } from "../../electron/voices/tell-turns.ts";
import type { VoiceWindow } from "../../electron/voices/types.ts";
import { gaussian, seeded } from "../seeded.ts";
import { diarisationError } from "../voices/diarisation-error.ts";
import { makeMeeting } from "../voices/meeting.ts";
import { makeStandInVoices } from "../voices/stand-in-voices.ts";
import { publishedEmbeddings } from "../voices/published-embeddings.ts";

let dir = "";
before(async () => {
  dir = await mkdtemp(join(tmpdir(), "lyssna-voices-"));
  await makeStandInVoices(dir);
});
after(() => rm(dir, { recursive: true, force: true }));

describe("what the models are given and give", () => {
  test("the features are those of WeSpeaker's own extractor", async () => {
    const random = seeded(3);
    const sound = Float32Array.from({ length: 16_000 }, (_, at) => 0.2 * Math.sin(at / 7) + 0.05 * gaussian(random));
    const extractor = new WeSpeakerFeatureExtractor({
      sampling_rate: 16_000,
      num_mel_bins: 80,
      fbank_centering_span: null,
      min_num_frames: 9,
    });
    const { input_features: expected } = (await extractor(sound)) as { input_features: { data: Float32Array } };
    const own = fbank(sound);
    const ours = centred(
      own,
      Array.from({ length: own.length / 80 }, (_, at) => at),
    );
    assert.equal(ours.length, expected.data.length);
    const worst = ours.reduce((most, value, at) => Math.max(most, Math.abs(value - (expected.data[at] ?? NaN))), 0);
    assert.ok(worst < 2e-3, String(worst));
  });

  test("the seven classes are nobody, one of three, two of three", () => {
    const scores = new Float32Array(49).fill(-5);
    for (let frame = 0; frame < 7; frame++) scores[frame * 7 + frame] = -0.1;
    assert.deepEqual([...decodePowerset(scores)], [0b000, 0b001, 0b010, 0b100, 0b011, 0b101, 0b110]);
  });

  test("a file that is not such a model is damaged, by name", async () => {
    const broken = await makeStandInVoices(join(dir, "broken"));
    await writeFile(join(broken, "embedding", "onnx", "model.onnx"), "no model");
    await assert.rejects(loadVoices({ dir: broken }), {
      code: "model-damaged",
      details: { model: "broken", file: "embedding/onnx/model.onnx" },
    });
  });
});

describe("pieces of sound", () => {
  const regions = [
    { startMs: 0, endMs: 21_000 },
    { startMs: 100_000, endMs: 101_000 },
  ];

  test("hold speech, each window once, and are cut out exactly however the sound comes", async () => {
    const durationMs = 123_000;
    const pieces = planVoices(durationMs, regions);
    const windows = pieces.flatMap(({ first, count }) => Array.from({ length: count }, (_, at) => first + at));
    assert.deepEqual(windows, [...new Set(windows)]);
    for (const { startMs, endMs } of regions)
      for (let ms = startMs; ms < endMs; ms += 500) {
        const own = Math.min(windowCountOf(durationMs) - 1, Math.max(0, Math.floor((ms - 2500) / hopMs)));
        assert.ok(windows.includes(own), `${ms}`);
      }
    assert.ok(windows.length < windowCountOf(durationMs));
    async function* openPcm(startMs: number) {
      for (let at = startMs * 16; at < durationMs * 16; at += 7001)
        yield Float32Array.from({ length: Math.min(7001, durationMs * 16 - at) }, (_, n) => at + n);
    }
    for await (const { piece, samples } of cutPieces(openPcm, pieces)) {
      assert.equal(samples.length, ((piece.count - 1) * hopMs + windowMs) * 16);
      const from = piece.first * hopMs * 16;
      for (let at = 0; at < samples.length; at += 997)
        assert.equal(samples[at], from + at < durationMs * 16 ? Math.fround(from + at) : 0);
    }
  });

  test("come back from what is kept as they were", () => {
    const windows: VoiceWindow[] = [
      {
        index: 7,
        activity: new Uint8Array([0, 1, 6]),
        voices: [{ voice: 1, cleanMs: 900, embedding: new Float32Array([0.5, -0.25]) }],
      },
    ];
    assert.deepEqual(unpackWindows(packWindows(windows)), windows);
    assert.equal(unpackWindows(new TextEncoder().encode('{"version":2}')), null);
  });
});

describe("groups", () => {
  test("are merged by the average similarity of their items", () => {
    // 0 and 1 are alike; 2 is as near to 0 as it is far from 1.
    const similarities = Float32Array.from([1, 0.9, 0.6, 0.9, 1, 0.2, 0.6, 0.2, 1]);
    const [first, second] = mergeLikeliest(similarities, Float64Array.from([1, 3, 1]));
    assert.deepEqual([first?.into, first?.from], [0, 1]);
    // Weighed: (1 × 0.6 + 3 × 0.2) / 4.
    assert.ok(Math.abs((second?.similarity ?? 0) - 0.3) < 1e-6);
  });

  for (const people of [1, 2, 4, 6])
    test(`published-shape embeddings of ${people}: as many are found, with and without being told`, () => {
      const { items, truth } = publishedEmbeddings({ people, items: 240, seed: people });
      for (const told of [people, null]) {
        const { groups, count } = groupVoices(items, { people: told });
        assert.equal(count, people);
        assert.ok(purity(groups, truth) > 0.97);
      }
    });

  test("nobody is cut in two because somebody counted wrong", () => {
    const { items } = publishedEmbeddings({ people: 2, items: 200, seed: 9 });
    assert.equal(groupVoices(items, { people: 2 }).count, 2);
    assert.ok(groupVoices(items, { people: 6 }).count <= 3);
  });

  test("nothing to hear is nobody", () => {
    assert.deepEqual(groupVoices([], { people: 3 }), { groups: [], certainties: [], count: 0 });
  });
});

function purity(groups: readonly number[], truth: readonly number[]): number {
  const counts = new Map<string, number>();
  for (const [at, group] of groups.entries()) {
    const key = `${group} ${truth[at]}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const best = new Map<string, number>();
  for (const [key, count] of counts) {
    const [group = ""] = key.split(" ");
    best.set(group, Math.max(best.get(group) ?? 0, count));
  }
  return [...best.values()].reduce((sum, count) => sum + count, 0) / groups.length;
}

describe("lines", () => {
  const words = (text: string, startMs: number) =>
    text.split(" ").map((word, at) => ({ text: word, startMs: startMs + at * 300, endMs: startMs + at * 300 + 280 }));
  const line = (text: string, startMs: number): Segment => ({
    id: "x",
    startMs,
    endMs: startMs + text.split(" ").length * 300,
    text,
    words: words(text, startMs),
  });
  const idOf = (person: number) => "AB"[person] ?? "?";

  test("are given to who speaks most of them, and doubtful where two are even", () => {
    const turns = [
      { startMs: 0, endMs: 1500, person: 0, certainty: 1 },
      { startMs: 1300, endMs: 1800, person: 1, certainty: 1 },
      { startMs: 3000, endMs: 4000, person: 0, certainty: 1 },
      { startMs: 3000, endMs: 3900, person: 1, certainty: 1 },
    ];
    const [one, other] = assignLines([line("vi ses på torsdag då", 0), line("ja precis så", 3000)], turns, idOf);
    assert.equal(one?.speaker, "A");
    assert.ok((one?.speakerCertainty ?? 0) > 0.8);
    assert.equal(other?.speaker, "A");
    assert.ok((other?.speakerCertainty ?? 1) < 0.6);
  });

  test("are cut at the end of a sentence where another clearly begins, and lose no word", () => {
    const segment = line("hur mår du idag? jag mår bra tack", 0);
    const turns = [
      { startMs: 0, endMs: 1200, person: 0, certainty: 1 },
      { startMs: 1210, endMs: 2400, person: 1, certainty: 1 },
    ];
    const cut = assignLines([segment], turns, idOf);
    assert.deepEqual(
      cut.map(({ speaker, text }) => [speaker, text]),
      [
        ["A", "hur mår du idag?"],
        ["B", "jag mår bra tack"],
      ],
    );
    assert.deepEqual([cut[0]?.startMs, cut[1]?.endMs], [segment.startMs, segment.endMs]);
    // In the middle of a sentence nothing is cut.
    const whole = assignLines([line("hur mår du idag jag mår bra tack", 0)], turns, idOf);
    assert.equal(whole.length, 1);
  });

  test("in which nobody was heard are nobody's", () => {
    assert.equal(assignLines([line("hallå där", 60_000)], [], idOf)[0]?.speaker, undefined);
  });
});

describe("a meeting of synthetic voices through the whole", () => {
  const shape = { seed: 21, people: 3, minutes: 2.5, overlap: 0.1, echoS: 0.3, noiseDb: 20 };

  test("is told apart, and what a person says of a line teaches the rest", async () => {
    const { samples, truth } = makeMeeting(shape);
    const sessions = await loadVoices({ dir });
    const heard = await hearVoices(sessions, { samples, isFirst: true, isLast: true });
    const windows = heard.map((window, index) => ({ ...window, index }));
    const windowCount = windows.length;
    for (const people of [3, null]) {
      const { turns } = tellTurns(windows, { people, windowCount });
      const found = turns.map((turn) => ({ ...turn, who: turn.person }));
      assert.ok(diarisationError(truth, found, 0).rate < 0.1);
    }

    const segments: Segment[] = truth.map(({ startMs, endMs }, at) => ({
      id: `s${at + 1}`,
      startMs,
      endMs,
      text: "ord",
    }));
    const task = { pieces: [packWindows(windows)], windowCount, segments, people: 3, language: "sv" };
    const first = findSpeakers(task);
    const rightOf = (lines: readonly Segment[]): number => {
      const asFound = lines.map(({ startMs, endMs, speaker }) => ({ startMs, endMs, who: speaker ?? "" }));
      return 1 - diarisationError(truth, asFound, 0).rate;
    };
    assert.ok(rightOf(first.segments) >= 0.9);

    // All in one heap, and one line of each named by hand: the rest follows.
    const speakers = [{ id: "A" }, { id: "B" }, { id: "C" }];
    const longest = [0, 1, 2].map((who) =>
      truth.reduce(
        (best, turn, at) =>
          turn.who === who &&
          turn.endMs - turn.startMs > (best < 0 ? 0 : (truth[best]?.endMs ?? 0) - (truth[best]?.startMs ?? 0))
            ? at
            : best,
        -1,
      ),
    );
    const heap = segments.map((segment, at) => {
      const who = longest.indexOf(at);
      return who >= 0 ? { ...segment, speaker: "ABC"[who] ?? "A", speakerTold: true } : { ...segment, speaker: "A" };
    });
    const learnt = findSpeakers({ ...task, segments: heap, again: { kind: "learn", speakers } });
    const correct = learnt.segments.filter(({ speaker }, at) => speaker === "ABC"[Number(truth[at]?.who)]).length;
    assert.ok(correct >= 0.9 * truth.length, `${correct} of ${truth.length}`);
    for (const at of longest) assert.equal(learnt.segments[at], heap[at]);

    // Counted anew: who was known keeps id and name, the lines keep their ids, and there are as many as were counted.
    const named = first.speakers.map((speaker, at) => ({ ...speaker, name: ["Anna", "Bo", "Cia"][at] ?? "" }));
    const lines = [...first.segments];
    const two = findSpeakers({ ...task, segments: lines, people: 2, again: { kind: "count", speakers: named } });
    assert.equal(two.speakers.length, 2);
    assert.ok(two.speakers.every((speaker) => named.some((one) => one === speaker)));
    assert.deepEqual(
      two.segments.map(({ id }) => id),
      lines.map(({ id }) => id),
    );

    // Two people in one heap, the third known: the heap comes apart again, and nobody else's lines are touched.
    const [a = "A", b = "B"] = named.map(({ id }) => id);
    const joined = lines.map((segment) => (segment.speaker === b ? { ...segment, speaker: a } : segment));
    const parted = findSpeakers({
      ...task,
      segments: joined,
      again: { kind: "split", speakers: named.filter(({ id }) => id !== b), speaker: a },
    });
    assert.equal(parted.speakers.length, 3);
    const asHeard = (some: readonly Segment[]) =>
      some.map(({ startMs, endMs, speaker }) => ({ startMs, endMs, who: speaker ?? "" }));
    assert.ok(diarisationError(asHeard(lines), asHeard(parted.segments), 0).rate < 0.1);
    for (const [at, segment] of joined.entries()) if (segment.speaker !== a) assert.equal(parted.segments[at], segment);
  });
});
