// The folder's key and the ways to it: keychain, passphrase, recovery code, organisation. Runs in main and the command
// line. The key itself is handed out and never kept here; whoever asked for it zeroes it.
import { type KeyObject, timingSafeEqual } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { LyssnaError } from "../../errors.ts";
import type { KeyStatus, LockNeeds } from "../../lock-state.ts";
import { type Envelopes, forgetUnfinished, keyFileName, readKeyFile, writeKeyFile } from "./key-file.ts";
import { fingerprintOf, openSealed, readPublicKey, sealTo } from "./organisation.ts";
import {
  leastLength,
  mostLength,
  newSalt,
  normalPassphrase,
  passphraseCost,
  passphraseLock,
  type ScryptCost,
} from "./passphrase.ts";
import { readRecoveryCode, recoveryBytes, writeRecoveryCode } from "./recovery-code.ts";
import { derive, seal, unseal } from "./seal.ts";
import { randomSecret, secretCopy } from "./secret-bytes.ts";
import { countTries, type FailedTries } from "./tries.ts";

const keyBytes = 32;

/** The system's keychain, as main.ts gives it (Electron's safeStorage). */
export interface KeyProtector {
  available(): Promise<boolean>;
  wrap(bytes: Uint8Array): Promise<Uint8Array>;
  unwrap(bytes: Uint8Array): Promise<Uint8Array>;
}

export interface KeyringOptions {
  readonly dir: string;
  /** Null where there is none, as under plain Node. */
  readonly keychain: KeyProtector | null;
  /** The organisation's public key in PEM, fixed by policy; null where it has none. */
  readonly organisationKey?: string | null;
  /** By policy the keychain alone is not enough. */
  readonly passphraseRequired?: boolean;
  /** Only tests make it cheaper. */
  readonly cost?: ScryptCost;
  readonly monotonicMs?: () => number;
  /** Milliseconds since 1970. */
  readonly wall?: () => number;
}

export type Secret =
  /** What the keychain knows by itself. */
  | { readonly kind: "none" }
  | { readonly kind: "passphrase"; readonly passphrase: string }
  | { readonly kind: "recovery"; readonly code: string }
  | { readonly kind: "organisation"; readonly privateKey: KeyObject };

export interface Keyring {
  /** What has to be given before it opens. Throws what no way leads past: keychain-missing, store-key-wrong. */
  needs(): Promise<LockNeeds>;
  status(): Promise<KeyStatus>;
  /** Milliseconds until a passphrase or code is looked at again. */
  waitMs(): number;
  /** Wrong passphrases and codes that the event log has not been told of; null where there are none. */
  untoldTries(): FailedTries | null;
  /** The log has them. */
  triesTold(): void;
  /**
   * The key, 32 bytes. Makes it where the folder has none and the keychain can keep it.
   * Throws passphrase-wrong, recovery-wrong, recovery-mistyped, unlock-wait, keychain-missing, store-key-wrong.
   */
  open(secret: Secret): Promise<Uint8Array>;
  /** The first passphrase of a new folder that has no keychain. Throws passphrase-short, cannot-write. */
  setUp(passphrase: string): Promise<Uint8Array>;
  /** A new passphrase, or none where the keychain alone is to do. `secret` opens what there is. */
  setPassphrase(secret: Secret, next: string | null): Promise<void>;
  /** A new code, answered once; the one before opens nothing any more. */
  newRecoveryCode(secret: Secret): Promise<string>;
}

