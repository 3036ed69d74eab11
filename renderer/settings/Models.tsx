// The models on this computer, and those that can be had.
import { FileArchive, FolderInput } from "lucide-react";
import { FixedWords, useFixed } from "../parts/FixedWords.tsx";
import { ModelList } from "../parts/ModelList.tsx";
import { installFrom } from "../parts/model-actions.ts";
import { ModelTaskLine } from "../parts/ModelTaskLine.tsx";
import { SpeedHint } from "../parts/SpeedHint.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { useHidden } from "../state/policy.ts";
import { useSnapshot } from "../state/snapshots.ts";
import { useTexts } from "../texts/i18n.ts";
import { ComputeOn } from "./ComputeOn.tsx";
import { PackModels } from "./PackModels.tsx";
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
      <ModelTaskLine />
      <SpeedHint />
      <ModelList models={models.filter(({ kind }) => kind === "speech")} keeping />
      <h2 className="settings-part">{t("voices.models")}</h2>
      <p className="quiet">{t("voices.modelsHint")}</p>
      <ModelList models={models.filter(({ kind }) => kind === "voices")} keeping />
      <div className="model-ways">
        {modelImport && (
          <>
            <TextButton kind="outline" icon={FolderInput} onPress={() => void installFrom("folder", t)}>
              {t("settings.folder")}
            </TextButton>
            <TextButton kind="outline" icon={FileArchive} onPress={() => void installFrom("package", t)}>
              {t("models.fromPackage")}
            </TextButton>
          </>
        )}
        <PackModels />
      </div>
      {!computeHidden && <ComputeOn />}
      <SummaryEngine />
    </>
  );
}
