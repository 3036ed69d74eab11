// A template to be read: one that is built in, or an earlier version of the person's own.
import { FileOutput } from "lucide-react";
import type { TemplateDetails } from "../../electron/contract.ts";
import { useFixed } from "../parts/FixedWords.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { useShortcuts } from "../shortcuts/use-shortcuts.ts";
import { act } from "../state/ask.ts";
import { addressOf, go } from "../state/route.ts";
import { useArrival } from "../state/use-arrival.ts";
import { useSnapshot } from "../state/snapshots.ts";
import { useTexts } from "../texts/i18n.ts";
import { dateAndTime } from "../words/time.ts";
import { BackToTemplates } from "./BackToTemplates.tsx";
import { exportTemplate } from "./export-template.ts";

interface TemplateReaderProps {
  readonly details: TemplateDetails;
  /** Null for the latest. */
  readonly version: number | null;
}

export function TemplateReader({ details, version }: TemplateReaderProps) {
  const { template, own, latest, draft, versions } = details;
  const { t, language } = useTexts();
  const heading = useArrival(template.title);
  const { templateId } = useSnapshot("settings");
  const { ownTemplates } = useSnapshot("policy");
  const defaultFixed = useFixed("templateId");
  useShortcuts({ Escape: () => go({ view: "templates" }) });
  const isEarlier = version !== null && (own || latest !== template.version);
  const isOwn = own || versions.length > 0;
  const savedAt = versions.find((one) => one.version === template.version)?.savedAt ?? null;
  const begin = async () => {
    const copy = await act("templates.start", template.id, version);
    if (copy !== undefined) go({ view: "template", id: copy.id, version: null });
  };
  const takeBack = async () => {
    if ((await act("templates.keepDraft", template)) === undefined) return;
    go({ view: "template", id: template.id, version: null });
  };
  return (
    <main className="page templates">
      <BackToTemplates />
      <header className="page-head">
        <h1 ref={heading} tabIndex={-1} lang={template.language}>
          {template.title}
        </h1>
      </header>
      {isEarlier && (
        <p className="templates-earlier">
          {savedAt === null
            ? t("templates.version", { version: template.version })
            : t("templates.versionFrom", { version: template.version, date: dateAndTime(savedAt, language) })}
          {latest !== null && (
            <>
              {" "}
              <a href={addressOf({ view: "template", id: template.id, version: null })}>{t("templates.toLatest")}</a>
            </>
          )}
        </p>
      )}
      <div className="templates-actions">
        {isEarlier && isOwn ? (
          latest !== template.version &&
          ownTemplates && (
            <>
              <TextButton kind="primary" onPress={() => void takeBack()}>
                {t("templates.takeBack")}
              </TextButton>
              {draft !== null && <span className="quiet">{t("templates.takeBackHint")}</span>}
            </>
          )
        ) : (
          <>
            {ownTemplates && (
              <TextButton kind="primary" onPress={() => void begin()}>
                {t("templates.makeOwn")}
              </TextButton>
            )}
            {isEarlier ? null : templateId === template.id ? (
              <span className="templates-row-marks">{t("templates.isDefault")}</span>
            ) : defaultFixed !== null ? null : (
              <TextButton kind="outline" onPress={() => void act("settings.set", { templateId: template.id })}>
                {t("templates.makeDefault")}
              </TextButton>
            )}
            {!isEarlier && (
              <TextButton kind="plain" icon={FileOutput} onPress={() => void exportTemplate(template.id, t)}>
                {t("templates.export")}
              </TextButton>
            )}
          </>
        )}
      </div>
      <Words template={template} />
    </main>
  );
}

function Words({ template }: Pick<TemplateDetails, "template">) {
  const { t, language } = useTexts();
  const { description, notFor = [], owner, sections, refusesContent } = template;
  return (
    <div className="templates-words" lang={template.language}>
      {description && <p className="lead">{description}</p>}
      {refusesContent && <p lang={language}>{t("templates.refuses")}</p>}
      {notFor.length > 0 && (
        <div>
          <h2 className="templates-group-title" lang={language}>
            {t("templates.notFor")}
          </h2>
          <ul className="templates-uses">
            {notFor.map((use) => (
              <li key={use}>{use}</li>
            ))}
          </ul>
        </div>
      )}
      <div>
        <h2 className="templates-group-title" lang={language}>
          {t("templates.headings")}
        </h2>
        <ol className="templates-headings">
          {sections.map(({ id, heading, guidance, kind }) => (
            <li key={id}>
              <h3>{heading}</h3>
              <p className="templates-kind" lang={language}>
                {t(`templates.kinds.${kind}`)}
              </p>
              {guidance && <p className="quiet">{guidance}</p>}
            </li>
          ))}
        </ol>
      </div>
      {owner && (
        <p className="quiet" lang={language}>
          {t("templates.ownedBy", { owner })}
        </p>
      )}
    </div>
  );
}
