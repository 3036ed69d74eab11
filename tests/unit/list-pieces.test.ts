import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { beginning, piecesBetween, withPiece } from "../../electron/list-pieces.ts";

interface Item {
  readonly id: string;
  readonly title: string;
}

const apply = (list: readonly Item[], before: readonly Item[] | null, after: readonly Item[]): readonly Item[] =>
  piecesBetween(before, after).reduce(withPiece, list);

const many = (count: number): readonly Item[] =>
  Array.from({ length: count }, (_, at) => ({ id: `m${String(at)}`, title: `Samtal ${String(at)}` }));

describe("a list in pieces", () => {
  const lists = fc.uniqueArray(
    fc.record(
      { id: fc.integer({ min: 0, max: 30 }).map(String), title: fc.constantFrom("a", "b") },
      { noNullPrototype: true },
    ),
    { selector: ({ id }) => id, maxLength: 30 },
  );

  test("from any list to any other", () => {
    fc.assert(
      fc.property(lists, lists, (before, after) => {
        assert.deepEqual(apply(before, before, after), after);
        assert.deepEqual(apply(before, null, after), after);
      }),
    );
  });

  test("a change sends what has changed and no more", () => {
    const before = many(5000);
    const after = before
      .filter(({ id }) => id !== "m17")
      .map((one) => (one.id === "m4000" ? { ...one, title: "Ny" } : { ...one }));
    const [piece, ...others] = piecesBetween(before, [{ id: "new", title: "Först" }, ...after]);
    assert.deepEqual(others, []);
    assert.deepEqual(piece, {
      first: false,
      last: true,
      put: [
        [0, { id: "new", title: "Först" }],
        [4000, { id: "m4000", title: "Ny" }],
      ],
      gone: ["m17"],
    });
  });

  test("a long list begins with a short piece and is whole with the last", () => {
    const pieces = piecesBetween(null, many(2500));
    assert.equal(pieces[0]?.put.length, beginning);
    assert.deepEqual(
      pieces.map(({ first, last }) => [first, last]),
      [
        [true, false],
        [false, false],
        [false, false],
        [false, true],
      ],
    );
    assert.deepEqual(piecesBetween(null, []), [{ first: true, last: true, put: [], gone: [] }]);
  });

  test("where nearly all has changed, it comes anew in pieces", () => {
    const after = many(3000).map((one) => ({ ...one, title: "Ny" }));
    const pieces = piecesBetween(many(3000), after);
    assert.ok(pieces.length > 1 && pieces[0]?.first === true);
    assert.deepEqual(pieces.reduce<readonly Item[]>(withPiece, many(3000)), after);
  });
});
