// The calls that move house, on a real app: one move at a time, stopped without a trace, and refused where policy says so.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { type App, createApp } from "../../electron/app.ts";
import type { PolicyState } from "../../electron/contract.ts";
import { startNodeInference } from "../../electron/inference/node-port.ts";
import { noPolicy } from "../../electron/policy/state.ts";
import { temporaryFolder } from "./store-fixtures.ts";

const passphrase = "fyra lugna ord i rad";

async function openApp(policy: Partial<PolicyState> = {}) {
  const dir = temporaryFolder();
  const out = temporaryFolder();
  let chosen: string | null = null;
  const suggested: string[] = [];
  const app: App = await createApp({
    dataDir: join(dir, "data"),
    demonstrationDir: join(dir, "demonstration"),
    key: async () => randomBytes(32),
    startInference: startNodeInference(),
    chooseFiles: async () => [],
    chooseFolder: async () => null,
    chooseGlossary: async () => null,
    chooseOne: async () => chosen,
    async chooseSavePath(name, extension) {
      suggested.push(`${name}.${extension}`);
      return join(out, "paket.lyssna");
    },
    trash: async () => {},
    copyText: async () => true,
    fetch: () => assert.fail("nothing may reach the network"),
    standIn: true,
    version: "0.0.0",
    policy: async () => ({ ...noPolicy, state: { ...noPolicy.state, organisation: "Exempelkommunen", ...policy } }),
  });
  after(() => app.close());
  const choose = async (path: string) => {
    chosen = path;
    await app.handlers["package.choose"]();
    return app.snapshot("opened");
  };
  return { app, out, choose, suggested };
}

describe("moving house behind the window", () => {
  test("one package at a time; one that is cancelled leaves nothing, and its progress is shown while it goes on", async () => {
    const { app, out } = await openApp();
    await app.handlers["meetings.addExample"]();
    const seen: (string | undefined)[] = [];
    app.onSnapshot((name) => name === "moving" && seen.push(app.snapshot("moving")?.way));
    const first = app.handlers["package.make"](null, passphrase);
    await assert.rejects(app.handlers["package.make"](null, passphrase), { code: "package-busy" });
    await app.handlers["package.cancel"]();
    await assert.rejects(first, { code: "cancelled" });
    assert.deepEqual(readdirSync(out), []);
    assert.deepEqual([seen.at(0), seen.at(-1), app.snapshot("moving")], ["make", undefined, null]);
    await app.handlers["package.make"](null, passphrase);
    assert.deepEqual(readdirSync(out), ["paket.lyssna"]);
  });

  test("a package's name tells no title, a short passphrase makes none, and closing the app stops what is made", async () => {
    const { app, out, suggested } = await openApp();
    const { id, title, recordedAt } = await app.handlers["meetings.addExample"]();
    await assert.rejects(app.handlers["package.make"](id, "kort"), { code: "package-passphrase-short" });
    assert.deepEqual(readdirSync(out), []);
    assert.deepEqual(suggested, [`Lyssna ${recordedAt.slice(0, 10)}.lyssna`]);
    assert.ok(!suggested.join("").includes(title));
    const made = app.handlers["package.make"](id, passphrase);
    await new Promise((done) => setTimeout(done, 20));
    const [outcome] = await Promise.allSettled([made, app.close()]);
    assert.equal(outcome.status, "rejected");
    assert.deepEqual(readdirSync(out), []);
  });

  test("a policy that forbids it is heeded, making and taking in each by itself, and own templates too", async () => {
    const shut = await openApp({ makePackage: false, takeInPackage: false, ownTemplates: false });
    await assert.rejects(shut.app.handlers["package.make"](null, passphrase), { code: "policy-forbids" });
    const { app, out, choose } = await openApp();
    await app.handlers["meetings.addExample"]();
    await app.handlers["package.make"](null, passphrase);
    const path = join(out, "paket.lyssna");
    const refused = await shut.choose(path);
    assert.deepEqual(refused?.kind === "refused" && refused.error.code, "policy-forbids");
    await assert.rejects(shut.app.handlers["opened.takeIn"](passphrase), { code: "not-found" });
    const template = join(out, "mall.lyssna");
    const sections = [{ id: "lage", heading: "Läget", kind: "bullets" }];
    writeFileSync(
      template,
      JSON.stringify({ lyssna: "template/1", id: "m", version: 1, title: "M", language: "sv", sections }),
    );
    assert.equal((await shut.choose(template))?.kind, "refused");

    assert.deepEqual(await choose(template), { kind: "template", file: "mall.lyssna", title: "M", headings: 1 });
    const opened = await choose(path);
    assert.equal(opened?.kind, "package");
    const taken = await app.handlers["opened.takeIn"](passphrase);
    assert.deepEqual(taken, { kind: "package", meetings: 0, here: 1, withoutSound: 0, deletedBefore: 0 });
    assert.equal(app.snapshot("opened"), null);
    await choose(path);
    await app.handlers["opened.leave"]();
    await assert.rejects(app.handlers["opened.takeIn"](passphrase), { code: "not-found" });
  });
});
