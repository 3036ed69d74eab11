import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { describe, test } from "node:test";
import { fromShown, toShown } from "../stand-in/messages.ts";

const register = new URL("../stand-in/register.ts", import.meta.url).href;

/** What a main that runs this says as it fails. */
function failureOf(source: string): string {
  const args = ["--disable-warning=ExperimentalWarning", "--import", register, "--input-type=module", "--eval", source];
  const { stderr, status } = spawnSync(process.execPath, args, { encoding: "utf8" });
  assert.notEqual(status, 0, "it did not fail");
  return stderr;
}

describe("the stand-in", () => {
  test("refuses what it does not know", () => {
    assert.match(
      failureOf('import { app } from "electron"; app.setBadgeCount(1);'),
      /does not know app\.setBadgeCount/u,
    );
    assert.match(failureOf('import { Tray } from "electron";'), /does not provide an export named 'Tray'/u);
    assert.match(
      failureOf('import { session } from "electron"; session.fromPartition("x").cookies;'),
      /does not know session\.cookies/u,
    );
  });

  test("makes no window that is not sandboxed and isolated, or that is made in a way it does not know", () => {
    const safe = "sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true";
    const open = (window: string, page: string) =>
      failureOf(
        `import { BrowserWindow } from "electron"; new BrowserWindow({ ${window} webPreferences: { ${page} } });`,
      );
    assert.match(open("", "sandbox: false"), /only knows windows that are sandboxed/u);
    assert.match(open("", `${safe}, offscreen: true`), /does not know a page with offscreen/u);
    assert.match(open("kiosk: true,", safe), /does not know a window with kiosk/u);
  });

  test("shows the app's address as one that is secure, and takes it back", () => {
    const cases = [
      ["lyssna://app", "https://app.lyssna.invalid"],
      ["lyssna://app/", "https://app.lyssna.invalid/"],
      ["lyssna://app/sound/m1?x#/y", "https://app.lyssna.invalid/sound/m1?x#/y"],
    ] as const;
    for (const [own, shown] of cases) assert.deepEqual([toShown(own), fromShown(shown)], [shown, own]);
    for (const other of ["https://example.org/", "https://app.lyssna.invalid.example.org/", "about:blank"]) {
      assert.equal(fromShown(other), other);
    }
  });
});
