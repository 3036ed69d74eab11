// What suits a model to a machine, as values: memory, cores, processes and threads, devices, what is kept.
import assert from "node:assert/strict";
import { noPolicy } from "../../electron/policy/state.ts";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import fc from "fast-check";
import { createModels } from "../../electron/calls/models.ts";
import { defaultSettings, type ModelInfo } from "../../electron/contract.ts";
import {
  chooseDevice,
  chooseTuning,
  judgePace,
  mostRows,
  threadsFor,
  tuningsToMeasure,
  usualTuning,
} from "../../electron/models/choose-tuning.ts";
import { coresOf, readMachine } from "../../electron/models/machine.ts";
import { fitPlacing, memoryNeed, mostBytes, usableBytes } from "../../electron/models/memory-need.ts";
import { largestFitting, leastPlacing, tooLarge } from "../../electron/models/name-fitting.ts";
import type { ModelSize } from "../../electron/models/model-size.ts";
import { findRecord, recordKey, type TuningRecord } from "../../electron/models/tuning-record.ts";

const gigabytes = (count: number) => count * 1e9;
const tiny: ModelSize = { layers: 4, width: 384, weightBytes: 42e6 };
const base: ModelSize = { layers: 6, width: 512, weightBytes: 79e6 };
const small: ModelSize = { layers: 12, width: 768, weightBytes: 253e6 };
const medium: ModelSize = { layers: 24, width: 1024, weightBytes: 986e6 };

const size = fc.constantFrom(tiny, base, small, medium);
const placing = fc.record({ lanes: fc.integer({ min: 1, max: 4 }), batch: fc.integer({ min: 1, max: 8 }) });

describe("the memory that a model needs", () => {
  test("is at least what was measured with it, and not twice as much", () => {
    // Peaks of one process, in megabytes, from its start to the end of a full batch; comparing included.
    const measured: readonly (readonly [ModelSize, number, number])[] = [
      [tiny, 8, 737],
      [base, 1, 883],
      [base, 8, 915],
      [small, 1, 1737],
      [{ ...tiny, weightBytes: 151e6 }, 8, 1377],
    ];
    for (const [model, batch, peakMb] of measured) {
      const need = memoryNeed(model, { lanes: 1, batch }) / 1e6;
      assert.ok(need >= peakMb && need < 2 * peakMb, `${need} for ${peakMb}`);
    }
  });

  test("grows with the weights, the processes and the batch", () => {
    fc.assert(
      fc.property(size, placing, (model, { lanes, batch }) => {
        const need = memoryNeed(model, { lanes, batch });
        assert.ok(memoryNeed(model, { lanes: lanes + 1, batch }) > need);
        assert.ok(memoryNeed(model, { lanes, batch: batch + 1 }) >= need);
        assert.ok(memoryNeed({ ...model, weightBytes: 2 * model.weightBytes }, { lanes, batch }) > need);
      }),
    );
  });

  test("what fits is never more than there is nor more than was wanted, and is refused only if the least is too much", () => {
    fc.assert(
      fc.property(size, placing, fc.integer({ min: 0, max: 20e9 }), (model, wanted, bytes) => {
        const found = fitPlacing(model, bytes, wanted);
        if (found === null) assert.ok(memoryNeed(model, leastPlacing) > bytes);
        else {
          assert.ok(memoryNeed(model, found) <= bytes);
          assert.ok(found.lanes <= wanted.lanes && found.batch <= wanted.batch);
        }
      }),
    );
  });

  test("where it is scarce the batch goes first, then the second process", () => {
    const wanted = { lanes: 2, batch: 6 };
    assert.deepEqual(fitPlacing(base, gigabytes(4), wanted), wanted);
    const less = fitPlacing(base, memoryNeed(base, wanted) - 1, wanted);
    assert.deepEqual(less, { lanes: 2, batch: 4 });
    const one = fitPlacing(base, memoryNeed(base, { lanes: 2, batch: 4 }) - 1, wanted);
    assert.deepEqual(one, { lanes: 1, batch: 6 });
    assert.equal(fitPlacing(base, gigabytes(0.5), wanted), null);
  });

  test("the rest of the machine keeps room", () => {
    assert.ok(usableBytes({ totalBytes: gigabytes(8), freeBytes: gigabytes(4) }) <= gigabytes(3.5));
    assert.ok(usableBytes({ totalBytes: gigabytes(64), freeBytes: gigabytes(60) }) <= gigabytes(56));
    assert.equal(usableBytes({ totalBytes: gigabytes(4), freeBytes: gigabytes(0.3) }), 0);
    assert.ok(mostBytes(gigabytes(8)) < gigabytes(8));
  });

  test("this machine tells sensible numbers of itself", async () => {
    const { cores, freeBytes, totalBytes } = await readMachine();
    assert.ok(Number.isInteger(cores) && cores >= 1);
    assert.ok(freeBytes > 0 && freeBytes <= totalBytes);
  });
});

