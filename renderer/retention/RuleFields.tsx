// One set of rules: for each part from when it counts and how long, and what holds for all of them.
import { CheckBox } from "../parts/CheckBox.tsx";
import { Choice } from "../parts/Choice.tsx";
import { Field } from "../parts/Field.tsx";
import { useTexts } from "../texts/i18n.ts";
import { type Part, type PartForm, type RuleForm, type Start, starts } from "./rule-form.ts";

interface RuleFieldsProps {
  readonly form: RuleForm;
  /** Who has decided them, where the person cannot change them. */
  readonly fixed: string | null;
  readonly onChange: (form: RuleForm) => void;
}

const parts = ["sound", "transcript", "summary", "original"] as const satisfies readonly Part[];

export function RuleFields({ form, fixed, onChange }: RuleFieldsProps) {
  const { t } = useTexts();
  return (
    <>
      {parts.map((part) => (
        <PartFields
          key={part}
          part={part}
          form={form[part]}
          fixed={fixed}
          onChange={(changed) => onChange({ ...form, [part]: changed })}
        />
      ))}
      <CheckBox
        label={t("retention.protect")}
        on={form.protectOpenCase}
        fixed={fixed}
        onChange={(protectOpenCase) => onChange({ ...form, protectOpenCase })}
      />
      <div className="rule-row">
        <Field
          label={t("retention.extend")}
          hint={t("retention.extendHint")}
          value={form.extend}
          maxLength={5}
          fixed={fixed}
          onChange={(extend) => onChange({ ...form, extend })}
        />
      </div>
      <Field
        label={t("retention.basis")}
        hint={t("retention.basisHint")}
        value={form.basis}
        maxLength={300}
        fixed={fixed}
        onChange={(basis) => onChange({ ...form, basis })}
      />
    </>
  );
}

interface PartFieldsProps {
  readonly part: Part;
  readonly form: PartForm;
  readonly fixed: string | null;
  readonly onChange: (form: PartForm) => void;
}

function PartFields({ part, form, fixed, onChange }: PartFieldsProps) {
  const { t } = useTexts();
  const isStart = (id: string): id is Start => (starts as readonly string[]).includes(id);
  const label = t(`retention.parts.${part}`);
  return (
    <fieldset className="rule-row" aria-label={label}>
      <Choice
        label={label}
        options={starts.map((id) => ({ id, title: t(`retention.from.${id}`) }))}
        chosen={form.from}
        fixed={fixed}
        onChoose={(id) => isStart(id) && onChange({ ...form, from: id })}
      />
      {form.from !== "never" && (
        <Field
          label={t("retention.days")}
          {...(form.from === "kept" ? {} : { hint: t("retention.daysHint") })}
          value={form.days}
          maxLength={5}
          fixed={fixed}
          onChange={(days) => onChange({ ...form, days })}
        />
      )}
      {(form.from === "approved" || form.from === "transcribed") && (
        <Field
          label={t("retention.most")}
          hint={t("retention.mostHint")}
          value={form.most}
          maxLength={5}
          fixed={fixed}
          onChange={(most) => onChange({ ...form, most })}
        />
      )}
    </fieldset>
  );
}
