// Rules for gallring as they are written in fields, and back. Pure.
import type { Retention, RetentionRule } from "../../electron/contract.ts";

const parts = ["sound", "transcript", "summary", "original"] as const;
export type Part = (typeof parts)[number];
type PartRule = NonNullable<RetentionRule["sound"]>;
export const starts = ["never", "kept", "transcribed", "approved"] as const;
export type Start = (typeof starts)[number];

export interface PartForm {
  readonly from: Start;
  readonly days: string;
  /** Empty is no limit. */
  readonly most: string;
}

export interface RuleForm extends Readonly<Record<Part, PartForm>> {
  readonly protectOpenCase: boolean;
  readonly extend: string;
  readonly basis: string;
}

export interface RetentionForm {
  readonly standard: RuleForm;
  readonly byTemplate: readonly { readonly templateId: string; readonly rule: RuleForm }[];
  readonly warn: string;
}

const partForm = (rule: PartRule | null): PartForm =>
  rule === null
    ? { from: "never", days: "30", most: "" }
    : { from: rule.from, days: String(rule.days), most: rule.atMostDays === null ? "" : String(rule.atMostDays) };

export const ruleForm = (rule: RetentionRule): RuleForm => ({
  sound: partForm(rule.sound),
  transcript: partForm(rule.transcript),
  summary: partForm(rule.summary),
  original: partForm(rule.original),
  protectOpenCase: rule.protectOpenCase,
  extend: String(rule.mayExtendDays),
  basis: rule.basis,
});

export const retentionForm = ({ standard, byTemplate, warnDays }: Retention): RetentionForm => ({
  standard: ruleForm(standard),
  byTemplate: byTemplate.map(({ templateId, rule }) => ({ templateId, rule: ruleForm(rule) })),
  warn: String(warnDays),
});

/** A whole number of days, or null. */
function daysOf(text: string, most = 36_500): number | null {
  const days = /^\d{1,5}$/u.test(text.trim()) ? Number(text) : Number.NaN;
  return days <= most ? days : null;
}

/** What keeps the rules from being saved. */
export type FormFault = "badNumber" | "needsBasis";

/** The rules, or what is wrong with them. */
export function fromForm(form: RetentionForm): Retention | FormFault {
  const warnDays = daysOf(form.warn, 90);
  const standard = ruleOf(form.standard);
  if (warnDays === null) return "badNumber";
  if (typeof standard === "string") return standard;
  const byTemplate: { templateId: string; rule: RetentionRule }[] = [];
  for (const { templateId, rule } of form.byTemplate) {
    const own = ruleOf(rule);
    if (typeof own === "string") return own;
    byTemplate.push({ templateId, rule: own });
  }
  return { standard, byTemplate, warnDays };
}

function ruleOf(form: RuleForm): RetentionRule | FormFault {
  const partOf = ({ from, days, most }: PartForm): PartRule | null | FormFault => {
    if (from === "never") return null;
    const after = daysOf(days);
    const atMostDays = most.trim() === "" || from === "kept" ? null : daysOf(most);
    if (after === null || (most.trim() !== "" && from !== "kept" && atMostDays === null)) return "badNumber";
    return { from, days: after, atMostDays };
  };
  const mayExtendDays = daysOf(form.extend);
  const [sound, transcript, summary, original] = parts.map((part) => partOf(form[part]));
  if (mayExtendDays === null) return "badNumber";
  if (sound === "badNumber" || transcript === "badNumber" || summary === "badNumber" || original === "badNumber")
    return "badNumber";
  const made = [sound, transcript, summary, original] as readonly (PartRule | null)[];
  if (form.basis.trim() === "" && made.some((rule) => rule !== null)) return "needsBasis";
  return {
    sound: made[0] ?? null,
    transcript: made[1] ?? null,
    summary: made[2] ?? null,
    original: made[3] ?? null,
    protectOpenCase: form.protectOpenCase,
    mayExtendDays,
    basis: form.basis.trim(),
  };
}
