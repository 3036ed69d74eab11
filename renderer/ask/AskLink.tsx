// The way from the library to asking one's meetings; there once a language model can answer and a meeting has a transcript.
import { MessageCircleQuestion } from "lucide-react";
import type { Meeting } from "../../electron/contract.ts";
import { canBeSummarised } from "../report/summarised-meetings.ts";
import { addressOf } from "../state/route.ts";
import { useTexts } from "../texts/i18n.ts";
import { useLanguageEngine } from "../words/use-engines.ts";

export function AskLink({ meetings }: { readonly meetings: readonly Meeting[] }) {
  const { t } = useTexts();
  const engine = useLanguageEngine();
  if (engine === null || canBeSummarised(meetings).length === 0) return null;
  return (
    <a className="button button-plain" aria-label={t("ask.title")} href={addressOf({ view: "ask" })}>
      <MessageCircleQuestion size={17} strokeWidth={1.75} aria-hidden />
      {t("ask.open")}
    </a>
  );
}
