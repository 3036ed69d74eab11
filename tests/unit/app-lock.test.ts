import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readdirSync, readFileSync, readSync } from "node:fs";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { createApp, type AppHost } from "../../electron/app.ts";
import { calls, type CallName, defaultSettings, type SnapshotName } from "../../electron/contract.ts";
import type { EventLog } from "../../electron/log-events.ts";
import { startNodeInference } from "../../electron/inference/node-port.ts";
import { noPolicy } from "../../electron/policy/state.ts";
import { keepApp } from "../../electron/shell/keep-app.ts";
import { watchLock } from "../../electron/shell/watch-lock.ts";
import { openKeyring } from "../../electron/store/keys/keyring.ts";
import { subkey } from "../../electron/store/subkeys.ts";
import { cheap, keychain } from "./keychain.ts";
import { recordingOptions } from "./recorder-fixtures.ts";
import { temporaryFolder } from "./store-fixtures.ts";

const passphrase = "granen barrar i mars";
const nothing = async () => null;

function keptApp(dir = temporaryFolder()) {
  const keyring = openKeyring({ dir, keychain: keychain(7), cost: cheap });
  const host: Omit<AppHost, "key"> = {
    dataDir: dir,
    demonstrationDir: join(dir, "demonstration"),
    startInference: startNodeInference(),
    chooseFiles: async () => [],
    chooseFolder: nothing,
    chooseGlossary: nothing,
    chooseOne: nothing,
    chooseSavePath: async (name, extension) => join(dir, `${name}.${extension}`),
    trash: async () => {},
    copyText: async () => true,
    fetch: () => assert.fail("nothing may reach the network"),
    standIn: true,
    version: "0.0.0",
  };
  const told: SnapshotName[] = [];
  const kept = keepApp({
    open: (key) => createApp({ ...host, key }),
    keyring,
    info: { version: "0.0.0", platform: "linux", standIn: true },
    plainSettings: () => defaultSettings,
    policy: () => noPolicy.state,
    onSnapshot: (name) => void told.push(name),
  });
  after(() => kept.close());
  const call = async (name: CallName, ...args: unknown[]): Promise<unknown> => {
    const handler = (await kept.current()).handlers[name] as (...values: unknown[]) => Promise<unknown>;
    return handler(...args);
  };
  const now = async <Name extends SnapshotName>(name: Name) => (await kept.current()).snapshot(name);
  return { dir, kept, keyring, call, now, told };
}

const recordOptions = { ...recordingOptions, title: "Elins inspelning" };

async function until(wanted: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 20_000; !(await wanted());) {
    if (Date.now() > end) assert.fail("it did not become as wanted");
    await new Promise((done) => setTimeout(done, 50));
  }
}

