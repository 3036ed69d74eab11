// Live text beside the queue: a meeting that is being transcribed waits for the one that is being recorded.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { LyssnaError } from "../../electron/errors.ts";
import { startLiveSession } from "../../electron/jobs/live-session.ts";
import { createJobRunner } from "../../electron/jobs/runner.ts";
import type { LiveText } from "../../electron/live-text.ts";
import { openStore } from "../../electron/store/store.ts";
import type { Store } from "../../electron/store/types.ts";
import { createSlowInference } from "../slow-inference.ts";

describe("a live session", () => {
  let dir: string;
  let store: Store;
  before(async () => {
    dir = await mkdtemp(join(tmpdir(), "lyssna-live-"));
    store = await openStore({ dir, key: randomBytes(32) });
  });
  after(async () => {
    await store.close();
    await rm(dir, { recursive: true, force: true });
  });

  /** A queue with one heavy job, that has begun. */
  async function startQueue() {
    const meeting = await store.createMeeting({ title: "Möte", recordedAt: "2026-03-10T09:00:00", language: "sv" });
    const template = { templateId: "minnesanteckningar", sourcePath: "a.wav", modelId: "small", language: "sv" };
    await store.createJob(meeting.id, { kind: "process", ...template });
    const begun = Promise.withResolvers<void>();
    const done = Promise.withResolvers<void>();
    const runs: AbortSignal[] = [];
    const runner = createJobRunner({
      store,
      onChange: () => {},
      onEnd: async () => done.resolve(),
      run: async (_job, signal) => {
        runs.push(signal);
        begun.resolve();
        if (runs.length > 1) return;
        await new Promise((_done, reject) => signal.addEventListener("abort", () => reject(new Error("stopped"))));
      },
    });
    runner.wake();
    await begun.promise;
    return { runner, runs, done: done.promise };
  }

  test("the job lets go when it begins and runs on when it is closed; nothing of the text stays", async () => {
    const { runner, runs, done } = await startQueue();
    const shown: (LiveText | null)[] = [];
    const show = (text: LiveText | null) => void shown.push(text);
    const inference = createSlowInference();
    const live = startLiveSession({ runner, inference, model: { dir: "model" }, language: "sv", show });
    assert.equal(runs[0]?.aborted, true);
    await new Promise((next) => setTimeout(next, 50));
    assert.deepEqual([runs.length, shown.at(-1)?.state], [1, "listening"]);
    live.close();
    live.close();
    await done;
    assert.deepEqual([runs.length, shown.filter((text) => text === null).length, shown.at(-1)], [2, 1, null]);
    await runner.close();
  });

  test("a model that is not found: off with a reason, and the job runs on", async () => {
    const { runner, done } = await startQueue();
    const shown: (LiveText | null)[] = [];
    const live = startLiveSession({
      runner,
      inference: createSlowInference(),
      model: Promise.reject(new LyssnaError("model-missing", { model: "x" })),
      language: "sv",
      show: (text) => void shown.push(text),
    });
    await done;
    assert.deepEqual([shown.at(-1)?.state, shown.at(-1)?.error?.code], ["off", "model-missing"]);
    live.close();
    await runner.close();
  });
});
