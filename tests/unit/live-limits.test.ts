// Live text where the machine does not keep up, the process ends or a passage is struck: bounded, marked, and nothing of
// it reaches the recording. The inference process is a stand-in, so that the test decides when it answers.
import assert from "node:assert/strict";
import { afterEach, describe, test } from "node:test";
import { setImmediate as turn, setTimeout as wait } from "node:timers/promises";
import { LyssnaError } from "../../electron/errors.ts";
import type { LiveText } from "../../electron/live-text.ts";
import { createLiveText, type LiveTextOptions, type LiveTextWriter } from "../../electron/pipeline/hear-live.ts";
import { createSlowInference, type SlowInference } from "../slow-inference.ts";

const perMs = 16;
const textOf = ({ lines }: LiveText): string => lines.map(({ text }) => text).join(" ");
/** Closed after each test, also after one that failed. */
const opened: LiveTextWriter[] = [];
afterEach(() => opened.splice(0).forEach((live) => live.close()));

/** Stretches of voice and silence by turns, in milliseconds, the first one voice. */
function talk(...stretches: readonly number[]): Float32Array {
  const parts = stretches.map((lengthMs, at) => new Float32Array(lengthMs * perMs).fill(at % 2 === 0 ? 0.5 : 0));
  return Float32Array.from(parts.flatMap((part) => [...part]));
}

