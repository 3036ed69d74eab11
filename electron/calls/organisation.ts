// What the organisation has decided, as it holds now: its policy, and the rules for gallring that run by it. Runs in main.
import { isDeepStrictEqual } from "node:util";
import type { RetentionState, Settings } from "../contract.ts";
import { noPolicy, type PolicyInForce } from "../policy/state.ts";
import { keepRules, type RulesKeeper } from "../retention/keep-rules.ts";
import type { SnapshotHub } from "../snapshots.ts";
import type { Store } from "../store/types.ts";
import { allowedChoice, fixedBy } from "./policies.ts";

interface OrganisationTools {
  readonly store: Store;
  readonly hub: SnapshotHub;
  readonly first: PolicyInForce;
  readonly load: (() => Promise<PolicyInForce>) | undefined;
  /** The computer's clock, milliseconds since 1970. */
  readonly clock: () => number;
  /** The settings as they are kept. */
  readonly kept: () => Promise<Settings>;
  readonly policyChanged: () => Promise<void>;
}

export interface Organisation {
  policy(): PolicyInForce;
  /** The settings with what is fixed in the place of what was chosen. */
  readSettings(): Promise<Settings>;
  readonly keeper: RulesKeeper;
  /** Shows the library with what goes when. */
  refreshMeetings(): Promise<void>;
  /** Looks whether anything is to go by now. Not waited for. */
  lookAtRules(): void;
}

export async function openOrganisation(tools: OrganisationTools): Promise<Organisation> {
  const { store, hub } = tools;
  let policy = tools.first;

  async function readSettings(): Promise<Settings> {
    const kept = await tools.kept();
    return { ...kept, ...allowedChoice(kept, policy.state), ...fixedBy(policy, kept).values };
  }

  async function notePolicy(): Promise<void> {
    const known = await store.getMark("policy");
    if (known === policy.mark) return;
    await store.setMark("policy", policy.mark);
    const code = policy.mark === "none" || policy.mark === "broken" ? policy.mark : "whole";
    if (known !== null || code !== "none") await store.noteEvent("policy-changed", null, { by: "app", code });
  }

  /** IT may have laid another file there, or corrected a broken one. */
  async function readPolicyAgain(): Promise<void> {
    const next = (await tools.load?.()) ?? noPolicy;
    if (next.mark === policy.mark) return;
    policy = next;
    await notePolicy();
    await show();
    await tools.policyChanged();
    lookAtRules();
  }

  async function show(): Promise<void> {
    hub.set("policy", policy.state);
    hub.set("fixed", fixedBy(policy, await tools.kept()));
    hub.set("settings", await readSettings());
  }

  const refreshMeetings = async () => hub.set("meetings", await keeper.shown(await store.listMeetings()));
  const lookAtRules = () => void keeper.sweep().catch(() => {});

  await show();
  const keeper = await keepRules({
    store,
    rules: () => hub.current("settings").retention,
    logDays: () => policy.state.log.keepDays,
    mayDelete: () => policy.mayDelete,
    wall: tools.clock,
    steady: () => performance.now(),
    recording: () => hub.current("recording")?.meetingId ?? null,
    async changed(taken) {
      const now = hub.current("retention");
      const next: RetentionState = { ...now, clock: keeper.clock(), taken: now.taken + taken };
      if (!isDeepStrictEqual(now, next)) hub.set("retention", next);
      await readPolicyAgain();
      await refreshMeetings();
    },
  });
  await notePolicy();
  await refreshMeetings();
  return { policy: () => policy, readSettings, keeper, refreshMeetings, lookAtRules };
}
