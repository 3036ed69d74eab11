// Templates by kind of meeting: a word of the person's own, and the template that is used where a title holds it.
import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import type { Template } from "../../electron/contract.ts";
import { Choice } from "../parts/Choice.tsx";
import { Field } from "../parts/Field.tsx";
import { FixedWords, useFixed } from "../parts/FixedWords.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { act } from "../state/ask.ts";
import { useSnapshot } from "../state/snapshots.ts";
import { useTexts } from "../texts/i18n.ts";
import "./meeting-kinds.css";

/** As many as the settings hold. */
const kindsMax = 30;

export function MeetingKinds({ templates }: { readonly templates: readonly Template[] }) {
  const { t } = useTexts();
  const { templateByKind, templateId: standard } = useSnapshot("settings");
  const fixed = useFixed("templateByKind");
  const [kind, setKind] = useState("");
  const [templateId, setTemplateId] = useState(standard);
  const titleOf = (id: string) => templates.find((template) => template.id === id)?.title ?? "";
  const add = async () => {
    const name = kind.trim();
    if (name === "" || titleOf(templateId) === "") return;
    const others = templateByKind.filter((rule) => rule.kind.toLowerCase() !== name.toLowerCase());
    await act("settings.set", { templateByKind: [...others, { kind: name, templateId }] });
    setKind("");
  };
  return (
    <section className="settings-part">
      <h3 className="settings-part-title">{t("templates.byKind.title")}</h3>
      <p className="quiet">{t("templates.byKind.hint")}</p>
      {fixed !== null && <FixedWords>{fixed}</FixedWords>}
      <ul>
        {templateByKind.map((rule) => (
          <li key={rule.kind} className="meeting-kinds-row">
            <span>
              {rule.kind} <span className="quiet">→ {titleOf(rule.templateId)}</span>
            </span>
            {fixed === null && (
              <TextButton
                kind="plain"
                small
                icon={Trash2}
                aria-label={t("templates.byKind.removeFor", { kind: rule.kind })}
                onPress={() =>
                  void act("settings.set", { templateByKind: templateByKind.filter((one) => one.kind !== rule.kind) })
                }
              >
                {t("templates.byKind.remove")}
              </TextButton>
            )}
          </li>
        ))}
      </ul>
      {templateByKind.length < kindsMax && fixed === null && (
        <form
          className="meeting-kinds-form"
          onSubmit={(event) => {
            event.preventDefault();
            void add();
          }}
        >
          <Field
            label={t("templates.byKind.kind")}
            hint={t("templates.byKind.kindHint")}
            value={kind}
            maxLength={60}
            onChange={setKind}
          />
          <Choice
            label={t("templates.byKind.template")}
            options={templates.map(({ id, title, description, language: lang }) => ({ id, title, description, lang }))}
            chosen={templateId}
            onChoose={setTemplateId}
          />
          <TextButton kind="outline" icon={Plus} type="submit">
            {t("templates.byKind.add")}
          </TextButton>
        </form>
      )}
    </section>
  );
}
