// What transcribes: the processor, the graphics card, or whichever a measurement shows to be better.
import type { Settings } from "../../electron/contract.ts";
import { deviceNames } from "../../electron/inference/protocol.ts";
import { ErrorText } from "../parts/ErrorText.tsx";
import { useFixed } from "../parts/FixedWords.tsx";
import { act } from "../state/ask.ts";
import { useSnapshot } from "../state/snapshots.ts";
import { useTexts } from "../texts/i18n.ts";
import { Options } from "./Options.tsx";

const choices = ["auto", "cpu", "gpu"] as const satisfies readonly Settings["computeOn"][];

export function ComputeOn() {
  const { t } = useTexts();
  const { computeOn, failedDevice } = useSnapshot("settings");
  return (
    <>
      <Options
        label={t("settings.computeOn")}
        description={t("settings.computeOnHint")}
        options={choices.map((id) => ({ id, title: t(`settings.computeOnChoices.${id}`) }))}
        chosen={computeOn}
        fixed={useFixed("computeOn")}
        // Whoever chooses anew lets what failed before be tried again.
        onChoose={(id) => void act("settings.set", { computeOn: id, failedDevice: "", languageGraphicsFailed: false })}
      />
      {/* Whoever left the choice to us need not hear of a card that was not there. */}
      {failedDevice !== "" && computeOn === "gpu" && (
        <p>
          <ErrorText error={{ code: "device-failed", details: { device: deviceNames[failedDevice] } }} />
        </p>
      )}
    </>
  );
}
