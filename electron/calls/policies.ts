// What the organisation's policy lets a person do, asked before anything is done; and the policy as it holds now. Runs in
// main.
import { isDeepStrictEqual } from "node:util";
import { type FixedSettings, type PolicyState, type Settings, settingsSchema } from "../contract.ts";
import { errorSentence, LyssnaError } from "../errors.ts";
import { harmless, isAllowed, mayReach, refuse, type PolicyInForce } from "../policy/state.ts";

/**
 * What cannot be changed. A policy that cannot be read fixes everything as it stands that decides about more than looks.
 * @param kept the settings as they are kept
 */
export function fixedBy({ state, values }: PolicyInForce, kept: Settings): FixedSettings {
  if (state.broken === null) return { values, organisation: state.organisation, reason: state.reason };
  const names = (Object.keys(settingsSchema.shape) as (keyof Settings)[]).filter((name) => !harmless.has(name));
  const asKept = Object.fromEntries(names.map((name) => [name, kept[name]])) as Partial<Settings>;
  const reason = errorSentence(state.broken, kept.interfaceLanguage);
  return { values: { ...asKept, ...values }, organisation: "", reason };
}

/** Whether a change would move what the organisation has fixed; saying the same again moves nothing. */
export const changesFixed = (patch: object, { values }: FixedSettings): boolean =>
  Object.entries(patch).some(
    ([key, value]) => Object.hasOwn(values, key) && !isDeepStrictEqual(value, values[key as keyof Settings]),
  );

/**
 * Whether a change would move a setting that is hidden from the person; saying the same again moves nothing.
 * @param now the settings as they hold
 */
export const changesHidden = (patch: object, { hidden }: PolicyState, now: Settings): boolean =>
  Object.entries(patch).some(
    ([key, value]) => hidden.includes(key as keyof Settings) && !isDeepStrictEqual(value, now[key as keyof Settings]),
  );

/** Of the person's own choice of templates what is allowed; where it is not, the first one that is. */
export function allowedChoice(kept: Settings, { templates }: PolicyState): Partial<Settings> {
  if (templates === null) return {};
  const [first] = templates;
  return {
    ...(first === undefined || templates.includes(kept.templateId) ? {} : { templateId: first }),
    templateByKind: kept.templateByKind.filter(({ templateId }) => templates.includes(templateId)),
  };
}

/** A template that cannot be used, and why: throws policy-forbids or template-not-found. */
export function refuseTemplate(policy: PolicyState, template: string): never {
  if (!isAllowed(policy.templates, template)) refuse(policy);
  throw new LyssnaError("template-not-found", { template });
}

/** The way out, no further than the policy lets it. */
export const withinPolicy =
  (reach: typeof fetch, policy: () => PolicyState): typeof fetch =>
  async (address, options) => {
    const asked = typeof address === "string" ? address : address instanceof URL ? address.href : address.url;
    if (!mayReach(policy(), asked)) refuse(policy());
    return reach(address, options);
  };
