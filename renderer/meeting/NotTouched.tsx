// The headings that nothing touched on, as a reminder for the next meeting.
import type { Summary } from "../../electron/formats.ts";
import { notTouched } from "../../electron/summary/review.ts";
import { useTexts } from "../texts/i18n.ts";

export function NotTouched({ summary }: { readonly summary: Summary }) {
  const { t, language } = useTexts();
  const headings = notTouched(summary);
  if (headings.length === 0) return null;
  return (
    <section className="summary-section">
      <h3 lang={language}>{t("summary.nextTime")}</h3>
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
