// What the recommendation rests on: a measurement on this computer, or nothing but its memory yet.
import { useSnapshot } from "../state/snapshots.ts";
import { useTexts } from "../texts/i18n.ts";

export function SpeedHint() {
  const { t } = useTexts();
  const speech = useSnapshot("models").filter(({ kind, demonstration }) => kind === "speech" && !demonstration);
  const isMeasured = speech.some(({ hour }) => hour !== null);
  return <p className="quiet">{t(isMeasured ? "models.speedMeasured" : "models.speedUnknown")}</p>;
}
