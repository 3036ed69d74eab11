// How far a package has come, and a way to stop it.
import type { MovingState } from "../../electron/contract.ts";
import { ProgressLine } from "../parts/ProgressLine.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { act } from "../state/ask.ts";
import { useTexts } from "../texts/i18n.ts";

export function MovingLine({ moving }: { readonly moving: MovingState }) {
  const { t } = useTexts();
  const label = t(moving.way === "make" ? "move.making" : "move.takingIn");
  return (
    <div className="moving-line">
      <p>{label}</p>
      <ProgressLine label={label} fraction={moving.fraction} />
      <TextButton kind="plain" small onPress={() => void act("package.cancel")}>
        {t("move.stop")}
      </TextButton>
    </div>
  );
}
