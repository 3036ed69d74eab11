import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { LyssnaError } from "../../electron/errors.ts";
import { createJobRunner, type JobRunner, type RunnerOptions } from "../../electron/jobs/runner.ts";
import { openStore } from "../../electron/store/store.ts";
import type { Job, Store } from "../../electron/store/types.ts";

const key = randomBytes(32);
const task = { kind: "summarise", templateId: "minnesanteckningar" } as const;

describe("the job queue", () => {
  let dir: string;
  let store: Store;

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), "lyssna-jobs-"));
    store = await openStore({ dir, key });
  });
  after(async () => {
    await store.close();
    await rm(dir, { recursive: true, force: true });
  });

  const addJob = async (): Promise<Job> => {
    const meeting = await store.createMeeting({ title: "Möte", recordedAt: "2026-03-10T09:00:00", language: "sv" });
    return store.createJob(meeting.id, task);
  };

  /** Runs the queue until `count` jobs have ended. */
  async function runUntil(count: number, run: RunnerOptions["run"], act?: (runner: JobRunner) => Promise<void>) {
    const ended: Job[] = [];
    const { promise, resolve } = Promise.withResolvers<void>();
    const runner = createJobRunner({
      store,
      run,
      onChange: () => {},
      onEnd: async (job) => {
        ended.push(job);
        if (ended.length === count) resolve();
      },
    });
    runner.wake();
    await act?.(runner);
    await promise;
    await runner.close();
    return ended;
  }

  test("runs one job at a time, in the order in which they were asked for", async () => {
    const jobs = [await addJob(), await addJob(), await addJob()];
    let atOnce = 0;
    let most = 0;
    const ended = await runUntil(3, async () => {
      most = Math.max(most, ++atOnce);
      await new Promise((done) => setTimeout(done, 20));
      atOnce--;
    });
    assert.equal(most, 1);
    assert.deepEqual(
      ended.map(({ id, state, fraction }) => ({ id, state, fraction })),
      jobs.map(({ id }) => ({ id, state: "done", fraction: 1 })),
    );
  });

  test("a failed job says why in a code, and the next one runs", async () => {
    const bad = await addJob();
    const good = await addJob();
    const ended = await runUntil(2, async (job) => {
      if (job.id === bad.id) throw new LyssnaError("file-damaged", { file: "a.mp3" });
    });
    assert.equal(ended[0]?.state, "failed");
    assert.deepEqual(ended[0]?.error, { code: "file-damaged", details: { file: "a.mp3" } });
    assert.deepEqual([ended[1]?.id, ended[1]?.state], [good.id, "done"]);
  });

  test("a running job is cancelled within a second; a retry finds its artefacts", async () => {
    const job = await addJob();
    let found = -1;
    const { promise: underWay, resolve: startedWork } = Promise.withResolvers<void>();
    const run: RunnerOptions["run"] = async (_, signal) => {
      found = (await store.listArtefacts(job.id, "transcribe")).length;
      if (found > 0) return;
      await store.saveArtefact(job.id, { stage: "transcribe", key: "0", value: { kept: true } });
      startedWork();
      await new Promise((_done, reject) => signal.addEventListener("abort", () => reject(new Error("stopped"))));
    };
    let askedAt = 0;
    const [ended] = await runUntil(1, run, async (runner) => {
      await underWay;
      askedAt = performance.now();
      await runner.cancel(job.id, { wait: true });
    });
    assert.ok(performance.now() - askedAt < 1000);
    assert.deepEqual([ended?.state, ended?.error?.code], ["cancelled", "cancelled"]);

    const [again] = await runUntil(1, run, (runner) => runner.retry(job.id));
    assert.equal(again?.state, "done");
    assert.equal(found, 1, "the retry saw what the first run had kept");
    assert.equal((await store.listArtefacts(job.id, "transcribe")).length, 0, "and it goes when the job is done");
  });

  test("a waiting job is cancelled without ever running", async () => {
    const first = await addJob();
    const second = await addJob();
    const ran: string[] = [];
    await runUntil(
      2,
      async (job) => {
        ran.push(job.id);
        await new Promise((done) => setTimeout(done, 100));
      },
      (runner) => runner.cancel(second.id),
    );
    assert.deepEqual(ran, [first.id]);
  });

  test("closing the app leaves a running job to go on at the next start", async () => {
    const job = await addJob();
    const { promise: underWay, resolve: startedWork } = Promise.withResolvers<void>();
    const runner = createJobRunner({
      store,
      onChange: () => {},
      onEnd: async () => assert.fail("a job that was cut off has not ended"),
      run: async (_, signal) => {
        startedWork();
        await new Promise((_done, reject) => signal.addEventListener("abort", () => reject(new Error("stopped"))));
      },
    });
    runner.wake();
    await underWay;
    await runner.close();
    await store.close();

    store = await openStore({ dir, key });
    const found = (await store.listJobs()).find(({ id }) => id === job.id);
    assert.equal(found?.state, "queued");
    const [ended] = await runUntil(1, async () => {});
    assert.deepEqual([ended?.id, ended?.state], [job.id, "done"]);
  });
});
