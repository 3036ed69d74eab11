import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { createJobClock } from "../../electron/jobs/time-left.ts";
import { stageWeights } from "../../electron/pipeline/pipeline.ts";
import { type Stage, stages } from "../../electron/work.ts";

const plan = stages.map((stage): readonly [Stage, number] => [stage, stageWeights[stage]]);
const minuteMs = 60_000;

describe("progress of a job", () => {
  test("the stages' weights make a whole", () => {
    const sum = Object.values(stageWeights).reduce((total, weight) => total + weight, 0);
    assert.ok(Math.abs(sum - 1) < 1e-9, `the weights sum to ${sum}`);
  });

  test("never falls, whatever is reported", () => {
    const report = fc.record({
      stage: fc.constantFrom(...stages),
      fraction: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(report, { maxLength: 40 }), (reports) => {
        const clock = createJobClock(plan, minuteMs, {});
        let last = 0;
        for (const [index, progress] of reports.entries()) {
          const { fraction } = clock.advance(progress, index * 1000);
          assert.ok(fraction >= last && fraction <= 1);
          last = fraction;
        }
      }),
    );
  });

  test("time left is unknown until transcription has been measured", () => {
    const clock = createJobClock(plan, 10 * minuteMs, {});
    assert.equal(clock.advance({ stage: "decode", fraction: 0.5 }, 1000).leftMs, null);
    assert.equal(clock.advance({ stage: "transcribe", fraction: 0 }, 2000).leftMs, null);
    // A tenth of the sound in ten seconds: ninety seconds are left.
    assert.equal(clock.advance({ stage: "transcribe", fraction: 0.1 }, 12_000).leftMs, 90_000);
  });

  test("an earlier job's measurement serves from the first moment", () => {
    const clock = createJobClock(plan, 10 * minuteMs, { decode: 0.01, "detect-speech": 0.02, transcribe: 0.1 });
    assert.equal(clock.advance({ stage: "decode", fraction: 0 }, 0).leftMs, 6000 + 12_000 + 60_000);
  });

  test("a resumed job's bar goes on where it was", () => {
    const clock = createJobClock(plan, 10 * minuteMs, {}, 0.6);
    assert.equal(clock.advance({ stage: "decode", fraction: 1 }, 0).fraction, 0.6);
  });

  test("a resumed stage is measured from where it was cut off", () => {
    const clock = createJobClock(plan, 10 * minuteMs, {});
    clock.advance({ stage: "transcribe", fraction: 0.5 }, 0);
    // Ten seconds for a tenth: the forty per cent that are left take forty seconds.
    const { leftMs } = clock.advance({ stage: "transcribe", fraction: 0.6 }, 10_000);
    assert.equal(leftMs, 40_000);
  });
});
