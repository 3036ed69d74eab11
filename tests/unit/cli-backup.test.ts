import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import type { PolicyState } from "../../electron/contract.ts";
import { noPolicy } from "../../electron/policy/state.ts";
import { loadOrCreateKeyFile } from "../../electron/store/key.ts";
import { openKeyring } from "../../electron/store/keys/keyring.ts";
import { openStore } from "../../electron/store/store.ts";
import { dir, env, file, lyssna, says } from "./cli-runner.ts";

test("a folder moves house by the command line, and the passphrase is never an argument", async () => {
  const [from, to, out] = [join(dir, "hemma"), join(dir, "nya"), join(dir, "flytt.lyssna")];
  const folder = (name: string) => ["--data", name, "--key-file", `${name}.key`];
  const said = await file("samtal.txt", "Anna: Hyran är inte betald.\nKim: Vi ringer hyresvärden på fredag.\n");
  const process = ["process", said, "--template", "minnesanteckningar", "--out", dir, "--formats", "md"];
  assert.equal((await lyssna(...process, ...folder(from))).code, 0);

  says(await lyssna("backup", "make", ...folder(from), "--out", out), 2, /LYSSNA_PACKAGE_PASSPHRASE_FILE/u);
  says(await lyssna("backup", "make", ...folder(join(dir, "fel")), "--out", out), 3, /store\.db/u);
  assert.ok(!existsSync(join(dir, "fel")));
  says(await lyssna("backup", "make", ...folder(from), "--out", join(from, "store.db")), 2, /store\.db/u);
  says(await lyssna("backup", "gör"), 2, /backup gör/u);

  env["LYSSNA_PACKAGE_PASSPHRASE_FILE"] = await file("fras", "fyra lugna ord i rad\n");
  const made = await lyssna("backup", "make", ...folder(from), "--out", out);
  assert.equal(made.code, 0, made.err);
  assert.match(made.err, /Paketet flytt\.lyssna är gjort/u);
  const [header = ""] = (await readFile(out, "latin1")).split("\n");
  assert.deepEqual(JSON.parse(header).scrypt, { logN: 17, r: 8, p: 1 });
  assert.ok(!header.includes("samtal"));

  const taken = await lyssna("backup", "restore", out, ...folder(to));
  assert.equal(taken.code, 0, taken.err);
  const store = await openStore({ dir: to, key: await loadOrCreateKeyFile(`${to}.key`) });
  const [meeting] = await store.listMeetings();
  assert.equal(meeting?.title, "Lyssna");
  assert.equal((await store.getTranscript(meeting?.id ?? "")).segments[0]?.text, "Hyran är inte betald.");
  await store.close();

  env["LYSSNA_PACKAGE_PASSPHRASE_FILE"] = await file("fel-fras", "fyra andra ord i rad\n");
  says(await lyssna("backup", "restore", out, ...folder(to)), 3, /Lösenfrasen/u);
  delete env["LYSSNA_PACKAGE_PASSPHRASE_FILE"];
});

test("the app's own folder opens with its recovery code", async () => {
  const own = join(dir, "appens");
  const keyring = openKeyring({ dir: own, keychain: null });
  const key = await keyring.setUp("en lång lösenfras för appen");
  await (await openStore({ dir: own, key })).close();
  const code = await keyring.newRecoveryCode({ kind: "passphrase", passphrase: "en lång lösenfras för appen" });
  env["LYSSNA_PACKAGE_PASSPHRASE_FILE"] = await file("fras", "fyra lugna ord i rad\n");
  const out = join(dir, "appen.lyssna");
  env["LYSSNA_PASSPHRASE_FILE"] = await file("kod", `${code}\n`);
  const recovery = ["--data", own, "--recovery-code"];
  const made = await lyssna("backup", "make", ...recovery, "--out", out);
  assert.equal(made.code, 0, made.err);
  assert.ok(existsSync(out));
  delete env["LYSSNA_PACKAGE_PASSPHRASE_FILE"];
  delete env["LYSSNA_PASSPHRASE_FILE"];
});

test("a policy may forbid packages, each way by itself", async () => {
  const under = (more: Partial<PolicyState>) => ({
    policy: async () => ({ ...noPolicy, state: { ...noPolicy.state, organisation: "Exempelkommunen", ...more } }),
  });
  const make = ["backup", "make", "--data", dir, "--out", join(dir, "x.lyssna"), "--lang", "sv"];
  says(await lyssna.under(under({ makePackage: false }), ...make), 1, /stängt av \(Exempelkommunen\)/u);
  const restore = ["backup", "restore", await file("x.lyssna", "?"), "--data", dir, "--lang", "sv"];
  says(await lyssna.under(under({ takeInPackage: false }), ...restore), 1, /stängt av \(Exempelkommunen\)/u);
});
