// The headings that nothing touched on, as a reminder for the next meeting.
import type { Summary } from "../../electron/formats.ts";
import { useTexts } from "../texts/i18n.ts";

export function NotTouched({ summary }: { readonly summary: Summary }) {
  const { t, language } = useTexts();
  // As notTouched() of the formats: the schemas beside it compile code when loaded, which the window's policy forbids.
  const headings = summary.sections
    .filter(({ state, items }) => state === "not-mentioned" && items.length === 0)
    .map(({ heading }) => heading);
  if (headings.length === 0) return null;
  return (
    <section className="summary-section">
      <div className="summary-heading" lang={language}>
        <h3>{t("summary.nextTime")}</h3>
      </div>
      <p className="quiet" lang={language}>
        {t("summary.nextTimeHint")}
      </p>
      <ul className="not-touched">
        {headings.map((heading, at) => (
          // Two headings may have one name.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={at}>{heading}</li>
        ))}
      </ul>
    </section>
  );
}
