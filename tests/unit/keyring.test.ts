import assert from "node:assert/strict";
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import fc from "fast-check";
import { parseKeyFile } from "../../electron/store/keys/key-file.ts";
import { type KeyringOptions, openKeyring } from "../../electron/store/keys/keyring.ts";
import { passphraseCost } from "../../electron/store/keys/passphrase.ts";
import { readRecoveryCode, writeRecoveryCode } from "../../electron/store/keys/recovery-code.ts";
import { waitAfter } from "../../electron/store/keys/tries.ts";
import { cheap, keychain } from "./keychain.ts";
import { filesIn, temporaryFolder } from "./store-fixtures.ts";

const passphrase = "granen barrar i mars";
const none = { kind: "none" } as const;
const by = (typed: string) => ({ kind: "passphrase", passphrase: typed }) as const;

/** The folder's keyring; another one on the same folder is the app started anew. */
const ring = (dir: string, options: Partial<KeyringOptions> = {}) =>
  openKeyring({ dir, keychain: keychain(7), cost: cheap, ...options });
const keyFile = (dir: string) => join(dir, "key.json");
const kept = (dir: string): string => readFileSync(keyFile(dir), "utf8");

describe("the key in the keychain", () => {
  test("is made once, kept only wrapped, and unwrapped again", async () => {
    const dir = temporaryFolder();
    const key = await ring(dir).open(none);
    assert.equal(key.length, 32);
    assert.deepEqual(await ring(dir).open(none), key);
    for (const encoding of ["hex", "base64"] as const) {
      assert.equal(kept(dir).includes(Buffer.from(key).toString(encoding)), false);
    }
    assert.deepEqual(readdirSync(dir), ["key.json"]);
  });

  test("is the same for two that make it at once", async () => {
    const dir = temporaryFolder();
    const [one, other] = await Promise.all([ring(dir).open(none), ring(dir).open(none)]);
    assert.deepEqual(one, other);
  });

  test("of another user or computer is refused and left as it is", async () => {
    const dir = temporaryFolder();
    await ring(dir).open(none);
    const before = kept(dir);
    const stranger = ring(dir, { keychain: keychain(8) });
    await assert.rejects(stranger.open(none), { code: "store-key-wrong" });
    await assert.rejects(stranger.needs(), { code: "store-key-wrong" });
    assert.equal(kept(dir), before);
    for (const text of ["{}", "", "[]", '{"lyssna":"key/3"}', '{"lyssna":"key/2","envelopes":{"keychain":{}}}']) {
      writeFileSync(keyFile(dir), text);
      await assert.rejects(ring(dir).open(none), { code: "store-key-wrong" });
      assert.equal(kept(dir), text);
    }
  });

  test("a keychain that is there but does not answer makes nothing", async () => {
    const dir = temporaryFolder();
    for (const available of [async () => false, async () => Promise.reject(new Error("locked"))]) {
      const without = ring(dir, { keychain: { ...keychain(7), available } });
      await assert.rejects(without.open(none), { code: "keychain-missing" });
      assert.equal(await without.needs(), "set-up");
    }
    assert.deepEqual(filesIn(dir), []);
  });

  test("of a folder that has had a database is not made anew", async () => {
    const dir = temporaryFolder();
    writeFileSync(join(dir, "store.json"), "{}");
    await assert.rejects(ring(dir).open(none), { code: "store-key-wrong" });
    await assert.rejects(ring(dir).needs(), { code: "store-key-wrong" });
    await assert.rejects(ring(dir, { keychain: null }).setUp(passphrase), { code: "store-key-wrong" });
    assert.equal(existsSync(keyFile(dir)), false);
  });

  test("in the first format of key files opens, and becomes the second with the first change", async () => {
    const dir = temporaryFolder();
    const key = new Uint8Array(randomBytes(32));
    const wrapped = Buffer.from(await keychain(7).wrap(key)).toString("base64");
    writeFileSync(keyFile(dir), JSON.stringify({ lyssna: "key/1", wrapped }));
    assert.deepEqual(await ring(dir).open(none), key);
    await ring(dir).setPassphrase(none, passphrase);
    assert.match(kept(dir), /"key\/2"/u);
    assert.deepEqual(await ring(dir).open(by(passphrase)), key);
  });
});

