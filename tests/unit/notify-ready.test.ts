import assert from "node:assert/strict";
import { test } from "node:test";
import type { Job } from "../../electron/contract.ts";
import { notifyWhenReady } from "../../electron/shell/notify-ready.ts";

const job = (id: string, state: Job["state"]): Job => ({
  id,
  meetingId: `m-${id}`,
  task: { kind: "summarise", templateId: "x" },
  state,
  stage: null,
  fraction: 0,
  leftMs: null,
  error: null,
  createdAt: "",
});

function world() {
  const shown: string[] = [];
  const clicks: (() => void)[] = [];
  const state = { away: true, closed: 0, front: 0 };
  const notifier = notifyWhenReady({
    make: ({ title, body, silent }) => ({
      show: () => void shown.push(`${title}: ${body}${silent ? "" : " (with a sound)"}`),
      close: () => void state.closed++,
      on: (_event, listener) => void clicks.push(listener),
    }),
    mayShow: () => state.away,
    language: () => "sv",
    onClick: () => void state.front++,
  });
  return { shown, clicks, state, notifier };
}

test("a meeting that is ready is told once, without a name, and several in one note", () => {
  const { shown, state, notifier, clicks } = world();
  notifier.changed([job("a", "running"), job("b", "queued"), job("old", "done")]);
  notifier.changed([job("a", "done"), job("b", "queued"), job("old", "done")]);
  notifier.changed([job("a", "done"), job("b", "running"), job("old", "done")]);
  notifier.changed([job("a", "done"), job("b", "done"), job("old", "done")]);
  assert.deepEqual(shown, ["Lyssna: Ett samtal är klart att granska", "Lyssna: 2 samtal är klara att granska"]);
  assert.equal(state.closed, 1, "the second takes the first one's place");
  clicks.at(-1)?.();
  assert.equal(state.front, 1);
  notifier.changed([job("c", "running")]);
  notifier.changed([job("c", "failed")]);
  assert.equal(shown.at(-1), "Lyssna: Ett samtal gick inte att bearbeta", "what was seen is counted no more");
});

test("nothing is shown while the window is in front, nor for what a person cancelled", () => {
  const { shown, state, notifier } = world();
  state.away = false;
  notifier.changed([job("a", "running")]);
  notifier.changed([job("a", "done")]);
  state.away = true;
  notifier.changed([job("a", "done"), job("b", "running")]);
  notifier.changed([job("a", "done"), job("b", "cancelled")]);
  assert.deepEqual(shown, []);
});
