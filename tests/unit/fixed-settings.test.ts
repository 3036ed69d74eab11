// What the organisation has fixed holds: over what was chosen before, and against every later choice.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { noPolicy } from "../../electron/policy/state.ts";
import { type AppHost, createApp } from "../../electron/app.ts";
import { type FixedSettings, nothingFixed } from "../../electron/contract.ts";
import { startNodeInference } from "../../electron/inference/node-port.ts";
import { temporaryFolder } from "../sound-files.ts";

const nothing = async () => null;

describe("settings that the organisation has fixed", () => {
  const open = (dataDir: string, fixed: FixedSettings = nothingFixed) =>
    createApp({
      dataDir,
      demonstrationDir: dataDir,
      key: async () => new Uint8Array(32).fill(7),
      startInference: startNodeInference(),
      chooseFiles: async () => [],
      chooseFolder: nothing,
      chooseGlossary: nothing,
      chooseOne: nothing,
      chooseSavePath: nothing,
      trash: async () => {},
      copyText: async () => true,
      fetch: () => Promise.reject(new Error("nothing may reach the network")),
      standIn: true,
      version: "0.0.0",
      policy: async () => ({
        ...noPolicy,
        values: fixed.values,
        state: { ...noPolicy.state, organisation: fixed.organisation, reason: fixed.reason },
      }),
    } satisfies AppHost);
  const decided: FixedSettings = {
    values: { afterRecording: "night", offerOriginals: true },
    organisation: "Exempelkommun",
    reason: "Datorerna ska vara snabba på dagen.",
  };

  test("hold over what was chosen before, cannot be changed, and let go when the policy does", async () => {
    using folder = temporaryFolder();
    const before = await open(folder.dir);
    await before.handlers["settings.set"]({ afterRecording: "never", theme: "dark" });
    assert.equal(before.snapshot("settings").afterRecording, "never");
    await before.close();

    const app = await open(folder.dir, decided);
    assert.deepEqual(app.snapshot("fixed"), decided);
    assert.equal(app.snapshot("settings").afterRecording, "night");
    await assert.rejects(app.handlers["settings.set"]({ afterRecording: "now", theme: "light" }), {
      code: "setting-fixed",
    });
    assert.equal(app.snapshot("settings").theme, "dark", "of a change that is refused, nothing is made");
    await app.handlers["settings.set"]({ theme: "light", offerOriginals: true });
    assert.equal(app.snapshot("settings").theme, "light", "what is fixed may be said again");
    assert.equal(app.snapshot("settings").afterRecording, "night");
    await app.close();

    const after = await open(folder.dir);
    assert.equal(after.snapshot("settings").afterRecording, "never", "the person's own choice was kept");
    await after.close();
  });
});
