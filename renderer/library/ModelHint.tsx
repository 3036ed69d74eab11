// One quiet line when no real speech model is chosen, with the way to choose one.
import { addressOf } from "../state/route.ts";
import { useSnapshot } from "../state/snapshots.ts";
import { useTexts } from "../texts/i18n.ts";

export function ModelHint() {
  const { t } = useTexts();
  const { modelId } = useSnapshot("settings");
  const chosen = useSnapshot("models").find((model) => model.id === modelId);
  if (chosen?.state === "installed" && !chosen.demonstration) return null;
  return (
    <p className="model-hint">
      {t(chosen?.state === "installed" ? "library.demonstrationModel" : "library.noModel")}{" "}
      <a href={addressOf({ view: "first-start" })}>{t("library.chooseModel")}</a>
    </p>
  );
}
