// Live text: what is said becomes provisional text as it ends, and nothing that happens to it reaches the recording.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { createInference } from "../../electron/inference/client.ts";
import { startNodeInference } from "../../electron/inference/node-port.ts";
import type { LiveText } from "../../electron/live-text.ts";
import { createLiveText, type LiveTextWriter } from "../../electron/pipeline/hear-live.ts";
import { makeDemonstrationModel } from "../../models/demonstration/make-model.ts";
import { demonstrationScript } from "../../models/demonstration/recording.ts";
import { say } from "../../models/demonstration/say.ts";
import { loadVoice } from "../../models/demonstration/voice.ts";
import { temporaryFolder } from "../sound-files.ts";
import { wordErrorRate } from "../word-error-rate.ts";

const perMs = 16;
const voice = loadVoice();
const speak = (text: string): Float32Array => Float32Array.from(say(text, voice), (sample) => sample / 32_768);
const textOf = ({ lines }: LiveText): string => lines.map(({ text }) => text).join(" ");

describe("live text with the real inference process", () => {
  const folder = temporaryFolder();
  const modelDir = join(folder.dir, "model");
  before(() => makeDemonstrationModel(modelDir));
  after(() => folder[Symbol.dispose]());

  function start() {
    const snapshots: { readonly atMs: number; readonly text: LiveText }[] = [];
    const live = createLiveText({
      inference: createInference(startNodeInference()),
      model: { dir: modelDir },
      language: "sv",
      onSnapshot: (text) => void snapshots.push({ atMs: performance.now(), text }),
    });
    return { live, snapshots, last: () => snapshots.at(-1)?.text ?? assert.fail() };
  }

  const sizes = {
    "20 ms": () => 320,
    "odd sizes": (turn: number) => 1 + ((turn * 7919) % 1777),
    "five seconds": () => 80_000,
  };
  for (const [name, sizeOf] of Object.entries(sizes)) {
    test(`the demonstration recording in pushes of ${name}: word for word`, async () => {
      const { live, last } = start();
      await pushAt(live, speak(demonstrationScript()), { speed: 25, sizeOf });
      await live.finish();
      live.close();
      assert.equal(wordErrorRate(demonstrationScript(), textOf(last())), 0);
    });
  }
});

/** Pushes so many times as fast as it was said. */
async function pushAt(
  live: LiveTextWriter,
  samples: Float32Array,
  { speed, sizeOf = () => 320 }: { readonly speed: number; readonly sizeOf?: (turn: number) => number },
): Promise<void> {
  const startedAt = performance.now();
  for (let at = 0, turn = 1; at < samples.length; turn++) {
    const size = sizeOf(turn);
    live.push(samples.slice(at, at + size));
    at += size;
    const aheadMs = at / perMs / speed - (performance.now() - startedAt);
    if (aheadMs > 5) await wait(aheadMs);
  }
}