describe("a locked app", () => {
  test("answers no call but those of the lock, whatever is asked", async () => {
    const { call, now, kept } = keptApp();
    await call("meetings.addExample");
    await call("key.setPassphrase", null, passphrase);
    assert.equal((await now("meetings")).length, 1);
    await call("lock.now");
    assert.equal(kept.isLocked(), true);
    await until(async () => (await now("lock")).working === null);
    const answered: string[] = [];
    for (const name of Object.keys(calls) as CallName[]) {
      if (name.startsWith("lock.")) continue;
      const outcome = await call(name, "x", "y", "z").then(
        (value) => JSON.stringify(value),
        (error: unknown) => (error as { readonly code: string }).code,
      );
      if (outcome !== "locked") answered.push(`${name} ${outcome}`);
    }
    const info = { version: "0.0.0", platform: "linux", standIn: true, storeError: null, backupAt: null };
    assert.deepEqual(answered, [`app.info ${JSON.stringify(info)}`]);
    for (const name of ["meetings", "jobs", "models", "originals"] as const) assert.deepEqual(await now(name), []);
    assert.equal((await kept.current()).sound, null);
    assert.deepEqual(await now("settings"), defaultSettings);

    await assert.rejects(call("lock.unlock", null), { code: "locked" });
    await assert.rejects(call("lock.unlock", "en annan fras"), { code: "passphrase-wrong" });
    assert.deepEqual(await now("meetings"), []);
    await call("lock.unlock", passphrase);
    assert.equal((await now("meetings")).length, 1);
  });

  test("starts locked where there is a passphrase, and opens by the recovery code with a new one", async () => {
    const first = keptApp();
    await first.call("meetings.addExample");
    await first.call("key.setPassphrase", null, passphrase);
    const code = await first.call("key.newRecoveryCode", passphrase);
    await first.kept.close();
    const { call, now, kept } = keptApp(first.dir);
    assert.deepEqual(await now("lock"), {
      locked: true,
      needs: "passphrase",
      hasRecovery: true,
      leastLength: 6,
      working: null,
    });
    await call("lock.recover", code, "en ny fras");
    assert.equal(kept.isLocked(), false);
    assert.equal((await now("meetings")).length, 1);
    await call("lock.now");
    await assert.rejects(call("lock.unlock", passphrase), { code: "passphrase-wrong" });
    await call("lock.unlock", "en ny fras");
  });

  test("an answer that was on its way when it was locked is not given", async () => {
    const { call, kept } = keptApp();
    await call("meetings.addExample");
    const late = call("search.find", "hyra");
    const locking = kept.lock("person");
    await assert.rejects(late, { code: "locked" });
    await locking;
  });

  test("goes on recording, tells nothing of it, and lets go of the key when it has ended", async () => {
    const { call, now, kept } = keptApp();
    await call("key.setPassphrase", null, passphrase);
    const meeting = (await call("recording.start", recordOptions)) as { readonly id: string };
    await call("recording.mark", "own", "något om Elin");
    await call("lock.now");
    const lock = await now("lock");
    assert.deepEqual([lock.locked, lock.working], [true, "recording"]);
    const shown = await now("recording");
    assert.equal(shown?.state, "recording");
    assert.doesNotMatch(JSON.stringify(shown), /Elin/u);
    await call("recording.pause", "paused");
    await call("recording.resume");
    const take = (await now("recording"))?.take ?? 0;
    // A packet of silence, as Opus writes it.
    const packets = Uint8Array.from([0xf8, 0xff, 0xfe]);
    await call("recording.append", { take, packets, lengths: [3], heard: new Uint8Array() });
    await assert.rejects(call("recording.start", recordOptions), { code: "locked" });
    const finishing = call("recording.finish");
    await call("recording.flushed", take);
    assert.doesNotMatch(JSON.stringify(await finishing), /Elin/u);
    await until(async () => (await now("lock")).working === null);
    assert.deepEqual(await now("meetings"), []);
    await call("lock.unlock", passphrase);
    const [kept1] = await now("meetings");
    assert.deepEqual([kept1?.id, kept1?.title, kept1?.durationMs], [meeting.id, "Elins inspelning", 14]);
    assert.equal(kept.isLocked(), false);
  });

  test("goes on with a package that is being made, and lets go of the key when it is done", async () => {
    const { dir, call, now } = keptApp();
    await call("meetings.addExample");
    await call("key.setPassphrase", null, passphrase);
    const making = call("package.make", null, "fyra lugna ord i rad");
    await until(async () => (await now("moving")) !== null);
    await call("lock.now");
    const { locked, working } = await now("lock");
    assert.deepEqual([locked, working, await now("moving")], [true, "jobs", null], "nothing of it is told");
    await assert.rejects(making, { code: "locked" });
    await until(async () => (await now("lock")).working === null);
    assert.equal(readdirSync(dir).filter((name) => /^Lyssna \d{4}-\d{2}-\d{2}\.lyssna$/u.test(name)).length, 1);
    assert.deepEqual(
      readdirSync(dir).filter((name) => name.endsWith(".part")),
      [],
    );
  });

  test("that is opened again while it records shows the same recording", async () => {
    const { call, now } = keptApp();
    await call("key.setPassphrase", null, passphrase);
    await call("recording.start", recordOptions);
    await call("lock.now");
    await call("lock.unlock", passphrase);
    assert.equal((await now("recording"))?.state, "recording");
    assert.equal((await now("meetings")).length, 1);
  });
});

test("locking, unlocking and wrong tries stand in the log, those from behind the lock with their times", async () => {
  const { call, kept } = keptApp();
  await call("key.setPassphrase", null, passphrase);
  await assert.rejects(call("key.setPassphrase", "granen gissar", null), { code: "passphrase-wrong" });
  await call("key.newRecoveryCode", passphrase);
  await kept.lock("idle");
  const before = Date.now();
  for (const typed of ["en gissning", "en till"])
    await assert.rejects(call("lock.unlock", typed), { code: "passphrase-wrong" });
  await call("lock.unlock", passphrase);
  await call("lock.now");
  await call("lock.unlock", passphrase);
  const { lines, found } = (await call("log.read", 100)) as EventLog;
  assert.equal(found.state, "whole");
  const told = lines
    .filter(({ event }) => /lock|passphrase/u.test(event))
    .map(({ event, code, count, by }) => [event, code, count, by].join(" "))
    .toReversed();
  assert.deepEqual(told, [
    "unlocked keychain  person",
    "passphrase-changed   person",
    "unlock-failed  1 app",
    "locked idle  app",
    "unlock-failed  2 app",
    "unlocked passphrase  person",
    "locked person  person",
    "unlocked passphrase  person",
  ]);
  const line = lines.find(({ count }) => count === 2);
  const [from, to] = [Date.parse(line?.from ?? ""), Date.parse(line?.to ?? "")];
  assert.ok(before <= from && from <= to && to <= Date.now());
  assert.doesNotMatch(JSON.stringify(lines), /gran|giss/u);
});

