// Live text with the real inference process and the demonstration voice: the right words, soon after they are said.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, afterEach, before, describe, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { createInference } from "../../electron/inference/client.ts";
import { startNodeInference } from "../../electron/inference/node-port.ts";
import type { InferencePort } from "../../electron/inference/protocol.ts";
import type { LiveText } from "../../electron/live-text.ts";
import { createLiveText, type LiveTextWriter } from "../../electron/pipeline/hear-live.ts";
import { makeDemonstrationModel } from "../../models/demonstration/make-model.ts";
import { demonstrationScript } from "../../models/demonstration/recording.ts";
import { say } from "../../models/demonstration/say.ts";
import { loadVoice } from "../../models/demonstration/voice.ts";
import { temporaryFolder } from "../sound-files.ts";
import { wordErrorRate } from "../word-error-rate.ts";

const perMs = 16;
/** Closed after each test, also after one that failed. */
const opened: LiveTextWriter[] = [];
afterEach(() => opened.splice(0).forEach((live) => live.close()));
const voice = loadVoice();
const speak = (text: string): Float32Array => Float32Array.from(say(text, voice), (sample) => sample / 32_768);
const textOf = ({ lines }: LiveText): string => lines.map(({ text }) => text).join(" ");

describe("live text with the real inference process", () => {
  const folder = temporaryFolder();
  const modelDir = join(folder.dir, "model");
  before(() => makeDemonstrationModel(modelDir));
  after(() => folder[Symbol.dispose]());

  function start() {
    const ports: InferencePort[] = [];
    const startPort = startNodeInference();
    const snapshots: { readonly atMs: number; readonly text: LiveText }[] = [];
    const live = createLiveText({
      inference: createInference(() => {
        const port = startPort();
        ports.push(port);
        return port;
      }),
      model: { dir: modelDir },
      language: "sv",
      onSnapshot: (text) => void snapshots.push({ atMs: performance.now(), text }),
    });
    opened.push(live);
    return { live, snapshots, ports, last: () => snapshots.at(-1)?.text ?? assert.fail() };
  }

  const sizes = {
    "odd sizes": (push: number) => 1 + ((push * 7919) % 1777),
    "five seconds": () => 80_000,
  };
  for (const [name, sizeOf] of Object.entries(sizes)) {
    test(`the demonstration recording in pushes of ${name}: word for word`, async () => {
      const { live, last } = start();
      await pushAt(live, speak(demonstrationScript()), { speed: 25, sizeOf, last });
      await live.finish();
      assert.equal(wordErrorRate(demonstrationScript(), textOf(last())), 0);
    });
  }

  test("the process is killed in the middle: it starts again and no word is lost", async () => {
    const { live, ports, last } = start();
    const samples = speak(demonstrationScript());
    const half = samples.length / 2;
    await pushAt(live, samples.slice(0, half), { speed: 25, last });
    ports.at(-1)?.kill();
    await pushAt(live, samples.slice(half), { speed: 25, last });
    await live.finish();
    assert.equal(wordErrorRate(demonstrationScript(), textOf(last())), 0);
    assert.equal(ports.length, 2);
  });

  test("in real time, 20 ms a push: text is there soon after the last word", async (context) => {
    const { live, snapshots, last } = start();
    const sentences = ["Jag bor hemma hos mamma.", "Hyran är åtta tusen kronor."];
    const ends: number[] = [];
    await wait(1500);
    for (const sentence of sentences) {
      const samples = speak(sentence);
      const spoken = samples.findLastIndex((value) => Math.abs(value) > 0.01);
      const startedAt = performance.now();
      await pushAt(live, Float32Array.from([...samples, ...new Float32Array(1200 * perMs)]), { speed: 1 });
      ends.push(startedAt + spoken / perMs);
    }
    await live.finish();
    const latencies = ends.map((endMs, at) => {
      const written = snapshots.find(({ text }) => text.lines.length > at) ?? assert.fail(textOf(last()));
      return Math.round(written.atMs - endMs);
    });
    assert.equal(wordErrorRate(sentences.join(" "), textOf(last())), 0);
    context.diagnostic(`from the end of speech to its text: ${latencies.join(", ")} ms`);
    assert.ok(Math.max(...latencies) < 2000, latencies.join(", "));
  });
});

interface PushOptions {
  readonly speed: number;
  /** Samples of each push. */
  readonly sizeOf?: (push: number) => number;
  readonly last?: () => LiveText;
}

/** Pushes so many times as fast as it was said, and waits where the machine does not keep up: it has other work too. */
async function pushAt(
  live: LiveTextWriter,
  samples: Float32Array,
  { speed, sizeOf = () => 320, last }: PushOptions,
): Promise<void> {
  const startedAt = performance.now();
  for (let at = 0, push = 1; at < samples.length; push++) {
    const size = sizeOf(push);
    live.push(samples.slice(at, at + size));
    at += size;
    const aheadMs = at / perMs / speed - (performance.now() - startedAt);
    if (aheadMs > 5) await wait(aheadMs);
    while (last?.().state === "behind") await wait(20);
  }
}