describe("a passphrase on top", () => {
  test("is needed from then on, together with the keychain, and never lies on the disk", async () => {
    const dir = temporaryFolder();
    const key = await ring(dir).open(none);
    await ring(dir).setPassphrase(none, passphrase);
    assert.equal(await ring(dir).needs(), "passphrase");
    await assert.rejects(ring(dir).open(none), { code: "locked" });
    await assert.rejects(ring(dir).open(by("en annan")), { code: "passphrase-wrong" });
    assert.deepEqual(await ring(dir).open(by(` ${passphrase.normalize("NFD")} `)), key);
    // The passphrase alone, on another computer, is not enough.
    await assert.rejects(ring(dir, { keychain: keychain(8) }).open(by(passphrase)), { code: "keychain-changed" });
    for (const { bytes } of filesIn(dir)) assert.equal(bytes.includes(passphrase), false);
  });

  test("is changed without changing the key: what was encrypted stays as it is", async () => {
    const dir = temporaryFolder();
    const key = await ring(dir).open(none);
    await ring(dir).setPassphrase(none, passphrase);
    await assert.rejects(ring(dir).setPassphrase(by("fel fras"), "vintergatan"), { code: "passphrase-wrong" });
    await ring(dir).setPassphrase(by(passphrase), "vintergatan");
    assert.deepEqual(await ring(dir).open(by("vintergatan")), key);
    await assert.rejects(ring(dir).open(by(passphrase)), { code: "passphrase-wrong" });
    await ring(dir).setPassphrase(by("vintergatan"), null);
    assert.deepEqual(await ring(dir).open(none), key);
  });

  test("stands alone where there is no keychain, is longer then, and cannot be taken away", async () => {
    const dir = temporaryFolder();
    const alone = () => ring(dir, { keychain: null });
    assert.equal(await alone().needs(), "set-up");
    await assert.rejects(alone().setUp("elva tecken"), { code: "passphrase-short", details: { least: 12 } });
    const key = await alone().setUp(passphrase);
    assert.deepEqual(await alone().open(by(passphrase)), key);
    await assert.rejects(alone().setPassphrase(by(passphrase), null), { code: "keychain-missing" });
    assert.deepEqual(await alone().open(by(passphrase)), key);
  });

  test("that could not be proved changes nothing", async () => {
    const dir = temporaryFolder();
    await ring(dir).open(none);
    const before = kept(dir);
    // It wraps, and does not unwrap what it wrapped since.
    let wraps = 0;
    const broken = {
      ...keychain(7),
      wrap: async (bytes: Uint8Array) => (wraps++, keychain(9).wrap(bytes)),
    };
    await assert.rejects(ring(dir, { keychain: broken }).setPassphrase(none, passphrase), { code: "key-not-changed" });
    assert.equal(wraps, 1);
    assert.equal(kept(dir), before);
    assert.deepEqual(readdirSync(dir), ["key.json"]);
  });

  test("what a crash left beside the file goes, and the file holds", async () => {
    const dir = temporaryFolder();
    const key = await ring(dir).open(none);
    writeFileSync(`${keyFile(dir)}.new`, "half a fi");
    assert.deepEqual(await ring(dir).open(none), key);
    assert.deepEqual(readdirSync(dir), ["key.json"]);
  });

  test("with another cost or share written into the file does not open", async () => {
    const dir = temporaryFolder();
    await ring(dir).open(none);
    await ring(dir).setPassphrase(none, passphrase);
    writeFileSync(keyFile(dir), kept(dir).replace('"p": 1', '"p": 2'));
    await assert.rejects(ring(dir).open(by(passphrase)), { code: "passphrase-wrong" });
  });

  test("costs what OWASP asks of scrypt, and a file that asks for far more is refused before it is tried", () => {
    assert.deepEqual(passphraseCost, { logN: 17, r: 8, p: 1 });
    const file = (logN: number) =>
      JSON.stringify({
        lyssna: "key/2",
        envelopes: { passphrase: { salt: "A".repeat(24), logN, r: 8, p: 1, share: null, sealed: "AAAA" } },
      });
    assert.equal(parseKeyFile(file(17)).passphrase?.logN, 17);
    assert.throws(() => parseKeyFile(file(30)), { code: "store-key-wrong" });
  });
});