test("it locks by itself when nobody is there, the system locks or the panic key is pressed; only with a passphrase", async (t) => {
  t.mock.timers.enable({ apis: ["setInterval"] });
  const heard = new Map<string, () => void>();
  let [idle, hasPassphrase, locks] = [0, true, 0];
  const reasons: string[] = [];
  let recording: "recording" | "paused" | null = null;
  const settings = { lockAfterMinutes: 10, lockWithSystem: true };
  let panic = () => {};
  watchLock({
    powerMonitor: {
      on: (name: string, run: () => void) => heard.set(name, run),
      getSystemIdleTime: () => idle,
    } as unknown as Electron.PowerMonitor,
    globalShortcut: { register: (_key: string, run: () => void) => ((panic = run), true) },
    settings: () => settings,
    recording: () => recording,
    hasPassphrase: async () => hasPassphrase,
    async lock(why) {
      locks++;
      reasons.push(why);
    },
  });
  const locksAfter = async (run: () => void) => {
    const before = locks;
    run();
    await new Promise((done) => setImmediate(done));
    return locks - before;
  };
  const tick = () => t.mock.timers.tick(10_000);
  idle = 599;
  assert.equal(await locksAfter(tick), 0);
  idle = 600;
  assert.equal(await locksAfter(tick), 1);
  recording = "recording";
  assert.equal(await locksAfter(tick), 0, "whoever listens sits still");
  recording = "paused";
  assert.equal(await locksAfter(tick), 1);
  settings.lockAfterMinutes = 0;
  assert.equal(await locksAfter(tick), 0);
  for (const name of ["suspend", "lock-screen"]) assert.equal(await locksAfter(heard.get(name) ?? (() => {})), 1);
  hasPassphrase = false;
  assert.equal(await locksAfter(heard.get("suspend") ?? (() => {})), 0);
  assert.equal(await locksAfter(panic), 1);
  assert.deepEqual(reasons, ["idle", "idle", "sleep", "system", "person"]);
});

/** Whether a process's memory holds any of these, by Linux's own view of it; null where the machine does not let one look. */
function memoryHolds(pid: number, sought: readonly Buffer[]): readonly boolean[] | null {
  try {
    const memory = openSync(`/proc/${pid}/mem`, "r");
    const found = sought.map(() => false);
    for (const line of readFileSync(`/proc/${pid}/maps`, "utf8").split("\n")) {
      const [, from = "", to = "", rights = ""] = /^([0-9a-f]+)-([0-9a-f]+) (\S+)/u.exec(line) ?? [];
      if (!rights.startsWith("rw")) continue;
      const [start, end] = [Number.parseInt(from, 16), Number.parseInt(to, 16)];
      const step = 1 << 24;
      for (let at = start; at < end; at += step) {
        const bytes = Buffer.alloc(Math.min(step + 128, end - at));
        try {
          const read = readSync(memory, bytes, 0, bytes.length, at);
          sought.forEach((each, index) => (found[index] ||= bytes.subarray(0, read).includes(each)));
        } catch {
          // A stretch that nothing lies behind.
        }
      }
    }
    closeSync(memory);
    return found;
  } catch {
    return null;
  }
}

test("the key is in memory while it is open, and in no form once it is locked", async (t) => {
  const dir = temporaryFolder();
  const keyring = openKeyring({ dir, keychain: keychain(7), cost: cheap });
  const key = await keyring.open({ kind: "none" });
  await keyring.setPassphrase({ kind: "none" }, passphrase);
  const script = join(import.meta.dirname, "..", "lockable-app.ts");
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", script, dir, passphrase], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  t.after(() => child.kill("SIGKILL"));
  const heard = async () => String((await once(child.stdout, "data"))[0]).trim();
  const forms: readonly Buffer[] = [key, subkey(key, "database"), subkey(key, "sound")].flatMap((each) => [
    Buffer.from(each),
    Buffer.from(Buffer.from(each).toString("hex")),
  ]);
  assert.equal(await heard(), "open");
  const open = memoryHolds(child.pid ?? 0, forms);
  if (open === null) return t.skip("this machine does not let a process look at another's memory");
  assert.equal(open[0], true, "while it is open the key is there: otherwise this test would see nothing");
  child.stdin.write("lock\n");
  assert.equal(await heard(), "locked");
  assert.deepEqual(
    memoryHolds(child.pid ?? 0, forms),
    forms.map(() => false),
  );
});
