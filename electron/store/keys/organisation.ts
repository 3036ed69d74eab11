// The organisation's way in: the key sealed to its public key, so that records are not lost with a person who leaves.
// X25519 (RFC 7748), or RSA-OAEP for organisations whose keys are RSA. Runs in main and the command line.
import {
  constants,
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  type KeyObject,
  privateDecrypt,
  publicEncrypt,
} from "node:crypto";
import { LyssnaError } from "../../errors.ts";
import { derive, seal, unseal } from "./seal.ts";

const leastRsaBits = 3072;
const use = "lyssna organisation/1";

export interface SealedToOrganisation {
  readonly fingerprint: string;
  readonly algorithm: "x25519" | "rsa-oaep-sha256";
  /** The one-time public key of X25519, DER in base 64; "" for RSA. */
  readonly ephemeral: string;
  readonly sealed: string;
}

const der = (key: KeyObject): Buffer => key.export({ type: "spki", format: "der" });

/** SHA-256 of the public key, in hexadecimal. */
export const fingerprintOf = (key: KeyObject): string => createHash("sha256").update(der(key)).digest("hex");

/** A public key in PEM. Throws organisation-key-invalid for any but X25519 and RSA of 3072 bits or more. */
export function readPublicKey(pem: string): KeyObject {
  try {
    if (/PRIVATE KEY/u.test(pem)) throw new Error("a private key is not to lie here");
    const key = createPublicKey(pem);
    const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
    if (key.asymmetricKeyType === "x25519" || (key.asymmetricKeyType === "rsa" && bits >= leastRsaBits)) return key;
  } catch {
    // What is wrong with it is of no help to the person; that it is wrong is.
  }
  throw new LyssnaError("organisation-key-invalid");
}

/** A private key in PEM, with its own passphrase where it has one. Throws organisation-key-invalid, passphrase-wrong. */
export function readPrivateKey(pem: string, passphrase: string | undefined): KeyObject {
  try {
    return createPrivateKey(passphrase === undefined ? pem : { key: pem, passphrase });
  } catch {
    throw new LyssnaError(passphrase === undefined ? "organisation-key-invalid" : "passphrase-wrong");
  }
}

export function sealTo(publicKey: KeyObject, secret: Uint8Array): SealedToOrganisation {
  const fingerprint = fingerprintOf(publicKey);
  if (publicKey.asymmetricKeyType === "rsa") {
    const padding = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: "sha256", oaepLabel: Buffer.from(use) };
    const sealed = publicEncrypt({ key: publicKey, ...padding }, secret).toString("base64");
    return { fingerprint, algorithm: "rsa-oaep-sha256", ephemeral: "", sealed };
  }
  const once = generateKeyPairSync("x25519");
  const shared = diffieHellman({ privateKey: once.privateKey, publicKey });
  const lock = derive(shared, Buffer.concat([der(once.publicKey), der(publicKey)]), use);
  const sealed = seal(lock, secret, `${use} ${fingerprint}`);
  shared.fill(0);
  lock.fill(0);
  return { fingerprint, algorithm: "x25519", ephemeral: der(once.publicKey).toString("base64"), sealed };
}

/** Null where the private key is another's, or anything was changed. */
export function openSealed(envelope: SealedToOrganisation, privateKey: KeyObject): Uint8Array | null {
  try {
    const publicKey = createPublicKey(privateKey);
    if (fingerprintOf(publicKey) !== envelope.fingerprint) return null;
    if (envelope.algorithm === "rsa-oaep-sha256") {
      const padding = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: "sha256", oaepLabel: Buffer.from(use) };
      return new Uint8Array(privateDecrypt({ key: privateKey, ...padding }, Buffer.from(envelope.sealed, "base64")));
    }
    const once = createPublicKey({ key: Buffer.from(envelope.ephemeral, "base64"), format: "der", type: "spki" });
    const shared = diffieHellman({ privateKey, publicKey: once });
    const lock = derive(shared, Buffer.concat([der(once), der(publicKey)]), use);
    return unseal(lock, envelope.sealed, `${use} ${envelope.fingerprint}`);
  } catch {
    return null;
  }
}
