// Where the tour's card stands.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { overlap, placeCard } from "../../renderer/tour/place-card.ts";

const card = { width: 384, height: 220 };

describe("the tour's card", () => {
  test("stands below, above, right or left of what it speaks of", () => {
    const window = { width: 1280, height: 800 };
    const place = (left: number, top: number, width: number, height: number) =>
      placeCard(card, { left, top, width, height }, window);
    assert.deepEqual(place(100, 100, 200, 40), { left: 100, top: 152 });
    assert.deepEqual(place(100, 700, 200, 40), { left: 100, top: 468 });
    assert.deepEqual(place(20, 50, 200, 720), { left: 232, top: 50 });
    assert.deepEqual(place(800, 50, 460, 720), { left: 404, top: 50 });
    assert.deepEqual(placeCard(card, null, window), { left: 448, top: 568 });
  });

  test("is always within a window that holds it, and covers its target only where nothing else is left", () => {
    const edge = fc.integer({ min: -200, max: 2000 });
    const size = fc.integer({ min: 1, max: 900 });
    fc.assert(
      fc.property(
        edge,
        edge,
        size,
        size,
        fc.integer({ min: 410, max: 3840 }),
        fc.integer({ min: 250, max: 2160 }),
        (left, top, width, height, across, down) => {
          const target = { left, top, width, height };
          const place = placeCard(card, target, { width: across, height: down });
          assert.ok(place.left >= 0 && place.left + card.width <= across);
          assert.ok(place.top >= 0 && place.top + card.height <= down);
          const hasRoomBelow = top >= 0 && top + height + card.height + 24 <= down && left + card.width < across;
          if (hasRoomBelow) assert.ok(!overlap({ ...place, ...card }, target));
        },
      ),
    );
  });
});
