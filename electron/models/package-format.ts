// What a model package says of itself: models, files, sizes and sums, and who vouches for them. Runs in main and the command
// line. A package is a folder or a zip with `lyssna-models.json`, the models in a folder each, and perhaps a signature.
import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import { z } from "zod";
import { LyssnaError } from "../errors.ts";
import type { Reason } from "../reasons.ts";
import { demonstrationId, manifestFile, manifestSchema, modelPath } from "./model-folder.ts";

export const packageFile = "lyssna-models.json";
export const signatureFile = "lyssna-models.sig";
/** A hundred models' files take a few hundred kilobytes. */
export const mostManifestBytes = 1 << 20;
export const mostSignatureBytes = 1 << 14;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/u);
const packedModel = manifestSchema.extend({
  lyssna: z.literal("model/1").default("model/1"),
  files: z
    .array(z.object({ path: modelPath, sizeBytes: z.number().int().nonnegative().max(1e12), sha256 }))
    .min(1)
    .max(200),
});
const packageSchema = z.object({
  lyssna: z.literal("model-package/1"),
  /** ISO 8601. */
  createdAt: z.string().max(40),
  models: z.array(packedModel).min(1).max(100),
});
export type ModelPackage = z.infer<typeof packageSchema>;
export type PackedModel = ModelPackage["models"][number];

export const packageError = (file: string, reason: Reason): LyssnaError =>
  new LyssnaError("model-package-invalid", { file, reason });

/** Throws model-package-invalid, with the reason. */
export function parsePackage(bytes: Buffer, file: string): ModelPackage {
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString("utf8"));
  } catch {
    throw packageError(file, "package-manifest");
  }
  const mark = typeof value === "object" && value !== null ? (value as { lyssna?: unknown }).lyssna : undefined;
  if (typeof mark === "string" && /^model-package\/\d+$/u.test(mark) && mark !== "model-package/1")
    throw packageError(file, "package-newer");
  const parsed = packageSchema.safeParse(value);
  if (!parsed.success) throw packageError(file, "package-manifest");
  const { models } = parsed.data;
  if (models.some(({ id }) => id === demonstrationId)) throw packageError(file, "package-manifest");
  // Windows and macOS see one file where Linux sees two.
  const names = models.flatMap(({ id, files }) => files.map(({ path }) => foldName(`${id}/${path}`)));
  const ids = models.map(({ id }) => foldName(id));
  if (new Set(names).size < names.length || new Set(ids).size < ids.length) throw packageError(file, "package-twice");
  // Our own record of a model is written anew at install.
  if (models.some(({ files }) => files.some(({ path }) => foldName(path) === manifestFile)))
    throw packageError(file, "package-manifest");
  return parsed.data;
}

/** Names that some system takes for the same. */
export const foldName = (name: string): string => name.normalize("NFC").toLowerCase();

const signatureSchema = z.object({
  lyssna: z.literal("model-signature/1"),
  /** SPKI, DER, base64. */
  publicKey: z.string().max(1000),
  /** Ed25519 over the bytes of lyssna-models.json, base64. */
  signature: z.string().max(200),
});

/** The signature of a manifest by a private key (PKCS #8, PEM). Throws signing-key-invalid. */
export function signPackage(manifest: Buffer, privateKeyPem: string): Buffer {
  const key = keyOf(() => createPrivateKey(privateKeyPem));
  const publicKey = createPublicKey(key).export({ type: "spki", format: "der" }).toString("base64");
  const signature = sign(null, manifest, key).toString("base64");
  return Buffer.from(`${JSON.stringify({ lyssna: "model-signature/1", publicKey, signature }, null, 2)}\n`);
}

/**
 * Who vouches for a manifest: the fingerprint of the key, or null for nobody. Throws model-package-signature where the
 * signature is wrong, or where a key is demanded and it is not by that one.
 * @param demanded public key (SPKI, PEM); null demands none
 */
export function checkSignature(
  manifest: Buffer,
  signature: Buffer | null,
  demanded: string | null,
  file: string,
): string | null {
  const refuse = (reason: Reason) => new LyssnaError("model-package-signature", { file, reason });
  const wanted = demanded === null ? null : publicKeyOf(demanded);
  if (signature === null) {
    if (wanted !== null) throw refuse("signature-missing");
    return null;
  }
  let key: KeyObject;
  let isRight = false;
  try {
    const told = signatureSchema.parse(JSON.parse(signature.toString("utf8")));
    key = createPublicKey({ key: Buffer.from(told.publicKey, "base64"), format: "der", type: "spki" });
    isRight = key.asymmetricKeyType === "ed25519" && verify(null, manifest, key, Buffer.from(told.signature, "base64"));
  } catch {
    throw refuse("signature-wrong");
  }
  if (!isRight) throw refuse("signature-wrong");
  if (wanted !== null && !wanted.equals(key)) throw refuse("signature-other");
  return fingerprint(key);
}

/** Throws signing-key-invalid for what is no public Ed25519 key in PEM. */
export const publicKeyOf = (pem: string): KeyObject => keyOf(() => createPublicKey(pem));

function keyOf(read: () => KeyObject): KeyObject {
  try {
    const key = read();
    if (key.asymmetricKeyType === "ed25519") return key;
  } catch {
    // No key at all, or one that needs a passphrase.
  }
  throw new LyssnaError("signing-key-invalid");
}

/** As people compare them: the first eight bytes of the key's SHA-256, in groups of four signs. */
function fingerprint(key: KeyObject): string {
  const sum = createHash("sha256")
    .update(key.export({ type: "spki", format: "der" }))
    .digest("hex");
  return (sum.slice(0, 16).toUpperCase().match(/.{4}/gu) ?? []).join(" ");
}
