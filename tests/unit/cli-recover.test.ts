// lyssna recover: what was cut off is given an end and listed, by whoever the organisation lets in.
import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { existsSync, renameSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { openKeyring } from "../../electron/store/keys/keyring.ts";
import { openStore } from "../../electron/store/store.ts";
import { dir, env, file, lyssna, says } from "./cli-runner.ts";
import { cheap, keychain } from "./keychain.ts";
import { recorderOn, recordingOptions } from "./recorder-fixtures.ts";

const passphrase = "åtta gröna båtar";
/** A packet of silence, 20 ms, as Opus writes it. */
const silence = [0xf8, 0xff, 0xfe];

/** A recording of a second that nobody ends; the store goes as in a crash. */
async function cutOff(data: string, key: Uint8Array): Promise<string> {
  const store = await openStore({ dir: data, key });
  const recorder = recorderOn(data, store);
  const { id } = await recorder.start({ ...recordingOptions, title: "Hembesök\toch mer" });
  const take = recorder.state()?.take ?? 0;
  for (let at = 0; at < 5; at++) {
    const packets = Uint8Array.from(Array.from({ length: 10 }, () => silence).flat());
    await recorder.append({ take, packets, lengths: Array<number>(10).fill(3), heard: new Uint8Array() });
  }
  await store.sound.close();
  await store.close();
  return id;
}

test("recordings that were cut off are recovered by recovery code or the organisation's key, and listed once", async () => {
  const data = join(dir, "appens");
  const { publicKey, privateKey } = generateKeyPairSync("x25519");
  const organisationKey = publicKey.export({ type: "spki", format: "pem" }).toString();
  const ring = () => openKeyring({ dir: data, keychain: null, cost: cheap, organisationKey });
  const key = await ring().setUp(passphrase);
  const code = await ring().newRecoveryCode({ kind: "passphrase", passphrase });
  const pem = privateKey.export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "nyckelns fras" });
  const keyPath = await file("organisation.pem", pem.toString());

  const recover = async (secret: string, ...more: readonly string[]) => {
    env["LYSSNA_PASSPHRASE_FILE"] = await file("hemlighet", `${secret}\n`);
    const outcome = await lyssna("recover", "--data", data, "--lang", "sv", ...more);
    delete env["LYSSNA_PASSPHRASE_FILE"];
    return outcome;
  };
  const first = await cutOff(data, key);
  says(await recover("0".repeat(30), "--recovery-code"), 3, /återställningskod/iu);
  const byCode = await recover(code, "--recovery-code");
  assert.deepEqual(
    [byCode.code, byCode.out],
    [0, `${first}\t2026-03-10T09:02:00\t1.0\tHembesök och mer\n`],
    byCode.err,
  );
  assert.match(byCode.err, /Räddade inspelningar: 1\./u);

  const second = await cutOff(data, key);
  const byKey = await recover("nyckelns fras", "--organisation-key", keyPath);
  assert.equal(byKey.code, 0, byKey.err);
  assert.ok(byKey.out.startsWith(second) && !byKey.out.includes(first));
  says(await recover("en annan fras", "--organisation-key", keyPath), 1, /Lösenfrasen stämmer inte/u);

  const third = await cutOff(data, key);
  const sound = join(data, "sound", `${third}.lysnd`);
  renameSync(sound, `${sound}.held`);
  const damaged = await recover(passphrase);
  assert.deepEqual([damaged.code, damaged.out], [1, ""]);
  assert.ok(damaged.err.includes(third));
  renameSync(`${sound}.held`, sound);
  assert.ok((await recover(passphrase)).out.startsWith(third));

  const store = await openStore({ dir: data, key });
  const { lines } = await store.readLog(100);
  const ways = lines.filter(({ event }) => event === "unlocked").map((line) => line.code);
  assert.deepEqual(ways, ["passphrase", "passphrase", "organisation", "recovery"]);
  assert.equal(lines.filter(({ event }) => event === "recovered").length, 3);
  await store.sound.close();
  await store.close();
});

test("a folder that is not there stays away, and one whose key needs the keychain says what to give", async () => {
  says(await lyssna("recover", "--data", join(dir, "fel"), "--lang", "sv"), 3, /store\.db/u);
  assert.ok(!existsSync(join(dir, "fel")));
  const data = join(dir, "nyckelring");
  const ring = openKeyring({ dir: data, keychain: keychain(7), cost: cheap });
  const key = await ring.open({ kind: "none" });
  await (await openStore({ dir: data, key })).close();
  says(await lyssna("recover", "--data", data, "--lang", "sv"), 1, /nyckelring, som bara appen.+--recovery-code/u);
  await ring.setPassphrase({ kind: "none" }, passphrase);
  env["LYSSNA_PASSPHRASE_FILE"] = await file("fras-nyckelring", `${passphrase}\n`);
  says(await lyssna("recover", "--data", data, "--lang", "sv"), 1, /nyckelring, som bara appen.+--organisation-key/u);
  delete env["LYSSNA_PASSPHRASE_FILE"];
});
