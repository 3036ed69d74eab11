// The speech models on this computer, and those that can be had.
import { FolderInput } from "lucide-react";
import { FixedWords, useFixed } from "../parts/FixedWords.tsx";
import { ModelList } from "../parts/ModelList.tsx";
import { importModelFolder } from "../parts/model-actions.ts";
import { TextButton } from "../parts/TextButton.tsx";
import { useHidden } from "../state/policy.ts";
import { useSnapshot } from "../state/snapshots.ts";
import { useTexts } from "../texts/i18n.ts";
import { ComputeOn } from "./ComputeOn.tsx";
import { SummaryEngine } from "./SummaryEngine.tsx";

export function Models() {
  const { t } = useTexts();
  const models = useSnapshot("models");
  const fixed = useFixed("modelId");
  const { modelImport } = useSnapshot("policy");
  const computeHidden = useHidden("computeOn");
  return (
    <>
      <p className="quiet">{t("settings.modelsHint")}</p>
      {fixed !== null && <FixedWords>{fixed}</FixedWords>}
      <ModelList models={models.filter(({ kind }) => kind === "speech")} removable />
      <h2 className="settings-part">{t("voices.models")}</h2>
      <p className="quiet">{t("voices.modelsHint")}</p>
      <ModelList models={models.filter(({ kind }) => kind === "voices")} removable />
      {modelImport && (
        <div>
          <TextButton kind="outline" icon={FolderInput} onPress={() => void importModelFolder(t)}>
            {t("settings.folder")}
          </TextButton>
        </div>
      )}
      {!computeHidden && <ComputeOn />}
      <SummaryEngine />
    </>
  );
}
