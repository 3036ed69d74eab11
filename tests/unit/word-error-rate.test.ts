import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { wordErrorRate } from "../word-error-rate.ts";

test("case and punctuation do not count", () => {
  assert.equal(wordErrorRate("Nästa åtgärd är stöd.", "nästa åtgärd, är stöd"), 0);
});

test("words put in, left out and exchanged count once each", () => {
  assert.equal(wordErrorRate("ett två tre fyra", "ett två tre"), 1 / 4);
  assert.equal(wordErrorRate("ett två tre fyra", "ett två två tre fyra"), 1 / 4);
  assert.equal(wordErrorRate("ett två tre fyra", "ett tio tre fyra"), 1 / 4);
  assert.equal(wordErrorRate("ett två", ""), 1);
});

test("changing k words of distinct ones gives k errors", () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 40 }), (changes) => {
      const said = changes.map((_, at) => `ord${at}`);
      const heard = said.map((word, at) => (changes[at] ? `annat${at}` : word));
      const expected = changes.filter(Boolean).length / changes.length;
      assert.ok(Math.abs(wordErrorRate(said.join(" "), heard.join(" ")) - expected) < 1e-12);
    }),
  );
});
