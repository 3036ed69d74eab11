// Statements that cannot all hold, side by side, each with who said it and where. Which is right is for the person to say.
import { Button } from "react-aria-components/Button";
import type { Conflict, Segment } from "../../electron/formats.ts";
import { useCellPart } from "../state/cell.ts";
import { useTexts } from "../texts/i18n.ts";
import "./conflicts.css";
import { lightUp, none, timeOf, useReading } from "./reading.ts";

interface ConflictsProps {
  readonly conflicts: readonly Conflict[];
  readonly segments: ReadonlyMap<string, Segment>;
  readonly hasSound: boolean;
}

export function Conflicts({ conflicts, segments, hasSound }: ConflictsProps) {
  const { t, language } = useTexts();
  if (conflicts.length === 0) return null;
  return (
    <section className="summary-section">
      <h3 lang={language}>{t("summary.conflicts")}</h3>
      <p className="quiet" lang={language}>
        {t("summary.conflictsHint")}
      </p>
      {conflicts.map(({ about, statements }, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- conflicts have no name of their own and do not move.
        <section key={at} className="conflict">
          <h4 className="conflict-about">{about}</h4>
          <ul className="conflict-sides">
            {statements.map((statement) => (
              <Side
                key={`${statement.segments.join(" ")} ${statement.text}`}
                sentenceKey={`conflict:${String(at)}:${statement.segments.join(" ")}`}
                statement={statement}
                segments={segments}
                hasSound={hasSound}
              />
            ))}
          </ul>
        </section>
      ))}
    </section>
  );
}

interface SideProps {
  readonly sentenceKey: string;
  readonly statement: Conflict["statements"][number];
  readonly segments: ReadonlyMap<string, Segment>;
  readonly hasSound: boolean;
}

function Side({ sentenceKey, statement, segments, hasSound }: SideProps) {
  const { t, language } = useTexts();
  const reading = useReading();
  const chosen = useCellPart(reading.lit, ({ sentence }) => sentence === sentenceKey);
  const passages = statement.segments.flatMap((id) => segments.get(id) ?? []);
  const [first] = passages;
  const gone = reading.several?.gone(statement.segments) ?? [];
  return (
    <li className="conflict-side" data-chosen={chosen || undefined}>
      {statement.who !== undefined && <span className="conflict-who">{statement.who}</span>}
      <q className="conflict-words">{statement.text}</q>
      {first !== undefined && (
        <span lang={language}>
          <Button
            className="source figures"
            aria-label={t("summary.saidAt", { time: timeOf(reading, first) })}
            onPress={() => lightUp(reading, passages, sentenceKey, hasSound)}
            onHoverChange={(over) => reading.glowing.set(over ? new Set(statement.segments) : none)}
          >
            {timeOf(reading, first)}
          </Button>
        </span>
      )}
      {gone.map((date) => (
        <span key={date} className="quiet" lang={language}>
          {t("report.citationGone", { date })}
        </span>
      ))}
    </li>
  );
}
