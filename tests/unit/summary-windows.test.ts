// A summary's own window: one for each meeting, brought forward where it is open, gone with the window it stands beside.
import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { test } from "node:test";
import { createSummaryWindows } from "../../electron/shell/summary-windows.ts";

class FakeWindow extends EventEmitter {
  readonly did: string[] = [];
  async loadURL(address: string): Promise<void> {
    this.did.push(address.replace(/^.*#/u, "#"));
  }
  show = () => void this.did.push("show");
  focus = () => void this.did.push("focus");
  close = () => {
    this.did.push("close");
    this.emit("closed");
  };
}

test("one window for each meeting, whose title stays out of the task bar", () => {
  const made: FakeWindow[] = [];
  const windows = createSummaryWindows(() => {
    const window = new FakeWindow();
    made.push(window);
    return window as never;
  });
  windows.open("a/b");
  windows.open("a/b");
  windows.open("c");
  assert.deepEqual(
    made.map(({ did }) => did),
    [["#/summary/a%2Fb", "show", "focus"], ["#/summary/c"]],
  );
  let kept = false;
  made[0]?.emit("page-title-updated", { preventDefault: () => (kept = true) });
  assert.ok(kept);
  made[1]?.emit("ready-to-show");
  assert.deepEqual(made[1]?.did.at(-1), "show");

  // Closed by the person: the next wish opens another.
  made[0]?.close();
  windows.open("a/b");
  assert.equal(made.length, 3);
  windows.closeAll();
  assert.deepEqual([made[1]?.did.at(-1), made[2]?.did.at(-1)], ["close", "close"]);
});
