// The way back to the shelf of templates.
import { ChevronLeft } from "lucide-react";
import { addressOf } from "../state/route.ts";
import { useTexts } from "../texts/i18n.ts";

export function BackToTemplates() {
  const { t } = useTexts();
  return (
    <a
      className="button button-plain back-link"
      href={addressOf({ view: "templates" })}
      aria-label={t("templates.backFull")}
    >
      <ChevronLeft size={17} strokeWidth={1.75} aria-hidden />
      {t("templates.title")}
    </a>
  );
}