describe("a model that does not fit", () => {
  test("the largest that fits is named", () => {
    const models = [
      { name: "small", size: small },
      { name: "tiny", size: tiny },
      { name: "base", size: base },
    ];
    assert.equal(largestFitting(models, gigabytes(8)), "small");
    assert.equal(largestFitting(models, memoryNeed(small, leastPlacing) - 1), "base");
    assert.equal(largestFitting(models, memoryNeed(base, leastPlacing) - 1), "tiny");
    assert.equal(largestFitting(models, 0), null);
  });

  test("the error names one from the catalogue where none is installed, and none where none fits", async () => {
    const dir = await mkdtemp(join(tmpdir(), "lyssna-suited-"));
    try {
      const { code, details } = await tooLarge("kb-whisper-medium", medium, gigabytes(1.5), dir);
      assert.equal(code, "model-too-large");
      assert.equal(details["model"], "KB-Whisper medium");
      assert.match(String(details["fits"]), /base|tiny/u);
      assert.ok(Number(details["needMb"]) > Number(details["freeMb"]));
      assert.equal((await tooLarge("egen", medium, gigabytes(0.1), dir)).code, "no-model-fits");
    } finally {
      await rm(dir, { recursive: true });
    }
  });
});

test("the list of models tells what each needs, rising with its size, and the demonstration model fits everywhere", async () => {
  const dir = await mkdtemp(join(tmpdir(), "lyssna-suited-"));
  let shown: readonly ModelInfo[] = [];
  const models = await createModels({
    modelsDir: join(dir, "models"),
    demonstrationDir: dir,
    policy: () => noPolicy.state,
    fetch: () => assert.fail("nothing may reach the network"),
    dialogs: { chooseFolder: async () => null, chooseOne: async () => null, chooseSavePath: async () => null },
    changed: (list) => (shown = list),
    languageChanged: () => {},
    showTask: () => {},
    settings: () => defaultSettings,
    setSettings: async () => {},
    knowledge: async () => ({ rates: {}, windowMs: {} }),
  });
  await models.refresh();
  await rm(dir, { recursive: true });
  const needOf = (id: string) => shown.find((model) => model.id === id)?.memoryBytes ?? Number.NaN;
  const needs = ["tiny", "base", "small", "medium", "large"].map((name) => needOf(`kb-whisper-${name}`));
  assert.deepEqual(
    needs,
    needs.toSorted((one, other) => one - other),
  );
  assert.ok((needs[0] ?? 0) > 0.5e9 && (needs[1] ?? 0) < 2.5e9);
  for (const { memoryBytes, fits } of shown) assert.equal(fits, memoryBytes <= mostBytes(totalmem()));
  assert.equal(shown.find(({ demonstration }) => demonstration)?.fits, true);
});

