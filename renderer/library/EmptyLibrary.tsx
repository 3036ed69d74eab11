// The library before there is anything in it: what this is, and two ways to see it work.
import { BookOpen, Play } from "lucide-react";
import { Offer } from "../parts/Offer.tsx";
import { tryDemonstration, openExample } from "../first-start/try-out.ts";
import { useTexts } from "../texts/i18n.ts";
import { ModelHint } from "./ModelHint.tsx";

export function EmptyLibrary() {
  const { t } = useTexts();
  return (
    <div className="empty">
      <h2 className="empty-title">{t("library.empty.title")}</h2>
      <p className="lead">{t("library.empty.what")}</p>
      <p className="quiet">{t("library.importHint")}</p>
      <ModelHint />
      <ul className="offers">
        <Offer
          icon={BookOpen}
          label={t("library.empty.example")}
          hint={t("library.empty.exampleHint")}
          onPress={() => void openExample()}
        />
        <Offer
          icon={Play}
          label={t("library.empty.demonstration")}
          hint={t("library.empty.demonstrationHint")}
          onPress={() => void tryDemonstration()}
        />
      </ul>
    </div>
  );
}
