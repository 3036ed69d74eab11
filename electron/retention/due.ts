// When what of a meeting goes, by rule. Values in, values out: time is an argument. Runs anywhere.
import {
  type MeetingRetention,
  type PartRule,
  regretMs,
  type Retention,
  type RetentionPart,
  retentionParts,
  type RetentionRule,
} from "../retention-rules.ts";
import type { RetentionFacts } from "../store/types.ts";

export const dayMs = 86_400_000;

export interface Moment {
  /** The time that counts, milliseconds since 1970. */
  readonly nowMs: number;
  /** Since when the rules are as they are: what was kept before is not taken without a warning. */
  readonly rulesSinceMs: number;
}

export const ruleFor = ({ standard, byTemplate }: Retention, templateId: string | null): RetentionRule =>
  byTemplate.find((one) => one.templateId === templateId)?.rule ?? standard;

const isThere = (facts: RetentionFacts, part: RetentionPart): boolean =>
  ({
    sound: facts.hasSound,
    transcript: facts.hasTranscript,
    summary: facts.hasSummary,
    original: facts.hasOriginal,
  })[part];

const timeOf = (iso: string | null): number | null => (iso === null ? null : Date.parse(iso));

/** When a part goes by its rule alone; null where its time has not begun to count. */
function byRule(rule: PartRule, facts: RetentionFacts): number | null {
  const keptMs = Date.parse(facts.createdAt);
  const starts = { kept: keptMs, transcribed: timeOf(facts.transcribedAt), approved: timeOf(facts.approvedAt) };
  const startMs = starts[rule.from];
  const afterMs = rule.days === 0 && rule.from !== "kept" ? regretMs : rule.days * dayMs;
  const times = [
    ...(startMs === null ? [] : [startMs + afterMs]),
    ...(rule.atMostDays === null ? [] : [keptMs + rule.atMostDays * dayMs]),
  ];
  return times.length === 0 ? null : Math.min(...times);
}

/** What the rules come to for a meeting. A part whose time is up is told as due at that time, past as it is. */
export function dueOf(facts: RetentionFacts, rules: Retention, { nowMs, rulesSinceMs }: Moment): MeetingRetention {
  const rule = ruleFor(rules, facts.templateId);
  const warnMs = rules.warnDays * dayMs;
  const closedMs = timeOf(facts.caseClosedAt);
  const keptUntilMs = timeOf(facts.keptUntil);
  const isProtected = rule.protectOpenCase && facts.caseOpen;
  // Nobody was warned while the rule was another, or while the case was open.
  const warnedMs = Math.max(
    Date.parse(facts.createdAt) < rulesSinceMs ? rulesSinceMs + warnMs : 0,
    rule.protectOpenCase && closedMs !== null ? closedMs + warnMs : 0,
  );

  const parts: { part: RetentionPart; dueMs: number }[] = [];
  let mayKeepMs = 0;
  for (const part of retentionParts) {
    const partRule = rule[part];
    if (partRule === null || !isThere(facts, part)) continue;
    const ruleMs = byRule(partRule, facts);
    if (ruleMs === null) continue;
    const plainMs = Math.max(ruleMs, warnedMs);
    const latestMs = plainMs + rule.mayExtendDays * dayMs;
    mayKeepMs = Math.max(mayKeepMs, latestMs);
    const dueMs = keptUntilMs === null ? plainMs : Math.max(plainMs, Math.min(keptUntilMs, latestMs));
    parts.push({ part, dueMs });
  }
  parts.sort((one, other) => one.dueMs - other.dueMs);
  const nextMs = isProtected ? undefined : parts[0]?.dueMs;
  const iso = (ms: number) => new Date(ms).toISOString();
  return {
    dueAt: nextMs === undefined ? null : iso(nextMs),
    parts: isProtected ? [] : parts.map(({ part, dueMs }) => ({ part, dueAt: iso(dueMs) })),
    soon: nextMs !== undefined && nextMs - nowMs <= warnMs,
    caseOpen: facts.caseOpen,
    protected: isProtected && parts.length > 0,
    keptUntil: facts.keptUntil === null ? null : { until: facts.keptUntil, reason: facts.keptReason },
    mayKeepUntil: rule.mayExtendDays > 0 && parts.length > 0 && !isProtected ? iso(mayKeepMs) : null,
    basis: rule.basis,
  };
}

/** The parts whose time is up. */
export const overdue = ({ parts }: MeetingRetention, nowMs: number): readonly RetentionPart[] =>
  parts.filter(({ dueAt }) => Date.parse(dueAt) <= nowMs).map(({ part }) => part);
