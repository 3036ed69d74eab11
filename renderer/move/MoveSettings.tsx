// Settings: everything into one encrypted package, and a package taken in.
import { PackageOpen } from "lucide-react";
import { TextButton } from "../parts/TextButton.tsx";
import { act } from "../state/ask.ts";
import { useSnapshot } from "../state/snapshots.ts";
import { useTexts } from "../texts/i18n.ts";
import { MakePackage } from "./MakePackage.tsx";
import "./move.css";

export function MoveSettings() {
  const { t } = useTexts();
  const { makePackage, takeInPackage } = useSnapshot("policy");
  const moving = useSnapshot("moving");
  return (
    <>
      <p className="lead">{t("move.lead")}</p>
      {!makePackage && !takeInPackage && <p>{t("move.forbidden")}</p>}
      {makePackage && (
        <section className="settings-part" aria-labelledby="move-make-title">
          <h3 id="move-make-title" className="settings-part-title">
            {t("move.make")}
          </h3>
          <p>{t("move.makeText")}</p>
          <p className="quiet">{t("move.retention")}</p>
          <MakePackage meetingId={null} />
        </section>
      )}
      {takeInPackage && (
        <section className="settings-part" aria-labelledby="move-take-title">
          <h3 id="move-take-title" className="settings-part-title">
            {t("move.take")}
          </h3>
          <p>{t("move.takeText")}</p>
          <div>
            <TextButton
              kind="outline"
              icon={PackageOpen}
              isDisabled={moving !== null}
              onPress={() => void act("package.choose")}
            >
              {t("move.choose")}
            </TextButton>
          </div>
        </section>
      )}
    </>
  );
}
