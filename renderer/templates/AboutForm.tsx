// What is said of the template as a whole: its name, what it is for and what it is not for.
import { Check } from "lucide-react";
import { Checkbox } from "react-aria-components/Checkbox";
import { CheckboxGroup } from "react-aria-components/CheckboxGroup";
import { Label } from "react-aria-components/TextField";
import { Choice } from "../parts/Choice.tsx";
import { Field } from "../parts/Field.tsx";
import { LongField } from "../parts/LongField.tsx";
import { useTexts } from "../texts/i18n.ts";
import { areas } from "./areas.ts";
import type { Desk } from "./use-draft.ts";

/** As many uses, and as long, as a template may name. */
const usesMax = 20;
const wordsMax = 300;

export function AboutForm({ desk }: { readonly desk: Desk }) {
  const { t } = useTexts();
  const { template } = desk;
  const { title, description = "", language, owner = "", notFor = [] } = template;
  // What others wrote there and we have no word for stays.
  const others = (template.for ?? []).filter((one) => !areas.some((area) => area === one));
  return (
    <div className="form">
      <Field
        label={t("templates.name")}
        value={title}
        maxLength={200}
        required
        focusFirst={title === ""}
        onChange={(words) => desk.change({ ...template, title: words }, "title")}
      />
      <LongField
        label={t("templates.description")}
        hint={t("templates.descriptionHint")}
        value={description}
        maxLength={2000}
        rows={2}
        onChange={(words) => desk.change({ ...template, description: words }, "description")}
      />
      <Choice
        label={t("templates.language")}
        options={(["sv", "en"] as const).map((id) => ({ id, title: t(`templates.languages.${id}`) }))}
        chosen={language === "en" ? "en" : "sv"}
        onChoose={(id) => desk.change({ ...template, language: id })}
      />
      <CheckboxGroup
        className="editor-areas"
        value={[...(template.for ?? [])]}
        onChange={(chosen) => desk.change({ ...template, for: [...new Set([...others, ...chosen])] })}
      >
        <Label className="field-label">{t("templates.area")}</Label>
        {areas.map((area) => (
          <Checkbox key={area} value={area} className="editor-check">
            <span className="editor-box" aria-hidden>
              <Check size={14} strokeWidth={2.5} />
            </span>
            {t(`templates.areas.${area}`)}
          </Checkbox>
        ))}
      </CheckboxGroup>
      {template.refusesContent === true && <p className="quiet">{t("templates.refuses")}</p>}
      <LongField
        label={t("templates.notFor")}
        hint={t("templates.notForHint")}
        value={notFor.join("\n")}
        maxLength={usesMax * wordsMax}
        rows={2}
        onChange={(words) => {
          const uses = words.split("\n").map((use) => use.slice(0, wordsMax));
          desk.change({ ...template, notFor: words === "" ? [] : uses.slice(0, usesMax) }, "notFor");
        }}
      />
      <Field
        label={t("templates.owner")}
        hint={t("templates.ownerHint")}
        value={owner}
        maxLength={200}
        onChange={(words) => desk.change({ ...template, owner: words }, "owner")}
      />
    </div>
  );
}
