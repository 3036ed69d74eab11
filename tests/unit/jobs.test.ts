import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { LyssnaError } from "../../electron/errors.ts";
import { createJobRunner, type JobRunner, type RunnerOptions } from "../../electron/jobs/runner.ts";
import { openStore } from "../../electron/store/store.ts";
import type { Job, JobTask, Store } from "../../electron/store/types.ts";

const key = randomBytes(32);
const task = { kind: "summarise", templateId: "minnesanteckningar" } as const;
const heavyTask = { ...task, kind: "process", sourcePath: "a.wav", modelId: "small", language: "sv" } as const;

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

  const addJob = async (of: JobTask = task): Promise<Job> => {
    const meeting = await store.createMeeting({ title: "Möte", recordedAt: "2026-03-10T09:00:00", language: "sv" });
    return store.createJob(meeting.id, of);
  };
  const stateOf = async (id: string) => (await store.listJobs()).find((job) => job.id === id)?.state;

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

  test("one that is cancelled at the moment when it begins is cancelled, whichever of the two comes first", async () => {
    for (let late = 0; late < 12; late++) {
      const job = await addJob();
      const [ended] = await runUntil(
        1,
        (_job, signal) => new Promise((_done, failed) => signal.addEventListener("abort", () => failed(signal.reason))),
        async (runner) => {
          for (let turns = 0; turns < late; turns++) await new Promise((done) => setImmediate(done));
          await runner.cancel(job.id);
        },
      );
      assert.equal(ended?.state, "cancelled", `after ${String(late)} turns`);
      assert.equal(await stateOf(job.id), "cancelled");
    }
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

  describe("paused while something runs that may not wait", () => {
    /** A heavy job that goes on until it is stopped, and is done the second time. */
    async function startHeavy(onPause = () => {}) {
      const job = await addJob(heavyTask);
      const runs: { readonly found: number; readonly letGo: () => void }[] = [];
      const ended: Job[] = [];
      const begun = Promise.withResolvers<void>();
      const done = Promise.withResolvers<void>();
      const runner = createJobRunner({
        store,
        onChange: () => {},
        onPause,
        onEnd: async (one) => {
          ended.push(one);
          if (one.id === job.id) done.resolve();
        },
        run: async (one, signal) => {
          if (one.id !== job.id) return;
          const { promise: free, resolve: letGo } = Promise.withResolvers<void>();
          runs.push({ found: (await store.listArtefacts(job.id, "transcribe")).length, letGo });
          if (runs.length > 1) return;
          await store.saveArtefact(job.id, { stage: "transcribe", key: "0", value: {} });
          begun.resolve();
          await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
          await free;
          throw new Error("stopped");
        },
      });
      runner.wake();
      await begun.promise;
      return { job, runner, runs, ended, done: done.promise };
    }

    test("a heavy job lets go and goes on afterwards with what it had done; light ones run", async () => {
      let freed = 0;
      const { job, runner, runs, ended, done } = await startHeavy(() => void freed++);
      const outcome = await runner.pauseWhile(async () => {
        assert.equal(await stateOf(job.id), "running", "it begins before the job has let go");
        runs[0]?.letGo();
        const light = await addJob();
        runner.wake();
        while ((await stateOf(light.id)) !== "done") await new Promise((next) => setTimeout(next, 5));
        await runner.pauseWhile(async () => {});
        assert.equal(await stateOf(job.id), "queued", "another's end does not wake it");
        return "heard";
      });
      assert.equal(outcome, "heard");
      await done;
      assert.deepEqual([runs.length, runs[1]?.found, freed], [2, 1, 1]);
      assert.deepEqual(
        ended.filter(({ id }) => id === job.id).map(({ state }) => state),
        ["done"],
      );
      await runner.close();
    });

    test("what fails meanwhile is told, and the job goes on", async () => {
      const { runner, runs, done } = await startHeavy();
      runs[0]?.letGo();
      await assert.rejects(
        runner.pauseWhile(() => Promise.reject(new LyssnaError("worker-ended"))),
        { code: "worker-ended" },
      );
      await done;
      assert.equal(runs.length, 2);
      await runner.close();
    });

    test("a job that is cancelled while it lets go is cancelled", async () => {
      const { job, runner, runs, ended } = await startHeavy();
      await runner.pauseWhile(async () => {
        const cancelled = runner.cancel(job.id);
        runs[0]?.letGo();
        await cancelled;
      });
      await runner.close();
      assert.deepEqual(
        ended.map(({ state }) => state),
        ["cancelled"],
      );
      assert.equal(runs.length, 1);
    });

    test("a heavy job that is asked for meanwhile waits", async () => {
      const ran: string[] = [];
      const { promise: ended, resolve } = Promise.withResolvers<void>();
      const runner = createJobRunner({
        store,
        onChange: () => {},
        onEnd: async () => resolve(),
        run: async (job) => void ran.push(job.id),
      });
      const job = await runner.pauseWhile(async () => {
        const added = await addJob(heavyTask);
        runner.wake();
        await new Promise((next) => setTimeout(next, 50));
        assert.deepEqual(ran, []);
        return added;
      });
      await ended;
      assert.deepEqual(ran, [job.id]);
      await runner.close();
    });
  });
});
