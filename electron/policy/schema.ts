// The policy file: what an organisation decides for all its computers. Strict: a key that is not known here makes the whole
// file unusable, because somebody meant something by it. Values. `docs/policy.schema.json` is made from this.
import { createPublicKey } from "node:crypto";
import { posix, win32 } from "node:path";
import { z } from "zod";
import { hideablePages } from "../contract/policy.ts";
import { exportFormats, settingsSchema } from "../contract/settings.ts";
import { retentionSchema } from "../retention-rules.ts";

/** Settings that hang on the machine or the person are nobody else's to fix. */
export const fixableSettings = settingsSchema
  .pick({
    interfaceLanguage: true,
    theme: true,
    spokenLanguage: true,
    modelId: true,
    templateId: true,
    templateByKind: true,
    computeOn: true,
    organisationName: true,
    afterRecording: true,
    liveText: true,
    watchedFolder: true,
    offerOriginals: true,
    languageServer: true,
  })
  .partial()
  .strict();

const hideable = [
  "computeOn",
  "liveText",
  "watchedFolder",
  "afterRecording",
  "templateByKind",
  "languageServer",
] as const;
const ids = (most: number) =>
  z
    .array(z.string().regex(/^[a-z0-9][a-z0-9.-]{0,63}$/u))
    .max(most)
    .readonly();

export const policySchema = z.strictObject({
  lyssna: z.literal("policy/1").describe("Format and version of this file."),
  $schema: z.string().max(400).optional().describe("For editors; not read."),
  organisation: z.string().trim().min(1).max(120).describe("Shown wherever something is fixed."),
  reason: z
    .string()
    .trim()
    .max(300)
    .optional()
    .describe("Why, in a sentence, and whom to ask. Shown beside what is fixed."),
  settings: fixableSettings.optional().describe("Settings with these values, which the person cannot change."),
  hide: z.array(z.enum(hideable)).max(hideable.length).readonly().optional().describe("Settings that are not shown."),
  hidePages: z
    .array(z.enum(hideablePages))
    .max(hideablePages.length)
    .readonly()
    .optional()
    .describe("Pages of the settings that are not shown."),
  retention: retentionSchema
    .optional()
    .describe("Rules for gallring. Where they are given, the person cannot change them."),
  templates: z
    .strictObject({
      allowed: ids(200).optional().describe("Ids of templates that may be used."),
      own: z.boolean().optional().describe("Whether the person may make, change and import templates."),
    })
    .optional(),
  models: z
    .strictObject({
      allowed: ids(50).optional().describe("Ids of speech models that may be used."),
      download: z.boolean().optional().describe("Whether models may be downloaded."),
      import: z.boolean().optional().describe("Whether models may be taken from a folder or a USB stick."),
      package: z
        .string()
        .max(1000)
        .refine((path) => posix.isAbsolute(path) || win32.isAbsolute(path))
        .optional()
        .describe("Whole path of a model package (folder or zip) that is installed by itself."),
      packageKey: z
        .string()
        .max(2000)
        .refine(isSigningKey)
        .optional()
        .describe("Public key (Ed25519, SPKI in PEM) that every model package must be signed with."),
    })
    .optional(),
  export: z
    .strictObject({
      formats: z.array(z.enum(exportFormats)).max(exportFormats.length).readonly().optional(),
      copy: z.boolean().optional().describe("Whether text may be copied to the clipboard."),
    })
    .optional(),
  package: z
    .strictObject({
      make: z.boolean().optional().describe("Whether meetings may be put into an encrypted package."),
      takeIn: z.boolean().optional().describe("Whether meetings may be taken out of such a package."),
    })
    .optional(),
  consent: z
    .strictObject({
      text: z
        .string()
        .trim()
        .min(1)
        .max(4000)
        .optional()
        .describe("What is read aloud or handed over before a recording."),
      required: z.boolean().optional().describe("A recording does not begin before the answer is noted."),
    })
    .optional(),
  updates: z.enum(["off", "on"]).optional().describe("Whether the app may look for a newer version of itself."),
  log: z
    .strictObject({
      keepDays: z.number().int().min(30).max(36_500).optional().describe("Lines of the event log that are older go."),
    })
    .optional(),
  lock: z
    .strictObject({
      idleMinutes: z.number().int().min(1).max(240).optional(),
      passphraseRequired: z.boolean().optional(),
      plainKeychainAllowed: z.boolean().optional(),
      hideFromCapture: z.boolean().optional(),
      recoveryKey: z.string().max(10_000).optional().describe("Public key, SPKI in PEM."),
    })
    .optional(),
  network: z
    .strictObject({
      hosts: z
        .array(z.string().regex(/^[a-z0-9.-]{1,253}$/u))
        .max(20)
        .readonly()
        .optional()
        .describe("Hosts that may be reached, of those that Lyssna knows. An empty list is no network at all."),
    })
    .optional(),
});
/** Also by a person whose policy is checked before it is sent out. */
function isSigningKey(pem: string): boolean {
  try {
    return createPublicKey(pem).asymmetricKeyType === "ed25519";
  } catch {
    return false;
  }
}

export type Policy = z.infer<typeof policySchema>;

/** The same for editors and other tools (JSON Schema, draft 2020-12). */
export const policyJsonSchema = () => z.toJSONSchema(policySchema, { io: "input" });
