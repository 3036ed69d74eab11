// Rules for what goes when (gallring), as data, and what they come to for a meeting. Runs anywhere.
import { z } from "zod";

/** What a rule can take away. "original": the app's own note of the file that a meeting was made of. */
export const retentionParts = ["sound", "transcript", "summary", "original"] as const;
export type RetentionPart = (typeof retentionParts)[number];

/** "kept": when it came into the app, whatever date the conversation bears. */
export const retentionStarts = ["kept", "transcribed", "approved"] as const;
export type RetentionStart = (typeof retentionStarts)[number];

const days = z.number().int().min(0).max(36_500);

const partRuleSchema = z.strictObject({
  from: z.enum(retentionStarts),
  days,
  /** Counted from when it was kept, for what is never approved; null waits for ever. */
  atMostDays: days.nullable(),
});
export type PartRule = z.infer<typeof partRuleSchema>;

/** For each part when it goes; null means never. */
export const retentionRuleSchema = z.strictObject({
  sound: partRuleSchema.nullable(),
  transcript: partRuleSchema.nullable(),
  summary: partRuleSchema.nullable(),
  original: partRuleSchema.nullable(),
  /** Nothing goes while the meeting's case is marked as open. */
  protectOpenCase: z.boolean(),
  /** By so many days a person may put it off, with a reason; 0 forbids it. */
  mayExtendDays: days,
  /** The decision that it rests on: "Dokumenthanteringsplan 2026, dnr KS 2026/14". */
  basis: z.string().trim().max(300),
});
export type RetentionRule = z.infer<typeof retentionRuleSchema>;

export const retentionSchema = z.strictObject({
  standard: retentionRuleSchema,
  byTemplate: z
    .array(z.strictObject({ templateId: z.string().regex(/^[a-z0-9-]{1,64}$/u), rule: retentionRuleSchema }))
    .max(50)
    .readonly(),
  /** How long before, something that goes is pointed out; and how long what was there keeps when a rule is new. */
  warnDays: z.number().int().min(0).max(90),
});
export type Retention = z.infer<typeof retentionSchema>;

/** Nothing goes by itself until somebody has decided so: public records are not destroyed without a decision. */
export const noRule: RetentionRule = {
  sound: null,
  transcript: null,
  summary: null,
  original: null,
  protectOpenCase: true,
  mayExtendDays: 90,
  basis: "",
};

export const noRetention: Retention = { standard: noRule, byTemplate: [], warnDays: 7 };

/** A rule that starts with a person's deed lets them think better of it for this long. */
export const regretMs = 3_600_000;

/** What the rules come to for one meeting. */
export interface MeetingRetention {
  /** ISO 8601: when the next part goes; null where none does. */
  readonly dueAt: string | null;
  /** What goes and when, soonest first. */
  readonly parts: readonly { readonly part: RetentionPart; readonly dueAt: string }[];
  /** It goes within the days in which it is pointed out. */
  readonly soon: boolean;
  readonly caseOpen: boolean;
  /** Nothing goes because its case is open. */
  readonly protected: boolean;
  /** A person has put it off: until when (ISO 8601) and why. */
  readonly keptUntil: { readonly until: string; readonly reason: string } | null;
  /** Until when a person may put it off (ISO 8601); null where the rule does not allow it or nothing is due. */
  readonly mayKeepUntil: string | null;
  /** The decision that the rule rests on. */
  readonly basis: string;
}

export const goesAnything = ({ standard, byTemplate }: Retention): boolean =>
  [standard, ...byTemplate.map(({ rule }) => rule)].some((rule) => retentionParts.some((part) => rule[part] !== null));
