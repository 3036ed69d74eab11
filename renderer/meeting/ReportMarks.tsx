// What only a report says of a sentence: that it is new, what was said of it later, and which of its sources is gone.
import { Button } from "react-aria-components/Button";
import type { Segment, SummaryItem } from "../../electron/formats.ts";
import { useTexts } from "../texts/i18n.ts";
import "./conflicts.css";
import { lightUp, timeOf, useReading } from "./reading.ts";

interface ReportMarksProps {
  readonly item: SummaryItem;
  readonly segments: ReadonlyMap<string, Segment>;
}

export function ReportMarks({ item, segments }: ReportMarksProps) {
  const { t } = useTexts();
  const reading = useReading();
  if (reading.several === null) return null;
  return (
    <>
      {item.isNew === true && <span className="report-new">{t("report.new")}</span>}
      {reading.several.gone(item.segments).map((date) => (
        <span key={date}>{t("report.citationGone", { date })}</span>
      ))}
      {item.later?.map(({ text, segments: ids }) => {
        const passages = ids.flatMap((id) => segments.get(id) ?? []);
        const [first] = passages;
        return (
          <span key={ids.join(" ")} className="report-later">
            {t("report.later", { text })}{" "}
            {first !== undefined && (
              <Button
                className="source figures"
                aria-label={t("summary.saidAt", { time: timeOf(reading, first) })}
                onPress={() => lightUp(reading, passages, null, false)}
              >
                {timeOf(reading, first)}
              </Button>
            )}
          </span>
        );
      })}
    </>
  );
}
