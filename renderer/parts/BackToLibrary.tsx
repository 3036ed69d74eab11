// The way back to the library, over every view that one comes to from there.
import { ChevronLeft } from "lucide-react";
import { addressOf } from "../state/route.ts";
import { useTexts } from "../texts/i18n.ts";

export function BackToLibrary({ label }: { readonly label?: string }) {
  const { t } = useTexts();
  return (
    <a
      className="button button-plain back-link"
      aria-label={t("meeting.backFull")}
      href={addressOf({ view: "library" })}
    >
      <ChevronLeft size={17} strokeWidth={1.75} aria-hidden />
      {label ?? t("meeting.back")}
    </a>
  );
}
