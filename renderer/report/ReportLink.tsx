// The way from the library to a report over several meetings; there once two of them have a transcript.
import { Layers } from "lucide-react";
import type { Meeting } from "../../electron/contract.ts";
import { addressOf } from "../state/route.ts";
import { useTexts } from "../texts/i18n.ts";
import { canBeSummarised, fewest } from "./summarised-meetings.ts";

export function ReportLink({ meetings }: { readonly meetings: readonly Meeting[] }) {
  const { t } = useTexts();
  if (canBeSummarised(meetings).length < fewest) return null;
  return (
    <a className="button button-plain" aria-label={t("report.openFull")} href={addressOf({ view: "new-report" })}>
      <Layers size={17} strokeWidth={1.75} aria-hidden />
      {t("report.open")}
    </a>
  );
}