describe("wrong tries", () => {
  test("wait longer and longer, up to five minutes", () => {
    assert.deepEqual([0, 1, 2, 3, 4, 5, 40].map(waitAfter), [0, 0, 0, 2000, 4000, 8000, 300_000]);
  });

  test("are counted across restarts, and waited for by a clock that is not the system's", async () => {
    const dir = temporaryFolder();
    await ring(dir).open(none);
    await ring(dir).setPassphrase(none, passphrase);
    let ms = 0;
    const clocked = () => ring(dir, { monotonicMs: () => ms });
    const first = clocked();
    for (const typed of ["ett fel", "två fel", "tre fel"]) {
      await assert.rejects(first.open(by(typed)), { code: "passphrase-wrong" });
    }
    await assert.rejects(first.open(by(passphrase)), { code: "unlock-wait", details: { seconds: 2 } });
    ms += 1999;
    await assert.rejects(first.open(by(passphrase)), { code: "unlock-wait" });
    // Starting anew begins the wait anew.
    const again = clocked();
    ms += 1;
    await assert.rejects(again.open(by(passphrase)), { code: "unlock-wait" });
    // Another system time changes nothing: it is never asked.
    const now = Date.now;
    Date.now = () => now() + 86_400_000;
    try {
      await assert.rejects(again.open(by(passphrase)), { code: "unlock-wait" });
    } finally {
      Date.now = now;
    }
    ms += 2000;
    await assert.rejects(again.open(by("fyra fel")), { code: "passphrase-wrong" });
    assert.equal(again.waitMs(), 4000);
    ms += 4000;
    assert.equal((await again.open(by(passphrase))).length, 32);
    again.triesTold();
    assert.deepEqual(readdirSync(dir), ["key.json"]);
  });

  test("are told of once they can be: how many, and when, and nothing of what was typed", async () => {
    const dir = temporaryFolder();
    await ring(dir).open(none);
    await ring(dir).setPassphrase(none, passphrase);
    let wall = Date.parse("2026-03-10T09:00:00Z");
    const one = ring(dir, { monotonicMs: () => 0, wall: () => wall });
    assert.equal(one.untoldTries(), null);
    for (const typed of ["ett fel", "två fel"]) {
      await assert.rejects(one.open(by(typed)), { code: "passphrase-wrong" });
      wall += 60_000;
    }
    const failed = { count: 2, firstAt: "2026-03-10T09:00:00.000Z", lastAt: "2026-03-10T09:01:00.000Z" };
    assert.deepEqual(ring(dir).untoldTries(), failed, "also after a restart");
    const counted: unknown = JSON.parse(readFileSync(join(dir, "key-tries.json"), "utf8"));
    assert.deepEqual(counted, { lyssna: "key-tries/1", failed: 2, untold: failed });
    await one.open(by(passphrase));
    assert.deepEqual(one.untoldTries(), failed, "the one that opens it is no wrong try, and forgets none");
    one.triesTold();
    assert.equal(one.untoldTries(), null);
    assert.deepEqual(readdirSync(dir), ["key.json"]);
  });

  test("are counted before they are made, and at once means one", async () => {
    const dir = temporaryFolder();
    await ring(dir).open(none);
    await ring(dir).setPassphrase(none, passphrase);
    const one = ring(dir, { monotonicMs: () => 0 });
    const outcomes = await Promise.allSettled(Array.from({ length: 9 }, (_, at) => one.open(by(`försök ${at}`))));
    const codes = outcomes.map((outcome) => (outcome.status === "rejected" ? outcome.reason.code : "open"));
    assert.deepEqual(codes, [...Array(3).fill("passphrase-wrong"), ...Array(6).fill("unlock-wait")]);
  });

  test("with a count that cannot be read are not begun anew", async () => {
    const dir = temporaryFolder();
    await ring(dir).open(none);
    writeFileSync(join(dir, "key-tries.json"), "?");
    assert.ok(ring(dir, { monotonicMs: () => 0 }).waitMs() > 30_000);
  });
});

