// One template: an own one is written on, a built-in one and an earlier version are read.
import { ErrorText } from "../parts/ErrorText.tsx";
import { ask } from "../state/ask.ts";
import { useSnapshot } from "../state/snapshots.ts";
import { useAnswer } from "../state/use-answer.ts";
import { useTexts } from "../texts/i18n.ts";
import { BackToTemplates } from "./BackToTemplates.tsx";
import { TemplateEditor } from "./TemplateEditor.tsx";
import { TemplateReader } from "./TemplateReader.tsx";
import "./templates.css";

interface TemplateViewProps {
  readonly id: string;
  readonly version: number | null;
}

export function TemplateView({ id, version }: TemplateViewProps) {
  const { t } = useTexts();
  const { ownTemplates } = useSnapshot("policy");
  const { value, error } = useAnswer(`${id} ${version}`, "", () => ask("templates.get", id, version));
  if (error !== null) {
    return (
      <main className="page templates">
        <BackToTemplates />
        <h1 tabIndex={-1}>{t("templates.title")}</h1>
        <p role="alert">
          <ErrorText error={error} />
        </p>
      </main>
    );
  }
  if (value === undefined) return null;
  return value.own && version === null && ownTemplates ? (
    <TemplateEditor details={value} />
  ) : (
    <TemplateReader details={value} version={version} />
  );
}
