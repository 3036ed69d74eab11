// Rules for gallring: what Lyssna takes away by itself, and when. They hold once they are saved, since what they take cannot be
// brought back.
import { useState } from "react";
import { Choice } from "../parts/Choice.tsx";
import { Field } from "../parts/Field.tsx";
import { useFixed } from "../parts/FixedWords.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { act, ask } from "../state/ask.ts";
import { tellDone } from "../state/notices.ts";
import { useSnapshot } from "../state/snapshots.ts";
import { useAnswer } from "../state/use-answer.ts";
import { useTexts } from "../texts/i18n.ts";
import "./retention.css";
import { fromForm, type RetentionForm, retentionForm } from "./rule-form.ts";
import { RuleFields } from "./RuleFields.tsx";

export function RetentionSettings() {
  const { retention } = useSnapshot("settings");
  // Rules that change elsewhere, by policy for instance, are shown at once.
  return <RulesForm key={JSON.stringify(retention)} first={retentionForm(retention)} />;
}

function RulesForm({ first }: { readonly first: RetentionForm }) {
  const { t } = useTexts();
  const fixed = useFixed("retention");
  const [form, setForm] = useState(first);
  const { value: templates = [] } = useAnswer("templates", "", () => ask("templates.list"));
  const rules = fromForm(form);
  const isChanged = JSON.stringify(form) !== JSON.stringify(first);
  const titleOf = (id: string) => templates.find((template) => template.id === id)?.title ?? id;
  const free = templates.filter(({ id }) => !form.byTemplate.some(({ templateId }) => templateId === id));
  const save = async () => {
    if (typeof rules === "string") return;
    if ((await act("settings.set", { retention: rules })) !== undefined) tellDone(t("retention.saved"));
  };
  return (
    <>
      <p className="lead">{t("retention.lead")}</p>
      <p className="quiet">{t("retention.law")}</p>
      <section className="settings-part" aria-labelledby="rules-standard">
        <h3 id="rules-standard" className="settings-part-title">
          {t("retention.standard")}
        </h3>
        <RuleFields form={form.standard} fixed={fixed} onChange={(standard) => setForm({ ...form, standard })} />
      </section>
      {form.byTemplate.map(({ templateId, rule }) => (
        <section key={templateId} className="settings-part" aria-labelledby={`rules-${templateId}`}>
          <h3 id={`rules-${templateId}`} className="settings-part-title">
            {t("retention.forTemplate", { title: titleOf(templateId) })}
          </h3>
          <RuleFields
            form={rule}
            fixed={fixed}
            onChange={(changed) =>
              setForm({
                ...form,
                byTemplate: form.byTemplate.map((one) =>
                  one.templateId === templateId ? { templateId, rule: changed } : one,
                ),
              })
            }
          />
          {fixed === null && (
            <div>
              <TextButton
                kind="plain"
                onPress={() =>
                  setForm({ ...form, byTemplate: form.byTemplate.filter((one) => one.templateId !== templateId) })
                }
              >
                {t("retention.removeTemplate")}
              </TextButton>
            </div>
          )}
        </section>
      ))}
      {fixed === null && free.length > 0 && (
        <Choice
          label={t("retention.addTemplate")}
          options={[{ id: "", title: "–" }, ...free.map(({ id, title, language }) => ({ id, title, lang: language }))]}
          chosen=""
          onChoose={(templateId) =>
            templateId !== "" &&
            setForm({ ...form, byTemplate: [...form.byTemplate, { templateId, rule: form.standard }] })
          }
        />
      )}
      <div className="rule-row">
        <Field
          label={t("retention.warn")}
          value={form.warn}
          maxLength={2}
          fixed={fixed}
          onChange={(warn) => setForm({ ...form, warn })}
        />
      </div>
      <p className="quiet">{t("retention.how")}</p>
      {fixed === null && (
        <div className="settings-part">
          <output>
            {!isChanged
              ? ""
              : typeof rules === "string"
                ? t(`retention.${rules}`)
                : t("retention.later", { days: rules.warnDays })}
          </output>
          <div>
            <TextButton kind="outline" isDisabled={!isChanged || typeof rules === "string"} onPress={() => void save()}>
              {t("retention.save")}
            </TextButton>
          </div>
        </div>
      )}
    </>
  );
}
