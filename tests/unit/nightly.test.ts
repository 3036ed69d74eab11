import assert from "node:assert/strict";
import { test } from "node:test";
import { isNight, startNightly } from "../../electron/recording/nightly.ts";

const at = (time: string) => new Date(`2026-03-10T${time}`);
const settled = () => new Promise((done) => setTimeout(done, 5));

test("night is from ten in the evening to five in the morning", () => {
  assert.deepEqual(
    ["21:59:59", "22:00:00", "00:00:00", "04:59:59", "05:00:00", "12:00:00"].map((time) => isNight(at(time))),
    [false, true, true, true, false, false],
  );
});

test("looks at once and then now and then; what fails tonight is tried again", async (t) => {
  t.mock.timers.enable({ apis: ["setInterval"] });
  let now = at("21:55:00");
  let runs = 0;
  const nightly = startNightly(
    async () => {
      runs += 1;
      throw new Error("no model");
    },
    () => now,
  );
  await settled();
  assert.equal(runs, 0);
  now = at("22:05:00");
  t.mock.timers.tick(10 * 60_000);
  t.mock.timers.tick(10 * 60_000);
  await settled();
  assert.equal(runs, 2);
  nightly.stop();
  t.mock.timers.tick(60 * 60_000);
  assert.equal(runs, 2);
});
