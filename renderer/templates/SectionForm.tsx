// One heading: its words, what it is to give, and how to find it in what was said.
import { Trash2 } from "lucide-react";
import { Input } from "react-aria-components/Input";
import { NumberField } from "react-aria-components/NumberField";
import { Text } from "react-aria-components/Text";
import { Label } from "react-aria-components/TextField";
import type { TemplateSection } from "../../electron/formats.ts";
import { Choice } from "../parts/Choice.tsx";
import { Field } from "../parts/Field.tsx";
import { LongField } from "../parts/LongField.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { useTexts } from "../texts/i18n.ts";
import { changeSection, kinds, removeSection, type SectionPatch } from "./edit-sections.ts";
import type { Desk } from "./use-draft.ts";

interface SectionFormProps {
  readonly desk: Desk;
  readonly section: TemplateSection;
  readonly onChoose: (id: string | null) => void;
}

const itemsMax = 200;

export function SectionForm({ desk, section, onChoose }: SectionFormProps) {
  const { t } = useTexts();
  const { template } = desk;
  const { id, heading, guidance = "", kind, maxItems } = section;
  const change = (patch: SectionPatch, field?: string) =>
    desk.change(changeSection(template, id, patch), field === undefined ? undefined : `${id} ${field}`);
  const remove = () => {
    const at = template.sections.findIndex((one) => one.id === id);
    const next = template.sections[at + 1] ?? template.sections[at - 1];
    desk.change(removeSection(template, id));
    onChoose(next?.id ?? null);
  };
  return (
    <div className="form">
      <Field
        label={t("templates.heading")}
        value={heading}
        maxLength={200}
        required
        focusFirst={heading === ""}
        onChange={(words) => change({ heading: words }, "heading")}
      />
      <Choice
        label={t("templates.kind")}
        description={t(`templates.kindExamples.${kind}`)}
        options={kinds.map((one) => ({
          id: one,
          title: t(`templates.kinds.${one}`),
          description: t(`templates.kindExamples.${one}`),
        }))}
        chosen={kind}
        onChoose={(chosen) => {
          const next = kinds.find((one) => one === chosen) ?? kind;
          change({ kind: next, ...(next === "manual" ? { maxItems: undefined } : {}) });
        }}
      />
      <LongField
        label={t(kind === "manual" ? "templates.reminder" : "templates.guidance")}
        hint={t(kind === "manual" ? "templates.reminderHint" : "templates.guidanceHint")}
        value={guidance}
        maxLength={2000}
        rows={4}
        onChange={(words) => change({ guidance: words === "" ? undefined : words }, "guidance")}
      />
      {kind !== "manual" && (
        <NumberField
          className="field editor-number"
          minValue={1}
          maxValue={itemsMax}
          value={maxItems ?? Number.NaN}
          onChange={(most) => change({ maxItems: Number.isNaN(most) ? undefined : Math.round(most) })}
        >
          <Label className="field-label">{t("templates.most")}</Label>
          <Input className="field-input" autoComplete="off" />
          <Text slot="description" className="field-hint">
            {t("templates.mostHint")}
          </Text>
        </NumberField>
      )}
      <div>
        <TextButton kind="plain" icon={Trash2} onPress={remove}>
          {t("templates.removeHeading")}
        </TextButton>
      </div>
    </div>
  );
}
