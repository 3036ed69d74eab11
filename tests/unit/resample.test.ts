import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createResampler } from "../../renderer/recording/resample.ts";

const tone = (hz: number, rateHz: number, length: number): Float32Array =>
  Float32Array.from({ length }, (_, at) => Math.sin((2 * Math.PI * hz * at) / rateHz));

/** Amplitude of one frequency, past the lag of the filter. */
function amplitude(samples: Float32Array, hz: number, rateHz: number): number {
  const from = 2000;
  const length = Math.floor((Math.floor(((samples.length - from) * hz) / rateHz) * rateHz) / hz);
  let [real, imaginary] = [0, 0];
  for (let at = 0; at < length; at++) {
    const angle = (2 * Math.PI * hz * at) / rateHz;
    real += (samples[from + at] ?? 0) * Math.cos(angle);
    imaginary += (samples[from + at] ?? 0) * Math.sin(angle);
  }
  return (2 * Math.hypot(real, imaginary)) / length;
}

const rates = [8000, 11_025, 16_000, 22_050, 32_000, 44_100, 48_000, 96_000, 192_000];

test("speech is as loud afterwards, whatever the device's rate", () => {
  for (const rateHz of rates) {
    for (const hz of [100, 1000, 0.42 * Math.min(rateHz, 48_000)]) {
      const out = createResampler(rateHz, 48_000)(tone(hz, rateHz, rateHz));
      const heard = amplitude(out, hz, 48_000);
      assert.ok(Math.abs(heard - 1) < 0.012, `${String(hz)} Hz at ${String(rateHz)}: ${heard.toFixed(4)}`);
    }
  }
});

test("what the lower rate cannot hold does not come back as something else", () => {
  const out = createResampler(48_000, 16_000)(tone(9000, 48_000, 48_000));
  assert.ok(Math.max(...out.subarray(400).map(Math.abs)) < 0.001);
});

test("as long afterwards, to the sample, in pieces of any size", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...rates),
      fc.array(fc.integer({ min: 0, max: 3000 }), { maxLength: 12 }),
      (rateHz, lengths) => {
        const all = tone(
          440,
          rateHz,
          lengths.reduce((sum, length) => sum + length, 0),
        );
        const whole = createResampler(rateHz, 48_000)(all);
        const resample = createResampler(rateHz, 48_000);
        let at = 0;
        const parts = lengths.flatMap((length) => [...resample(all.subarray(at, (at += length)))]);
        assert.deepEqual(parts, [...whole]);
        assert.equal(whole.length, Math.ceil((all.length * 48_000) / rateHz));
      },
    ),
    { numRuns: 60 },
  );
});