export function openKeyring(options: KeyringOptions): Keyring {
  const { dir, cost = passphraseCost, monotonicMs = () => performance.now() } = options;
  const required = options.passphraseRequired === true;
  const path = join(dir, keyFileName);
  forgetUnfinished(path);
  const tries = countTries(dir, monotonicMs, options.wall);
  let queue: Promise<unknown> = Promise.resolve();
  /** One thing at a time: two tries at once would be one for the price of none. */
  const inTurn = <Result>(run: () => Promise<Result>): Promise<Result> => {
    const result = queue.then(run);
    queue = result.catch(() => {});
    return result;
  };

  async function keychain(): Promise<KeyProtector | null> {
    const usable = await options.keychain?.available().catch(() => false);
    return usable === true ? options.keychain : null;
  }

  /** What the keychain kept, or null where it is another's. */
  async function unwrap(wrapped: string): Promise<Uint8Array | null> {
    const own = await keychain();
    const bytes = await own?.unwrap(new Uint8Array(Buffer.from(wrapped, "base64"))).catch(() => null);
    return bytes?.length === keyBytes ? secretCopy(bytes) : null;
  }

  async function wrap(bytes: Uint8Array): Promise<string> {
    const wrapped = await (await keychain())?.wrap(bytes).catch(() => null);
    if (wrapped === null || wrapped === undefined) throw new LyssnaError("keychain-missing");
    return Buffer.from(wrapped).toString("base64");
  }

  async function byPassphrase(
    { passphrase }: Envelopes,
    typed: string,
  ): Promise<{ readonly key: Uint8Array | null; readonly shareMissing: boolean }> {
    if (passphrase === undefined) return { key: null, shareMissing: false };
    const share = passphrase.share === null ? null : await unwrap(passphrase.share);
    if (passphrase.share !== null && share === null) return { key: null, shareMissing: true };
    const salt = Buffer.from(passphrase.salt, "base64");
    const lock = await passphraseLock(typed, salt, passphrase, share);
    const key = unseal(lock, passphrase.sealed, passphrasePurpose(passphrase));
    lock.fill(0);
    share?.fill(0);
    return { key, shareMissing: false };
  }

  async function passphraseEnvelope(typed: string, key: Uint8Array): Promise<NonNullable<Envelopes["passphrase"]>> {
    const withKeychain = (await keychain()) !== null;
    const least = leastLength(withKeychain);
    const { length } = normalPassphrase(typed);
    if (length < least || length > mostLength) throw new LyssnaError("passphrase-short", { least });
    const share = withKeychain ? randomSecret(keyBytes) : null;
    const salt = newSalt();
    const facts = {
      salt: Buffer.from(salt).toString("base64"),
      ...cost,
      share: share === null ? null : await wrap(share),
    };
    const lock = await passphraseLock(typed, salt, cost, share);
    const sealed = seal(lock, key, passphrasePurpose(facts));
    lock.fill(0);
    share?.fill(0);
    return { ...facts, sealed };
  }

  function byRecoveryCode({ recovery }: Envelopes, bytes: Uint8Array): Uint8Array | null {
    if (recovery === undefined) return null;
    const lock = derive(bytes, Buffer.from(recovery.salt, "base64"), recoveryPurpose);
    const key = unseal(lock, recovery.sealed, `${recoveryPurpose} ${recovery.madeAt}`);
    lock.fill(0);
    return key;
  }

  /** The key by whatever way; throws what a person can act on. */
  async function keyBy(kept: Envelopes, secret: Secret): Promise<Uint8Array> {
    if (secret.kind === "none") {
      if (kept.keychain === undefined) throw new LyssnaError("locked");
      const key = await unwrap(kept.keychain.wrapped);
      if (key !== null) return key;
      throw new LyssnaError((await keychain()) === null ? "keychain-missing" : "store-key-wrong");
    }
    if (secret.kind === "organisation") {
      const key = kept.organisation === undefined ? null : openSealed(kept.organisation, secret.privateKey);
      if (key?.length !== keyBytes) throw new LyssnaError("organisation-key-wrong");
      return key;
    }
    if (secret.kind === "recovery") {
      // A slip of the pen is no try.
      const read = readRecoveryCode(secret.code);
      if (read.kind === "length-wrong") throw new LyssnaError("recovery-length");
      if (read.kind === "group-wrong") throw new LyssnaError("recovery-mistyped", { group: read.group });
      const key = await tries.once(async () => byRecoveryCode(kept, read.bytes));
      if (key === null) throw new LyssnaError("recovery-wrong");
      return key;
    }
    let shareMissing = false;
    const key = await tries.once(async () => {
      const found = await byPassphrase(kept, secret.passphrase);
      shareMissing = found.shareMissing;
      return found.key;
    });
    if (shareMissing) throw new LyssnaError("keychain-changed");
    if (key === null) throw new LyssnaError("passphrase-wrong");
    return key;
  }

  /** Writes changed envelopes, once each that was changed has opened the same key from the disk. */
  async function change(
    key: Uint8Array,
    next: Envelopes,
    proofs: readonly Proof[],
    overwrite = true,
  ): Promise<boolean> {
    const prove = async (written: Envelopes) => {
      for (const proof of proofs) {
        const opened = await proof(written);
        const same = opened?.length === key.length && timingSafeEqual(opened, key);
        opened?.fill(0);
        if (!same) return false;
      }
      return true;
    };
    return writeKeyFile(path, next, { prove, overwrite });
  }
  type Proof = (written: Envelopes) => Promise<Uint8Array | null>;
  const proofOfKeychain: Proof = async ({ keychain: own }) => (own === undefined ? null : unwrap(own.wrapped));
  const proofOfPassphrase =
    (typed: string): Proof =>
    async (written) =>
      (await byPassphrase(written, typed)).key;

  /** Without the key file, a folder that has had a database is closed for good: no new key may hide that. */
  const wasThere = (): boolean => existsSync(join(dir, "store.json"));

  async function makeByKeychain(): Promise<Uint8Array> {
    if ((await keychain()) === null) throw new LyssnaError("keychain-missing");
    if (wasThere()) throw new LyssnaError("store-key-wrong");
    const key = randomSecret(keyBytes);
    const first = await change(key, { keychain: { wrapped: await wrap(key) } }, [proofOfKeychain], false);
    if (first) return key;
    key.fill(0);
    return openKept({ kind: "none" });
  }

  async function openKept(secret: Secret): Promise<Uint8Array> {
    const kept = readKeyFile(path);
    if (kept === null) {
      if (secret.kind === "none") return makeByKeychain();
      throw new LyssnaError("store-key-wrong");
    }
    const key = await keyBy(kept, secret);
    await sealToOrganisation(kept, key);
    return key;
  }

  /** As policy says; one that says nothing leaves what is there. A key that is none throws; a full disk waits for the next time. */
  async function sealToOrganisation(kept: Envelopes, key: Uint8Array): Promise<void> {
    const pem = options.organisationKey ?? null;
    if (pem === null) return;
    const publicKey = readPublicKey(pem);
    if (kept.organisation?.fingerprint === fingerprintOf(publicKey)) return;
    await change(key, { ...kept, organisation: sealTo(publicKey, key) }, []).catch(() => false);
  }

  const withKey = (secret: Secret, run: (key: Uint8Array, kept: Envelopes) => Promise<void>): Promise<void> =>
    inTurn(async () => {
      const key = await openKept(secret);
      const kept = readKeyFile(path);
      try {
        if (kept === null) throw new LyssnaError("store-key-wrong");
        await run(key, kept);
      } finally {
        key.fill(0);
      }
    });

  return {
    async needs() {
      const kept = readKeyFile(path);
      const own = await keychain();
      if (kept === null) {
        if (wasThere()) throw new LyssnaError("store-key-wrong");
        return own === null || required ? "set-up" : "nothing";
      }
      const otherwise = (code: "keychain-missing" | "store-key-wrong"): LockNeeds => {
        if (kept.recovery !== undefined) return "recovery";
        throw new LyssnaError(code);
      };
      const { passphrase } = kept;
      if (passphrase !== undefined) {
        if (passphrase.share === null) return "passphrase";
        const share = own === null ? null : await unwrap(passphrase.share);
        const isThere = share !== null;
        share?.fill(0);
        return isThere ? "passphrase" : otherwise(own === null ? "keychain-missing" : "store-key-wrong");
      }
      if (own === null) return otherwise("keychain-missing");
      const key = kept.keychain === undefined ? null : await unwrap(kept.keychain.wrapped);
      const isThere = key !== null;
      key?.fill(0);
      return isThere ? (required ? "set-up" : "nothing") : otherwise("store-key-wrong");
    },

    async status() {
      const kept = readKeyFile(path) ?? {};
      const own = (await keychain()) !== null;
      return {
        keychain: own,
        passphrase: kept.passphrase !== undefined,
        recoveryMadeAt: kept.recovery?.madeAt ?? null,
        organisation: kept.organisation?.fingerprint ?? null,
        leastLength: leastLength(own),
      };
    },

    waitMs: () => tries.waitMs(),
    untoldTries: () => tries.untold(),
    triesTold: () => tries.told(),
    open: (secret) => inTurn(() => openKept(secret)),

    setUp: (passphrase) =>
      inTurn(async () => {
        const before = readKeyFile(path);
        if (before?.passphrase !== undefined || (before === null && wasThere())) {
          throw new LyssnaError("store-key-wrong");
        }
        if (before !== null) {
          // The keychain has kept it alone until now.
          const known = await keyBy(before, { kind: "none" });
          const { recovery, organisation } = before;
          const envelope = await passphraseEnvelope(passphrase, known);
          await change(known, { recovery, organisation, passphrase: envelope }, [proofOfPassphrase(passphrase)]);
          return known;
        }
        const key = randomSecret(keyBytes);
        const envelope = await passphraseEnvelope(passphrase, key);
        if (!(await change(key, { passphrase: envelope }, [proofOfPassphrase(passphrase)], false))) {
          throw new LyssnaError("store-key-wrong");
        }
        const kept = readKeyFile(path);
        if (kept !== null) await sealToOrganisation(kept, key);
        return key;
      }),

    setPassphrase: (secret, next) =>
      withKey(secret, async (key, { recovery, organisation }) => {
        const others = { recovery, organisation };
        if (next === null && required) throw new LyssnaError("setting-fixed");
        if (next === null) {
          // The keychain alone opens it from now on; where there is none, a passphrase has to be.
          await change(key, { ...others, keychain: { wrapped: await wrap(key) } }, [proofOfKeychain]);
          return;
        }
        const passphrase = await passphraseEnvelope(next, key);
        await change(key, { ...others, passphrase }, [proofOfPassphrase(next)]);
      }),

    async newRecoveryCode(secret) {
      const bytes = randomSecret(recoveryBytes);
      const salt = newSalt();
      const madeAt = new Date().toISOString();
      await withKey(secret, async (key, kept) => {
        const lock = derive(bytes, salt, recoveryPurpose);
        const sealed = seal(lock, key, `${recoveryPurpose} ${madeAt}`);
        lock.fill(0);
        const recovery = { salt: Buffer.from(salt).toString("base64"), madeAt, sealed };
        await change(key, { ...kept, recovery }, [async (written) => byRecoveryCode(written, bytes)]);
      });
      const code = writeRecoveryCode(bytes);
      bytes.fill(0);
      return code;
    },
  };
}

const recoveryPurpose = "lyssna recovery/1";

/** Every parameter is bound in: a file in which one was changed does not open. */
const passphrasePurpose = ({ salt, logN, r, p, share }: Omit<NonNullable<Envelopes["passphrase"]>, "sealed">): string =>
  JSON.stringify(["lyssna passphrase/1", salt, logN, r, p, share]);
