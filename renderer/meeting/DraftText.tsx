// A summary while a language model writes it: what has come so far, and that nobody has checked it yet.
import type { SummaryDraft } from "../../electron/contract.ts";
import { TextButton } from "../parts/TextButton.tsx";
import { act } from "../state/ask.ts";
import { useTexts } from "../texts/i18n.ts";

export function DraftText({ draft }: { readonly draft: SummaryDraft }) {
  const { t } = useTexts();
  const written = draft.sections.filter(({ texts }) => texts.length > 0);
  return (
    <div className="summary-text" data-draft>
      <p className="summary-doubts">{t("engines.unchecked")}</p>
      {draft.asked && (
        <TextButton kind="outline" small onPress={() => void act("language.stop")}>
          {t("engines.stop")}
        </TextButton>
      )}
      {written.map(({ heading, texts }) => (
        <section key={heading} className="summary-section">
          <h3>{heading}</h3>
          <ul className="sentences" data-many={texts.length > 1 || undefined}>
            {texts.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
