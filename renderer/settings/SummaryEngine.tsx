// What writes summaries: the built-in engine, or a language model; which models there are, and how they behave.
import { CheckBox } from "../parts/CheckBox.tsx";
import { Choice } from "../parts/Choice.tsx";
import { useFixed } from "../parts/FixedWords.tsx";
import { ModelList } from "../parts/ModelList.tsx";
import { act } from "../state/ask.ts";
import { useSnapshot } from "../state/snapshots.ts";
import { useTexts } from "../texts/i18n.ts";
import { useEngines } from "../words/use-engines.ts";
import { LanguageServer } from "./LanguageServer.tsx";
import { Options } from "./Options.tsx";

export function SummaryEngine() {
  const { t } = useTexts();
  const { summaryEngine, whenUnsupported, waitOnBattery } = useSnapshot("settings");
  const models = useSnapshot("languageModels");
  const engines = useEngines();
  const fixed = {
    engine: useFixed("summaryEngine"),
    unsupported: useFixed("whenUnsupported"),
    battery: useFixed("waitOnBattery"),
  };
  return (
    <>
      <section aria-labelledby="engines-title" className="settings-part">
        <h3 id="engines-title" className="settings-part-title">
          {t("engines.title")}
        </h3>
        <p className="quiet">{t("engines.hint")}</p>
        <Choice
          label={t("engines.choose")}
          options={engines}
          chosen={summaryEngine}
          fixed={fixed.engine}
          onChoose={(id) => void act("settings.set", { summaryEngine: id })}
        />
        {engines.length > 1 && (
          <>
            <Options
              label={t("engines.unsupported")}
              options={(["mark", "built-in"] as const).map((id) => ({
                id,
                title: t(`engines.unsupportedChoices.${id}`),
              }))}
              chosen={whenUnsupported}
              fixed={fixed.unsupported}
              onChoose={(id) => void act("settings.set", { whenUnsupported: id })}
            />
            <CheckBox
              label={t("engines.battery")}
              on={waitOnBattery}
              fixed={fixed.battery}
              onChange={(on) => void act("settings.set", { waitOnBattery: on })}
            />
          </>
        )}
        <ModelList models={models} of="language" keeping />
      </section>
      <LanguageServer />
    </>
  );
}
