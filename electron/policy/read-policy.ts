// Finds and reads the policy file. A file that anybody could have written is nobody's policy: it is refused as a broken one
// is. Runs in main and the command line.
import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { access, lstat, open } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { z } from "zod";
import { type ErrorDetails, LyssnaError } from "../errors.ts";
import { readBounded } from "../read-bounded.ts";
import { type Policy, policySchema } from "./schema.ts";
import { brokenPolicy, noPolicy, type PolicyInForce, wholePolicy } from "./state.ts";

/** A megabyte holds fifty rules with every text at its longest. */
const mostBytes = 1 << 20;
const mostLevels = 20;

/** Where the policy of this computer lies, if it has one. */
export function policyPath(platform: NodeJS.Platform, env: Readonly<Record<string, string | undefined>>): string {
  if (platform === "win32") return join(env["ProgramData"] || "C:\\ProgramData", "Lyssna", "policy.json");
  if (platform === "darwin") return "/Library/Application Support/Lyssna/policy.json";
  return "/etc/lyssna/policy.json";
}

/** Throws policy-broken, with the file and the reason. */
export async function readPolicyFile(path: string): Promise<{ readonly policy: Policy; readonly mark: string }> {
  const bytes = await readBounded(path, mostBytes, broken(path, { reason: "too-large" })).catch((error: unknown) => {
    if (error instanceof LyssnaError && error.code === "policy-broken") throw error;
    throw broken(path, { reason: "policy-unreadable" });
  });
  let value: unknown;
  try {
    // An editor on Windows may have put a byte order mark first.
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw broken(path, { reason: "not-json" });
  }
  if (levelsOf(value) > mostLevels) throw broken(path, { reason: "too-deep" });
  const parsed = policySchema.safeParse(value);
  if (!parsed.success) throw broken(path, reasonOf(parsed.error, value));
  return { policy: parsed.data, mark: createHash("sha256").update(bytes).digest("hex") };
}

/** The policy in force: none, the file's, or the strictest where the file cannot be used. Never throws. */
export async function loadPolicy(path: string | null, trust: "system" | "any" = "system"): Promise<PolicyInForce> {
  if (path === null) return noPolicy;
  try {
    const stats = await lstat(path).catch((error: unknown) => {
      if (["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) return null;
      throw broken(path, { reason: "policy-unreadable" });
    });
    if (stats === null) return noPolicy;
    if (trust === "system") await refuseForeign(path);
    const { policy, mark } = await readPolicyFile(path);
    return wholePolicy(path, mark, policy);
  } catch (error) {
    const data = error instanceof LyssnaError ? error : broken(path, { reason: "policy-unreadable" });
    return brokenPolicy(path, { code: data.code, details: data.details });
  }
}

/**
 * Refuses a file, or its folder, that somebody else than the system's administrator can change. In Windows only trying tells:
 * an access list cannot be read from here.
 */
async function refuseForeign(path: string): Promise<void> {
  const isRoot = process.getuid?.() === 0;
  for (const place of [path, dirname(path)]) {
    const stats = await lstat(place);
    if (stats.isSymbolicLink()) throw broken(path, { reason: "policy-link" });
    if (process.platform === "win32") continue;
    if ((stats.mode & 0o022) !== 0) throw broken(path, { reason: "policy-writable" });
    if (stats.uid !== 0) throw broken(path, { reason: "policy-owner" });
  }
  if (isRoot) return;
  const writable = await open(path, "r+").then(
    async (file) => {
      await file.close();
      return true;
    },
    () => false,
  );
  // Windows answers yes to access() for every folder; there a new file would have to be tried, which is not ours to do.
  const replaceable =
    process.platform !== "win32" &&
    (await access(dirname(path), constants.W_OK).then(
      () => true,
      () => false,
    ));
  if (writable || replaceable) throw broken(path, { reason: "policy-writable" });
}

const broken = (file: string, details: ErrorDetails): LyssnaError =>
  new LyssnaError("policy-broken", { file, ...details });

function reasonOf(error: z.ZodError, value: unknown): ErrorDetails {
  const isObject = typeof value === "object" && value !== null;
  const mark = isObject ? (value as { lyssna?: unknown }).lyssna : undefined;
  if (typeof mark === "string" && /^policy\/\d+$/u.test(mark) && mark !== "policy/1") return { reason: "policy-newer" };
  if (mark !== "policy/1") return { reason: "not-a-policy" };
  const [issue] = error.issues;
  const path = (issue?.path ?? []).map(String).join(".");
  if (issue?.code === "unrecognized_keys")
    return { reason: "policy-unknown", field: [path, issue.keys[0]].filter(Boolean).join(".").slice(0, 100) };
  return { reason: "field-wrong", field: path.slice(0, 100) || "–" };
}

function levelsOf(value: unknown, depth = 1): number {
  if (typeof value !== "object" || value === null || depth > mostLevels) return depth;
  return Math.max(depth, ...Object.values(value).map((child) => levelsOf(child, depth + 1)));
}
