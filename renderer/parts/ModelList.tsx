// Models to choose from: what each is good for, its size and licence, how long an hour takes, and what can be done with it.
import type { ModelInfo } from "../../electron/contract.ts";
import { useMayDownload } from "../state/policy.ts";
import { useSnapshot } from "../state/snapshots.ts";
import { useTexts } from "../texts/i18n.ts";
import { hourInWords, modelFacts } from "../words/model-words.ts";
import { ErrorText } from "./ErrorText.tsx";
import { ModelActions } from "./ModelActions.tsx";
import "./model-list.css";
import { ProgressLine } from "./ProgressLine.tsx";

export type ModelPurpose = "speech" | "language";

interface ModelListProps {
  readonly models: readonly ModelInfo[];
  /** What they are for: to hear, or to write summaries. */
  readonly of?: ModelPurpose;
  /** Whether installed models can be looked after here: checked, updated, removed. */
  readonly keeping?: boolean;
}

export function ModelList({ models, of = "speech", keeping = false }: ModelListProps) {
  const { t } = useTexts();
  const { modelId, summaryEngine } = useSnapshot("settings");
  const mayDownload = useMayDownload();
  // What cannot be had is not offered.
  const shown = models.filter(({ state }) => mayDownload || state !== "absent");
  const used = of === "speech" ? modelId : summaryEngine;
  if (shown.length < models.length && shown.length === 0) return <p className="quiet">{t("models.closed")}</p>;
  return (
    <ul className="models">
      {shown.map((model) => (
        <ModelRow key={model.id} model={model} of={of} used={model.id === used} keeping={keeping} />
      ))}
    </ul>
  );
}

interface ModelRowProps {
  readonly model: ModelInfo;
  readonly of: ModelPurpose;
  readonly used: boolean;
  readonly keeping: boolean;
}

function ModelRow({ model, of, used, keeping }: ModelRowProps) {
  const { t, language } = useTexts();
  const badge = model.demonstration ? "models.demonstration" : model.recommended ? "models.recommended" : null;
  const isVoices = model.kind === "voices";
  const inUse = (used || isVoices) && model.state === "installed";
  const hour = hourInWords(model, t);
  const { download } = model;
  return (
    <li className="model" data-used={inUse || undefined}>
      <div className="model-words">
        <h3 className="model-title">
          {model.title}
          {badge && <span className="model-badge"> {t(badge)}</span>}
        </h3>
        <p>{model.about[language]}</p>
        {hour !== null && <p>{hour}</p>}
        <p className="quiet model-facts">{modelFacts(model, t, language).join(" · ")}</p>
        {!model.fits && <p className="model-warning">{t("models.tooLarge")}</p>}
        {download !== null && (
          <ProgressLine
            label={t("models.progress", { title: model.title })}
            fraction={download.totalBytes === 0 ? 0 : download.doneBytes / download.totalBytes}
          />
        )}
        {model.error && model.error.code !== "cancelled" && (
          <p role="alert" className="model-error">
            <ErrorText error={model.error} />
          </p>
        )}
      </div>
      <div className="model-actions">
        {inUse && <span className="model-used">{t("models.inUse")}</span>}
        <ModelActions model={model} of={of} used={inUse} keeping={keeping} />
      </div>
    </li>
  );
}