describe("live text on a machine that does not keep up", () => {
  function start(options: Partial<Omit<LiveTextOptions, "inference">> & { readonly inference?: SlowInference } = {}) {
    const inference = options.inference ?? createSlowInference();
    const snapshots: LiveText[] = [];
    const live = createLiveText({
      model: { dir: "model" },
      language: "sv",
      onSnapshot: (text) => void snapshots.push(text),
      ...options,
      inference,
    });
    opened.push(live);
    /** As the recording pushes, with turns between for what goes on beside it. */
    const push = async (samples: Float32Array) => {
      for (let at = 0; at < samples.length; at += 8000) {
        live.push(samples.slice(at, at + 8000));
        await settled();
      }
    };
    return { live, inference, snapshots, push, last: () => snapshots.at(-1) ?? assert.fail() };
  }
  const settled = async () => {
    for (let turns = 0; turns < 5; turns++) await turn();
  };

  test("an utterance ends with a pause of half a second, not with a shorter one, and is a window of its own", async () => {
    const { inference, push, last } = start();
    await push(talk(2000, 400, 1000, 1000));
    assert.equal(inference.asked.length, 1);
    const [first] = inference.asked;
    assert.ok((first?.lengthMs ?? 0) >= 3400 && (first?.lengthMs ?? 0) < 3800, `${first?.lengthMs}`);
    assert.equal(last().isAwaited, true);
    first?.answer("Två meningar.");
    await settled();
    assert.deepEqual(
      last().lines.map(({ text, state }) => [text, state]),
      [["Två meningar.", "heard"]],
    );
    assert.equal(last().isAwaited, false);
  });

  test("one window at a time; what waits meanwhile is heard together", async () => {
    const { inference, push } = start();
    await push(talk(2000, 1000, 3000, 1000, 4000, 1000));
    assert.equal(inference.asked.length, 1);
    inference.asked[0]?.answer("Ett.");
    await settled();
    assert.equal(inference.asked.length, 2);
    assert.ok((inference.asked[1]?.lengthMs ?? 0) > 7000);
    assert.equal(inference.count.mostAtOnce, 1);
  });

  test("ten minutes without an answer: bounded, marked, and text again as soon as the machine can", async () => {
    const { live, inference, push, last } = start();
    for (let minute = 0; minute < 10; minute++) {
      await push(talk(...Array.from({ length: 12 }, () => [4000, 1000]).flat()));
      if (minute === 0) assert.equal(last().state, "behind");
    }
    const marks = last().lines.filter(({ state }) => state === "later");
    assert.equal(marks.length, 1, "what was let go is one mark");
    assert.ok((marks[0]?.endMs ?? 0) - (marks[0]?.startMs ?? 0) > 500_000);
    void live.finish();
    for (let at = 0; at < inference.asked.length; at++) {
      inference.asked[at]?.answer(`Fönster ${at}.`);
      await settled();
    }
    assert.ok(inference.asked.every(({ lengthMs }) => lengthMs <= 30_000));
    assert.ok(inference.asked.length <= 4, `${inference.asked.length} windows were kept`);
    assert.equal(last().state, "listening");
    assert.equal(last().lines.at(-1)?.state, "heard");
    assert.deepEqual(
      last().lines.map(({ startMs }) => startMs),
      last()
        .lines.map(({ startMs }) => startMs)
        .toSorted((a, b) => a - b),
    );
  });

  test("voice activity that does not answer: sound is let go, pushes cost nothing", async () => {
    const inference = createSlowInference();
    inference.deaf = true;
    const { live, last } = start({ inference });
    const second = talk(1000);
    const startedAt = performance.now();
    for (let i = 0; i < 600; i++) live.push(second);
    assert.ok(performance.now() - startedAt < 2000);
    assert.equal(last().state, "behind");
    const [mark] = last().lines;
    assert.equal(mark?.state, "later");
    assert.ok((mark?.endMs ?? 0) - (mark?.startMs ?? 0) > 560_000);
    live.close();
  });

  test("a process that hangs is started anew once, then live text is off", async () => {
    const inference = createSlowInference();
    inference.deaf = true;
    const { live, last } = start({ inference, patienceMs: 50 });
    live.push(talk(3000));
    await wait(80);
    assert.equal(inference.count.closed, 1);
    assert.notEqual(last().state, "off");
    await wait(80);
    assert.deepEqual([last().state, last().error?.code], ["off", "worker-ended"]);
    await live.finish();
  });

  test("a process that dies is started anew once and asked again; the second time live text is off, with a reason", async () => {
    const { live, inference, push, last } = start();
    await push(talk(2000, 1000));
    inference.die();
    await settled();
    assert.equal(inference.asked.length, 2);
    assert.deepEqual(inference.asked[1]?.samples, inference.asked[0]?.samples);
    inference.asked[1]?.answer("Hört.");
    await settled();
    assert.equal(textOf(last()), "Hört.");
    await push(talk(2000, 1000));
    inference.die();
    await settled();
    assert.deepEqual(
      [last().state, last().error, last().isAwaited],
      ["off", { code: "worker-ended", details: {} }, false],
    );
    assert.equal(textOf(last()), "Hört.", "what was written stays");
    await push(talk(2000, 1000));
    assert.equal(inference.asked.length, 3);
    live.markStruck(0, 4000);
    assert.deepEqual([last().state, last().lines.length], ["off", 0]);
  });

  test("a model that is not there turns it off at once", async () => {
    const inference = createSlowInference();
    inference.refusal = new LyssnaError("model-missing", { model: "x" });
    const { last } = start({ inference });
    await settled();
    assert.deepEqual([last().state, last().error?.code], ["off", "model-missing"]);
    assert.equal(inference.count.closed, 1);
  });

  test("a listener that throws does not reach the recording", async () => {
    const inference = createSlowInference();
    const { live, push } = start({
      inference,
      onSnapshot: () => {
        throw new Error("no window");
      },
    });
    await push(talk(2000, 1000));
    assert.equal(inference.asked.length, 0);
    await live.finish();
  });

  test("what is no number, or louder than can be, is heard as sound", async () => {
    const { inference, push } = start();
    await push(talk(2000).map((value, at) => (at % 1000 === 7 ? Number.NaN : at % 1000 === 8 ? 1e30 : value)));
    await push(talk(0, 1000));
    assert.ok(inference.asked[0]?.samples.every((value) => Math.abs(value) <= 1));
  });

  test("a pause of the recording ends what is being said, and time goes on where it stood", async () => {
    const { live, inference, push, last } = start();
    await push(talk(2000));
    assert.equal(inference.asked.length, 0);
    live.rest();
    await settled();
    assert.equal(inference.asked.length, 1);
    inference.asked[0]?.answer("Före.");
    await push(talk(3000, 1000));
    inference.asked[1]?.answer("Efter.");
    await settled();
    const [first, second] = last().lines;
    assert.deepEqual([first?.text, second?.text], ["Före.", "Efter."]);
    assert.ok(Math.abs((second?.startMs ?? 0) - 2000) < 50 && Math.abs((first?.endMs ?? 0) - 2000) < 50);
  });

  test("closed: nothing more is told, and who waits for the end is let go", async () => {
    const { live, inference, push, snapshots } = start();
    await push(talk(2000, 1000));
    const finished = live.finish();
    live.close();
    live.close();
    await finished;
    const told = snapshots.length;
    inference.asked[0]?.answer("För sent.");
    live.push(talk(2000, 1000));
    live.rest();
    live.markStruck(0, 1000);
    await settled();
    assert.equal(snapshots.length, told);
  });

  describe("struck passages", () => {
    test("text that reaches into one is gone at once, and the other lines stay", async () => {
      const { live, inference, push, last } = start();
      for (const text of ["Ett.", "Två.", "Tre."]) {
        await push(talk(2000, 1000));
        inference.asked.at(-1)?.answer(text);
        await settled();
      }
      live.markStruck(3500, 4000);
      assert.deepEqual(
        last().lines.map(({ text, state }) => [text, state]),
        [
          ["Ett.", "heard"],
          ["", "later"],
          ["Tre.", "heard"],
        ],
      );
      live.markStruck(0, 9000);
      assert.deepEqual(last().lines, []);
    });

    test("sound that waits is silence there, and an answer on its way is not shown", async () => {
      const { live, inference, push, last } = start();
      await push(talk(4000, 1000));
      await push(talk(4000, 1000));
      live.markStruck(2000, 7000);
      inference.asked[0]?.answer("Hemligt.");
      await settled();
      assert.equal(textOf(last()), "");
      const again = inference.asked[1] ?? assert.fail();
      const loudMs = again.samples.filter((value) => value > 0).length / perMs;
      assert.ok(Math.abs(loudMs - 4000) < 100, `${loudMs} ms of both utterances are left`);
      again.answer("Kvar.");
      await settled();
      assert.ok(last().lines.every(({ startMs, endMs, text }) => text === "" || endMs <= 2400 || startMs >= 6600));
      assert.doesNotMatch(JSON.stringify(last()), /Hemligt/u);
    });

    test("also what is being said, what is not heard yet, and what comes a moment later", async () => {
      const { live, inference, push } = start();
      await push(talk(1000));
      live.push(talk(990));
      live.markStruck(0, 3000);
      await push(talk(1010, 1000));
      assert.equal(inference.asked.length, 0);
      await push(talk(2000, 1000));
      assert.equal(inference.asked.length, 1);
    });
  });
});
