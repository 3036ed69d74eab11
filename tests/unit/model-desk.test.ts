// What a person asks a language model for: one thing at a time, after the jobs have let go, never before a recording, stopped
// at once.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { openModelDesk } from "../../electron/calls/model-desk.ts";
import type { Snapshots } from "../../electron/contract.ts";
import type { Engines } from "../../electron/jobs/summarise-with.ts";

/** A desk over a hub, a runner and engines that only tell what is done to them. */
function desk() {
  const told: string[] = [];
  const listeners = new Set<(name: keyof Snapshots) => void>();
  const now: { recording: object | null; jobs: readonly { state: string }[] } = { recording: null, jobs: [] };
  const set = (change: Partial<typeof now>) => {
    Object.assign(now, change);
    for (const name of Object.keys(change)) for (const tell of listeners) tell(name as keyof Snapshots);
  };
  const hub = {
    current: (name: keyof typeof now) => now[name],
    listen: (listener: (name: keyof Snapshots) => void) => (listeners.add(listener), () => listeners.delete(listener)),
  };
  const runner = {
    async pauseWhile<Result>(during: () => Promise<Result>): Promise<Result> {
      told.push("pause");
      try {
        return await during();
      } finally {
        told.push("go on");
      }
    },
  };
  const engines = {
    open: async () => (told.push("open"), { model: {}, engine: { id: "script", version: "1" } }),
    close: () => told.push("close"),
    show: () => {},
  };
  type Parts = Parameters<typeof openModelDesk>[0];
  const opened = openModelDesk({ hub, runner } as unknown as Parts, engines as unknown as Engines);
  return { desk: opened, told, set };
}

const nothing = async () => [];

/** Work that ends when it is stopped, as a model's does. */
const untilStopped = (_opened: unknown, _transcripts: unknown, signal: AbortSignal) =>
  new Promise<never>((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(new Error("stopped")));
  });

describe("what a person asks a language model for", () => {
  test("holds the jobs, opens the engine, and lets both go however it ends", async () => {
    const { desk: one, told } = desk();
    assert.equal(await one.run("script", nothing, async () => 7), 7);
    assert.deepEqual(told, ["pause", "open", "close", "go on"]);
    await assert.rejects(
      one.run("script", nothing, async () => {
        throw new Error("broken");
      }),
      /broken/u,
    );
    assert.deepEqual(told.slice(4), ["pause", "open", "close", "go on"]);
  });

  test("begins when the job that was running has let go", async () => {
    const { desk: one, told, set } = desk();
    set({ jobs: [{ state: "running" }] });
    const asked = one.run("script", nothing, async () => 7);
    await new Promise(setImmediate);
    assert.deepEqual(told, ["pause"]);
    set({ jobs: [{ state: "queued" }] });
    assert.equal(await asked, 7);
  });

  test("is one thing at a time, and stopped at once", async () => {
    const { desk: one, told } = desk();
    const first = one.run("script", nothing, untilStopped);
    await assert.rejects(
      one.run("script", nothing, async () => 7),
      { code: "language-busy" },
    );
    one.stop();
    await assert.rejects(first, { code: "cancelled" });
    assert.deepEqual(told, ["pause", "open", "close", "go on"]);
    assert.equal(await one.run("script", nothing, async () => 7), 7);
  });

  test("waits for no job that is stopped meanwhile", async () => {
    const { desk: one, told, set } = desk();
    set({ jobs: [{ state: "running" }] });
    const asked = one.run("script", nothing, async () => 7);
    await new Promise(setImmediate);
    one.stop();
    await assert.rejects(asked, { code: "cancelled" });
    assert.ok(!told.includes("open"));
  });

  test("gives way to a recording, and does not begin while one runs", async () => {
    const { desk: one, set, told } = desk();
    const asked = one.run("script", nothing, untilStopped);
    await new Promise(setImmediate);
    set({ recording: {} });
    await assert.rejects(asked, { code: "language-waits" });
    assert.ok(told.includes("close"));
    const before = told.length;
    await assert.rejects(
      one.run("script", nothing, async () => 7),
      { code: "language-waits" },
    );
    assert.equal(told.length, before);
  });
});
