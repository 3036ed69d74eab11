// The scorer against cases worked out by hand.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { assignBest, diarisationError } from "../voices/diarisation-error.ts";

const turn = (who: string, fromS: number, toS: number) => ({ who, startMs: fromS * 1000, endMs: toS * 1000 });
const rate = (...args: Parameters<typeof diarisationError>) => Math.round(diarisationError(...args).rate * 1e6) / 1e6;

describe("diarisation error", () => {
  const truth = [turn("Anna", 0, 10), turn("Bo", 10, 20)];

  test("is nothing where only the names differ", () => {
    assert.equal(rate(truth, [turn("2", 0, 10), turn("1", 10, 20)], 0), 0);
  });

  test("counts what was missed, what nobody said and the wrong person", () => {
    // 2 s of Bo missed, 1 s after the end made up, 3 s of Anna given to Bo; 20 s were spoken.
    const found = [turn("a", 0, 7), turn("b", 7, 10), turn("b", 12, 21)];
    assert.deepEqual(diarisationError(truth, found, 0), {
      spoken: 20_000,
      missed: 2000,
      falseAlarm: 1000,
      confused: 3000,
      rate: 0.3,
    });
  });

  test("one for both: the half that fits least is the wrong person's", () => {
    assert.equal(rate(truth, [turn("a", 0, 20)], 0), 0.5);
  });

  test("two at once count twice, and who is not heard beside the other is missed", () => {
    const both = [turn("Anna", 0, 10), turn("Bo", 5, 10)];
    assert.deepEqual(diarisationError(both, [turn("a", 0, 10)], 0), {
      spoken: 15_000,
      missed: 5000,
      falseAlarm: 0,
      confused: 0,
      rate: 1 / 3,
    });
  });

  test("a collar leaves out what lies beside the truth's boundaries, also of what was spoken", () => {
    // Each boundary was found 0.2 s late. Without a collar: 0.2 s missed at the start, 0.2 confused, 0.2 made up.
    const late = [turn("a", 0.2, 10.2), turn("b", 10.2, 20.2)];
    assert.equal(rate(truth, late, 0), 0.03);
    const { rate: without, spoken } = diarisationError(truth, late, 250);
    assert.equal(without, 0);
    assert.equal(spoken, 19_000);
    // 0.5 s late: of each 0.5 s, 0.25 lies beyond the collar.
    const later = [turn("a", 0.5, 10.5), turn("b", 10.5, 20.5)];
    assert.equal(rate(truth, later, 250), Math.round((0.75 / 19) * 1e6) / 1e6);
  });

  test("of a third name that nobody is, all is the wrong person's", () => {
    const found = [turn("a", 0, 10), turn("b", 10, 16), turn("c", 16, 20)];
    assert.equal(rate(truth, found, 0), 0.2);
  });

  test("silence that is found silent is no error, and speech in it is one", () => {
    assert.equal(rate([], [], 0), 0);
    assert.equal(rate([], [turn("a", 0, 1)], 0), 1);
  });

  test("people are matched in the best way, whatever there is", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.nat(20), { minLength: 4, maxLength: 4 }), { minLength: 4, maxLength: 4 }),
        (rows) => {
          const gains = rows.map((row) => Float64Array.from(row));
          const sum = (columns: readonly number[]) =>
            columns.reduce((all, column, row) => all + (rows[row]?.[column] ?? 0), 0);
          const orders = (left: readonly number[]): number[][] =>
            left.length === 0
              ? [[]]
              : left.flatMap((one) => orders(left.filter((other) => other !== one)).map((rest) => [one, ...rest]));
          const best = Math.max(...orders([0, 1, 2, 3]).map(sum));
          assert.equal(sum(assignBest(gains)), best);
        },
      ),
    );
  });
});
