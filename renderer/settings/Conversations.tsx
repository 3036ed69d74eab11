// What new meetings start with: the language that is spoken, and the template.
import { CheckBox } from "../parts/CheckBox.tsx";
import { Choice } from "../parts/Choice.tsx";
import { ErrorText } from "../parts/ErrorText.tsx";
import { useFixed } from "../parts/FixedWords.tsx";
import { ConsentText } from "../recording/ConsentText.tsx";
import { act, ask } from "../state/ask.ts";
import { useHidden } from "../state/policy.ts";
import { useSnapshot } from "../state/snapshots.ts";
import { useAnswer } from "../state/use-answer.ts";
import { useTexts } from "../texts/i18n.ts";
import { MeetingKinds } from "./MeetingKinds.tsx";
import { spokenLanguages } from "./spoken-languages.ts";
import { WatchedFolder } from "./WatchedFolder.tsx";

export function Conversations() {
  const { t, language } = useTexts();
  const { spokenLanguage, templateId, afterRecording, protectNew } = useSnapshot("settings");
  const fixed = {
    language: useFixed("spokenLanguage"),
    template: useFixed("templateId"),
    after: useFixed("afterRecording"),
    protect: useFixed("protectNew"),
  };
  const hidden = {
    after: useHidden("afterRecording"),
    folder: useHidden("watchedFolder"),
    kinds: useHidden("templateByKind"),
  };
  const { value: templates, error } = useAnswer("templates", "", () => ask("templates.list"));
  return (
    <>
      <Choice
        label={t("settings.spokenLanguage")}
        description={t("settings.spokenLanguageHint")}
        options={[{ id: "auto", title: t("settings.detect") }, ...spokenLanguages(language, spokenLanguage)]}
        chosen={spokenLanguage}
        fixed={fixed.language}
        onChoose={(id) => void act("settings.set", { spokenLanguage: id })}
      />
      {templates && (
        <Choice
          label={t("settings.template")}
          description={t("settings.templateHint")}
          options={templates.map(({ id, title, description, language: lang }) => ({ id, title, description, lang }))}
          chosen={templateId}
          fixed={fixed.template}
          onChoose={(id) => void act("settings.set", { templateId: id })}
        />
      )}
      {!hidden.after && (
        <Choice
          label={t("record.settings.after")}
          description={t("record.settings.afterHint")}
          options={(["now", "night", "never"] as const).map((id) => ({ id, title: t(`record.settings.${id}`) }))}
          chosen={afterRecording}
          fixed={fixed.after}
          onChoose={(id) => void act("settings.set", { afterRecording: id === "night" || id === "never" ? id : "now" })}
        />
      )}
      <CheckBox
        label={t("protected.setting")}
        hint={t("protected.settingHint")}
        on={protectNew}
        fixed={fixed.protect}
        onChange={(on) => void act("settings.set", { protectNew: on })}
      />
      {!hidden.folder && <WatchedFolder />}
      <ConsentText />
      {templates && !hidden.kinds && <MeetingKinds templates={templates} />}
      {error && (
        <p role="alert">
          <ErrorText error={error} />
        </p>
      )}
    </>
  );
}
