// The first start, without any model: choose one to download, take one from a folder, or try without.
import { BookOpen, ChevronDown, FileArchive, FolderInput, Play } from "lucide-react";
import { useState } from "react";
import { ModelList } from "../parts/ModelList.tsx";
import { Offer } from "../parts/Offer.tsx";
import { firstChoices } from "./first-choices.ts";
import { installFrom } from "../parts/model-actions.ts";
import { ModelTaskLine } from "../parts/ModelTaskLine.tsx";
import { SpeedHint } from "../parts/SpeedHint.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { addressOf } from "../state/route.ts";
import { useMayDownload } from "../state/policy.ts";
import { useSnapshot } from "../state/snapshots.ts";
import { useArrival } from "../state/use-arrival.ts";
import { useTexts } from "../texts/i18n.ts";
import "./first-start.css";
import { openExample, tryDemonstration } from "./try-out.ts";

export function FirstStart() {
  const { t } = useTexts();
  const heading = useArrival(t("firstStart.title"));
  const models = useSnapshot("models");
  const { modelImport } = useSnapshot("policy");
  const mayDownload = useMayDownload();
  const real = models.filter((model) => model.kind === "speech" && !model.demonstration);
  const [all, setAll] = useState(false);
  const shown = all ? real : firstChoices(real);
  const rest = real.length - shown.length;
  const ready = real.some((model) => model.state === "installed");
  return (
    <main className="page first-start">
      <h1 ref={heading} tabIndex={-1}>
        {t("firstStart.title")}
      </h1>
      <p className="lead">{t("firstStart.what")}</p>

      <section className="first-start-part">
        <h2 className="part-title">{t("firstStart.download")}</h2>
        {mayDownload && <p className="quiet">{t("firstStart.downloadHint")}</p>}
        <SpeedHint />
        <ModelTaskLine />
        <ModelList models={shown} />
        {rest > 0 && mayDownload && (
          <div>
            <TextButton icon={ChevronDown} onPress={() => setAll(true)}>
              {t("firstStart.more", { count: rest })}
            </TextButton>
          </div>
        )}
      </section>

      <section className="first-start-part">
        <h2 className="part-title">{t("firstStart.other")}</h2>
        <ul className="offers">
          {modelImport && (
            <>
              <Offer
                icon={FolderInput}
                label={t("firstStart.folder")}
                hint={t("firstStart.folderHint")}
                onPress={() => void installFrom("folder", t)}
              />
              <Offer
                icon={FileArchive}
                label={t("models.fromPackage")}
                hint={t("firstStart.packageHint")}
                onPress={() => void installFrom("package", t)}
              />
            </>
          )}
          <Offer
            icon={Play}
            label={t("firstStart.demonstration")}
            hint={t("firstStart.demonstrationHint")}
            onPress={() => void tryDemonstration()}
          />
          <Offer
            icon={BookOpen}
            label={t("firstStart.example")}
            hint={t("firstStart.exampleHint")}
            onPress={() => void openExample()}
          />
        </ul>
      </section>

      <p>
        <a className={ready ? "button button-primary" : "first-start-skip"} href={addressOf({ view: "library" })}>
          {t(ready ? "firstStart.back" : "firstStart.skip")}
        </a>
      </p>
    </main>
  );
}
