// What holds by a policy file: the values it fixes, and what may be done. Where the file cannot be used the strictest holds
// of everything that lets something out or takes something away; recording and reading go on. Runs anywhere.
import type { PolicyState } from "../contract/policy.ts";
import { exportFormats, type Settings } from "../contract/settings.ts";
import { type ErrorData, fromErrorData, LyssnaError } from "../errors.ts";
import type { Policy } from "./schema.ts";

export interface PolicyInForce {
  readonly state: PolicyState;
  /** The values of the settings that are fixed. */
  readonly values: Partial<Settings>;
  /** SHA-256 of the file, hexadecimal, "none" or "broken": tells when another one holds. */
  readonly mark: string;
  /** False while nobody knows the organisation's rules: what is gone cannot be brought back. */
  readonly mayDelete: boolean;
}

const open: PolicyState = {
  file: null,
  organisation: "",
  reason: "",
  hidden: [],
  hiddenPages: [],
  templates: null,
  ownTemplates: true,
  models: null,
  modelDownload: true,
  modelImport: true,
  modelPackage: null,
  modelPackageKey: null,
  exportFormats,
  copy: true,
  makePackage: true,
  takeInPackage: true,
  consentRequired: false,
  networkHosts: null,
  updates: "off",
  log: { keepDays: null },
  lock: {
    idleMinutes: null,
    passphraseRequired: false,
    plainKeychainAllowed: false,
    hideFromCapture: null,
    recoveryKey: null,
  },
  broken: null,
};

export const noPolicy: PolicyInForce = { state: open, values: {}, mark: "none", mayDelete: true };

/** Settings that decide about nothing but how it looks and sounds to the person: open also under a broken policy. */
export const harmless: ReadonlySet<keyof Settings> = new Set([
  "interfaceLanguage",
  "theme",
  "reviewerName",
  "copyWarning",
  "microphone",
  "playbackRate",
  "skipSilence",
  "failedDevice",
  "exportChoice",
]);

export function brokenPolicy(file: string, error: ErrorData): PolicyInForce {
  return {
    state: {
      ...open,
      file,
      ownTemplates: false,
      modelDownload: false,
      modelImport: false,
      exportFormats: [],
      copy: false,
      makePackage: false,
      consentRequired: true,
      networkHosts: [],
      lock: { ...open.lock, idleMinutes: 5, hideFromCapture: true },
      broken: error,
    },
    values: { watchedFolder: "", languageServer: { on: false, address: "", model: "" } },
    mark: "broken",
    mayDelete: false,
  };
}

export function wholePolicy(file: string, mark: string, policy: Policy): PolicyInForce {
  const { settings = {}, retention, consent, templates, models, network, lock } = policy;
  const values: Partial<Settings> = {
    // Hidden and said nothing of is off: nobody could switch it off again.
    ...(policy.hide?.includes("languageServer") === true
      ? { languageServer: { on: false, address: "", model: "" } }
      : {}),
    ...withoutUndefined(settings),
    ...(retention === undefined ? {} : { retention }),
    ...(consent?.text === undefined ? {} : { consentText: consent.text }),
  };
  return {
    state: {
      file,
      organisation: policy.organisation,
      reason: policy.reason ?? "",
      hidden: policy.hide ?? [],
      hiddenPages: policy.hidePages ?? [],
      templates: templates?.allowed ?? null,
      ownTemplates: templates?.own ?? true,
      models: models?.allowed ?? null,
      modelDownload: models?.download ?? true,
      modelImport: models?.import ?? true,
      modelPackage: models?.package ?? null,
      modelPackageKey: models?.packageKey ?? null,
      exportFormats: policy.export?.formats ?? exportFormats,
      copy: policy.export?.copy ?? true,
      makePackage: policy.package?.make ?? true,
      takeInPackage: policy.package?.takeIn ?? true,
      consentRequired: consent?.required ?? false,
      networkHosts: network?.hosts ?? null,
      updates: policy.updates ?? "off",
      log: { keepDays: policy.log?.keepDays ?? null },
      lock: {
        idleMinutes: lock?.idleMinutes ?? null,
        passphraseRequired: lock?.passphraseRequired ?? false,
        plainKeychainAllowed: lock?.plainKeychainAllowed ?? false,
        hideFromCapture: lock?.hideFromCapture ?? null,
        recoveryKey: lock?.recoveryKey ?? null,
      },
      broken: null,
    },
    values,
    mark,
    mayDelete: true,
  };
}

/** exactOptionalPropertyTypes: a key that is not given is not there. */
const withoutUndefined = (given: { readonly [Name in keyof Settings]?: Settings[Name] | undefined }) =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Partial<Settings>;

/** Whether the policy lets a request go to this address, which the app itself must know besides. */
export function mayReach({ networkHosts }: PolicyState, address: string): boolean {
  if (networkHosts === null) return true;
  if (!URL.canParse(address)) return false;
  const { hostname } = new URL(address);
  return networkHosts.some((host) => hostname === host || hostname.endsWith(`.${host}`));
}

/** Throws policy-broken where the file cannot be used, otherwise policy-forbids. */
export function refuse(policy: PolicyState): never {
  if (policy.broken !== null) throw fromErrorData(policy.broken);
  throw new LyssnaError("policy-forbids", { organisation: policy.organisation });
}

/** Where not all are allowed, only those of the list. */
export const isAllowed = (allowed: readonly string[] | null, id: string): boolean =>
  allowed === null || allowed.includes(id);
