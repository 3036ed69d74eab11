// Models to choose from: what each is good for, its size and licence, and what can be done with it.
import type { ModelInfo } from "../../electron/contract.ts";
import { act } from "../state/ask.ts";
import { useMayDownload } from "../state/policy.ts";
import { useSnapshot } from "../state/snapshots.ts";
import { useTexts } from "../texts/i18n.ts";
import { sizeInWords } from "../words/size.ts";
import { ErrorText } from "./ErrorText.tsx";
import { useFixed } from "./FixedWords.tsx";
import { downloadModel, removeModel } from "./model-actions.ts";
import "./model-list.css";
import { ProgressLine } from "./ProgressLine.tsx";
import { TextButton } from "./TextButton.tsx";

type ModelPurpose = "speech" | "language";

interface ModelListProps {
  readonly models: readonly ModelInfo[];
  /** What they are for: to hear, or to write summaries. */
  readonly of?: ModelPurpose;
  /** Whether installed models can be removed here. */
  readonly removable?: boolean;
}

export function ModelList({ models, of = "speech", removable = false }: ModelListProps) {
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
        <ModelRow key={model.id} model={model} of={of} used={model.id === used} removable={removable} />
      ))}
    </ul>
  );
}

interface ModelRowProps {
  readonly model: ModelInfo;
  readonly of: ModelPurpose;
  readonly used: boolean;
  readonly removable: boolean;
}

function ModelRow({ model, of, used, removable }: ModelRowProps) {
  const { t, language } = useTexts();
  const badge = model.demonstration ? "models.demonstration" : model.recommended ? "models.recommended" : null;
  const isVoices = model.kind === "voices";
  const inUse = (used || isVoices) && model.state === "installed";
  const facts = [
    model.state === "absent"
      ? t("models.size", { size: sizeInWords(model.sizeBytes, language) })
      : t(`models.state.${model.state}`, { percent: Math.floor(model.fraction * 100) }),
    model.memoryBytes > 0 && t("models.memory", { size: sizeInWords(model.memoryBytes, language) }),
    t("models.licence", { licence: model.licence }),
  ].filter(Boolean);
  return (
    <li className="model" data-used={inUse || undefined}>
      <div className="model-words">
        <h3 className="model-title">
          {model.title}
          {badge && <span className="model-badge"> {t(badge)}</span>}
        </h3>
        <p>{model.about[language]}</p>
        <p className="quiet model-facts">{facts.join(" · ")}</p>
        {!model.fits && <p className="model-warning">{t("models.tooLarge")}</p>}
        {model.state === "downloading" && (
          <ProgressLine label={t("models.progress", { title: model.title })} fraction={model.fraction} />
        )}
        {model.error && model.error.code !== "cancelled" && (
          <p role="alert" className="model-error">
            <ErrorText error={model.error} />
          </p>
        )}
      </div>
      <div className="model-actions">
        {inUse && <span className="model-used">{t("models.inUse")}</span>}
        <ModelActions model={model} of={of} used={inUse} removable={removable} />
      </div>
    </li>
  );
}

function ModelActions({ model, of, used, removable }: ModelRowProps) {
  const { t } = useTexts();
  const isLanguage = of === "language";
  const fixed = useFixed(isLanguage ? "summaryEngine" : "modelId");
  // A language model is an extra: it is used when the person says so.
  const download = () => (isLanguage ? act("models.download", model.id) : downloadModel(model.id));
  const title = model.title;
  const mayDownload = useMayDownload();
  if (model.state === "downloading") {
    return (
      <TextButton
        kind="outline"
        aria-label={t("models.cancelFor", { title })}
        onPress={() => void act("models.cancelDownload", model.id)}
      >
        {t("models.cancel")}
      </TextButton>
    );
  }
  if (model.state === "absent") {
    return (
      <TextButton
        kind={model.recommended ? "primary" : "outline"}
        aria-label={t("models.downloadFor", { title })}
        onPress={() => void download()}
      >
        {t("models.download")}
      </TextButton>
    );
  }
  return (
    <>
      {model.state === "installed" && !used && fixed === null && (
        <TextButton
          kind="outline"
          aria-label={t("models.useFor", { title })}
          onPress={() => void act("settings.set", isLanguage ? { summaryEngine: model.id } : { modelId: model.id })}
        >
          {t("models.use")}
        </TextButton>
      )}
      {model.state === "damaged" && mayDownload && (
        <TextButton kind="outline" aria-label={t("models.downloadFor", { title })} onPress={() => void download()}>
          {t("models.download")}
        </TextButton>
      )}
      {removable && !model.demonstration && (
        <TextButton
          kind="plain"
          aria-label={t("models.removeFor", { title })}
          onPress={() => void removeModel(model.id, title, t)}
        >
          {t("models.remove")}
        </TextButton>
      )}
    </>
  );
}