describe("cores, processes and threads", () => {
  test("two threads of one core count as one core", () => {
    assert.equal(coresOf(8, ["0,4", "1,5", "2,6", "3,7", "0,4", "1,5", "2,6", "3,7"]), 4);
    assert.equal(coresOf(2, ["0", "1"]), 2);
    assert.equal(coresOf(2, ["0-1", "2-3", "0-1", "2-3"]), 2);
    assert.equal(coresOf(12, "paired"), 6);
    assert.equal(coresOf(2, "paired"), 2);
    assert.equal(coresOf(8, null), 8);
    assert.equal(coresOf(4, []), 4);
  });

  test("whatever is tried, the threads of all processes are no more than the cores", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 64 }), size, (cores, model) => {
        for (const { lanes, threads, batch } of [...tuningsToMeasure(cores, model), usualTuning(cores, model)]) {
          assert.ok(lanes * threads <= Math.max(cores, lanes) && lanes <= cores && threads >= 1);
          assert.ok(batch >= 1 && batch <= mostRows(lanes, model));
        }
      }),
    );
    assert.equal(threadsFor(1, 2), 2);
  });

  test("a larger batch is taken only where it is worth its memory", () => {
    const steps = (...times: readonly number[]) => times.map((stepMs, at) => ({ rows: 2 ** at, stepMs }));
    const tuning = { lanes: 1, threads: 2, batch: 4 };
    const pace = (...times: readonly number[]) => ({ listenMs: 400, tokens: [], steps: steps(...times) });
    assert.equal(judgePace(tuning, pace(4, 5, 8)).tuning.batch, 4);
    assert.equal(judgePace(tuning, pace(4, 8, 16)).tuning.batch, 1);
    assert.equal(judgePace(tuning, pace(4, 5, 9.8)).tuning.batch, 2);
    assert.equal(judgePace({ ...tuning, lanes: 2 }, pace(4)).windowMs, (400 + 110 * 4) / 2);
  });

  test("the usual stands unless another way is clearly faster", () => {
    const way = (lanes: number, windowMs: number) => ({ tuning: { lanes, threads: 1, batch: 6 }, windowMs });
    assert.equal(chooseTuning([]), null);
    assert.equal(chooseTuning([way(2, 500), way(1, 480)])?.tuning.lanes, 2);
    assert.equal(chooseTuning([way(2, 500), way(1, 700), way(4, 300)])?.tuning.lanes, 4);
  });
});

describe("the device", () => {
  const found = { device: "webgpu", windowMs: 100 } as const;
  test("is the processor unless graphics were found to work and the person wants them or they are faster", () => {
    assert.equal(chooseDevice("auto", 500, null), "cpu");
    assert.equal(chooseDevice("gpu", 500, null), "cpu");
    assert.equal(chooseDevice("cpu", 500, found), "cpu");
    assert.equal(chooseDevice("auto", 500, found), "webgpu");
    assert.equal(chooseDevice("auto", 90, found), "cpu");
    assert.equal(chooseDevice("gpu", 90, found), "webgpu");
  });
});

describe("what is kept", () => {
  const folder = { ...base, fileBytes: [25, 53], demonstration: false };
  const key = recordKey(folder, "1.0.0", 4);
  const record: TuningRecord = { key, lanes: 2, threads: 2, batch: 4, trusted: true, windowMs: 500, tokens: [1, 2] };

  test("holds for the same files, version and cores", () => {
    assert.deepEqual(findRecord({ base: record }, "base", key), record);
    for (const other of [
      recordKey(folder, "1.0.1", 4),
      recordKey(folder, "1.0.0", 2),
      recordKey({ ...folder, fileBytes: [25, 54] }, "1.0.0", 4),
    ]) {
      assert.equal(findRecord({ base: record }, "base", other), null);
    }
    assert.equal(findRecord({ base: record }, "small", key), null);
  });

  test("is measured anew where it cannot be read", () => {
    for (const kept of [undefined, null, "text", { base: { ...record, lanes: 0 } }, { base: { key } }]) {
      assert.equal(findRecord(kept, "base", key), null);
    }
  });
});