describe("the recovery code", () => {
  test("reads as it was written, however it is typed", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 15, maxLength: 15 }), (bytes) => {
        const code = writeRecoveryCode(bytes);
        assert.match(code, /^(?:[0-9A-HJKMNP-TV-Z]{5}-){5}[0-9A-HJKMNP-TV-Z]{5}$/u);
        const typed = code.toLowerCase().replaceAll("-", " ").replaceAll("0", "o").replaceAll("1", "l");
        for (const each of [code, typed]) assert.deepEqual(readRecoveryCode(each), { kind: "code", bytes });
      }),
    );
  });

  test("with one wrong sign, or two that changed places, says in which group", () => {
    const signs = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 15, maxLength: 15 }),
        fc.nat(29),
        fc.nat(31),
        fc.boolean(),
        (bytes, place, sign, swap) => {
          const plain = writeRecoveryCode(bytes).replaceAll("-", "").split("");
          const changed = [...plain];
          const next = place % 5 === 4 ? place - 1 : place + 1;
          if (swap) [changed[place], changed[next]] = [plain[next] ?? "", plain[place] ?? ""];
          else changed[place] = signs[sign] ?? "";
          if (changed.join("") === plain.join("")) return;
          assert.deepEqual(readRecoveryCode(changed.join("")), {
            kind: "group-wrong",
            group: Math.floor(place / 5) + 1,
          });
        },
      ),
    );
  });

  test("opens without the passphrase and on another computer, and gives a new passphrase", async () => {
    const dir = temporaryFolder();
    const key = await ring(dir).open(none);
    await ring(dir).setPassphrase(none, passphrase);
    const code = await ring(dir).newRecoveryCode(by(passphrase));
    for (const { bytes } of filesIn(dir)) {
      for (const form of [code, code.replaceAll("-", "")]) assert.equal(bytes.includes(form), false);
    }
    const moved = ring(dir, { keychain: keychain(8) });
    assert.equal(await moved.needs(), "recovery");
    await moved.setPassphrase({ kind: "recovery", code }, "en helt ny fras");
    assert.equal(await moved.needs(), "passphrase");
    assert.deepEqual(await moved.open(by("en helt ny fras")), key);
  });

  test("is one: a newer one closes the one before; a slip is no try", async () => {
    const dir = temporaryFolder();
    await ring(dir).open(none);
    const old = await ring(dir).newRecoveryCode(none);
    const code = await ring(dir).newRecoveryCode(none);
    await assert.rejects(ring(dir).open({ kind: "recovery", code: old }), { code: "recovery-wrong" });
    const slip = `${code.slice(0, -1)}${code.endsWith("7") ? "8" : "7"}`;
    for (let time = 0; time < 5; time++) {
      await assert.rejects(ring(dir).open({ kind: "recovery", code: slip }), {
        code: "recovery-mistyped",
        details: { group: 6 },
      });
    }
    await assert.rejects(ring(dir).open({ kind: "recovery", code: "ABCDE" }), { code: "recovery-length" });
    assert.equal((await ring(dir).open({ kind: "recovery", code })).length, 32);
  });
});

describe("the organisation's way in", () => {
  const pem = { type: "spki", format: "pem" } as const;

  for (const [name, pair] of [
    ["X25519", () => generateKeyPairSync("x25519")],
    ["RSA", () => generateKeyPairSync("rsa", { modulusLength: 3072 })],
  ] as const) {
    test(`by ${name} opens with its private key and no other`, async () => {
      const dir = temporaryFolder();
      const { publicKey, privateKey } = pair();
      const key = await ring(dir).open(none);
      assert.equal((await ring(dir).status()).organisation, null);
      const bound = ring(dir, { organisationKey: String(publicKey.export(pem)) });
      await bound.open(none);
      assert.match((await bound.status()).organisation ?? "", /^[0-9a-f]{64}$/u);
      await bound.setPassphrase(none, passphrase);
      const alone = ring(dir, { keychain: null });
      assert.deepEqual(await alone.open({ kind: "organisation", privateKey }), key);
      await assert.rejects(alone.open({ kind: "organisation", privateKey: pair().privateKey }), {
        code: "organisation-key-wrong",
      });
    });
  }

  test("is refused where the key is short, private or none", async () => {
    const short = generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey.export(pem);
    const secret = generateKeyPairSync("x25519").privateKey.export({ type: "pkcs8", format: "pem" });
    for (const organisationKey of [String(short), String(secret), "inte en nyckel"]) {
      const dir = temporaryFolder();
      await ring(dir).open(none);
      await assert.rejects(ring(dir, { organisationKey }).open(none), { code: "organisation-key-invalid" });
    }
  });
});

test("any text is a key file or is refused, and nothing else happens", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      assert.throws(() => parseKeyFile(text), { code: "store-key-wrong" });
    }),
  );
});
