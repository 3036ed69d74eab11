// What the organisation's policy lets a person do, asked before anything is done. Runs in main.
import type { PolicyState, Settings } from "../contract.ts";
import { fromErrorData, LyssnaError } from "../errors.ts";

/** Throws policy-broken where the file cannot be used, otherwise policy-fixed. */
export function refuse(policy: PolicyState): never {
  if (policy.broken !== null) throw fromErrorData(policy.broken);
  throw new LyssnaError("policy-fixed", { organisation: policy.organisation });
}

/** Settings that are fixed stay as they are. What says the same as they do is no change. */
export function refuseFixed(policy: PolicyState, patch: Partial<Settings>, now: Settings): void {
  for (const name of policy.fixed)
    if (patch[name] !== undefined && JSON.stringify(patch[name]) !== JSON.stringify(now[name])) refuse(policy);
}

export const isAllowed = (allowed: readonly string[] | null, id: string): boolean =>
  allowed === null || allowed.includes(id);
