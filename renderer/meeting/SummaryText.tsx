// The summary's headings and sentences.
import type { Meeting } from "../../electron/contract.ts";
import type { Segment, Summary, SummaryItem, SummarySection } from "../../electron/formats.ts";
import { AddSentence } from "../review/AddSentence.tsx";
import { RemakeMenu } from "../review/RemakeMenu.tsx";
import { useReviewing } from "../review/use-review.ts";
import { useTexts } from "../texts/i18n.ts";
import { Conflicts } from "./Conflicts.tsx";
import { CopyHeading } from "./CopyHeading.tsx";
import { NotTouched } from "./NotTouched.tsx";
import { Sentence } from "./Sentence.tsx";

interface SummaryTextProps {
  readonly meeting: Meeting;
  readonly summary: Summary;
  readonly segments: ReadonlyMap<string, Segment>;
}

export function SummaryText({ meeting, summary, segments }: SummaryTextProps) {
  const { t, language } = useTexts();
  const doubts = summary.sections.flatMap(({ items }) => items).filter(isWeak).length;
  return (
    <div className="summary-text" lang={summary.language}>
      {doubts > 0 && (
        <p className="summary-doubts" lang={language}>
          {t("summary.toCheck", { count: doubts })}
        </p>
      )}
      {summary.sections.map((section) => (
        <Section key={section.id} meeting={meeting} section={section} segments={segments} />
      ))}
      {summary.unplaced.length > 0 && <Unplaced meeting={meeting} items={summary.unplaced} segments={segments} />}
      <Conflicts conflicts={summary.conflicts ?? []} segments={segments} hasSound={meeting.hasSound} />
      <NotTouched summary={summary} />
    </div>
  );
}

/** Those without any support are counted in the review's own line. */
const isWeak = ({ support, origin, confirmed }: SummaryItem) =>
  origin !== "person" && confirmed !== true && support === "weak";

interface SectionProps {
  readonly meeting: Meeting;
  readonly section: SummarySection;
  readonly segments: ReadonlyMap<string, Segment>;
}

function Section({ meeting, section, segments }: SectionProps) {
  const { t, language } = useTexts();
  const review = useReviewing();
  const { heading, items, state } = section;
  return (
    <section className="summary-section">
      <h3>{heading}</h3>
      {state === "not-mentioned" && (
        <p className="summary-absent" lang={language}>
          {t("summary.notMentioned")}
        </p>
      )}
      {state === "left-to-person" && (
        <p className="summary-manual" lang={language}>
          {t("summary.manual")}
        </p>
      )}
      <Sentences id={section.id} meeting={meeting} items={items} segments={segments} />
      <div className="section-tools" lang={language}>
        {review !== null && <AddSentence review={review} section={section} />}
        {review !== null && section.kind !== "manual" && state !== "left-to-person" && (
          <RemakeMenu review={review} section={section} />
        )}
        {state === "filled" && <CopyHeading meeting={meeting} section={section} />}
      </div>
    </section>
  );
}

function Unplaced({
  meeting,
  items,
  segments,
}: Pick<SectionProps, "meeting" | "segments"> & { readonly items: readonly SummaryItem[] }) {
  const { t, language } = useTexts();
  const leftOut = items.filter((item) => item["leftOut"] === true).length;
  return (
    <section className="summary-section">
      <h3 lang={language}>{t("summary.unplaced")}</h3>
      <p className="quiet" lang={language}>
        {t("summary.unplacedHint")}
      </p>
      {leftOut > 0 && (
        <p className="quiet" lang={language}>
          {t("engines.leftOut", { count: leftOut })}
        </p>
      )}
      <Sentences id="unplaced" meeting={meeting} items={items} segments={segments} />
    </section>
  );
}

interface SentencesProps {
  readonly id: string;
  readonly meeting: Meeting;
  readonly items: readonly SummaryItem[];
  readonly segments: ReadonlyMap<string, Segment>;
}

function Sentences({ id, meeting, items, segments }: SentencesProps) {
  if (items.length === 0) return null;
  return (
    <ul className="sentences" data-many={items.length > 1 || undefined}>
      {items.map((item, index) => {
        const key = `${id}:${index}`;
        const place = { sectionId: id, index };
        return (
          <Sentence
            key={key}
            sentenceKey={key}
            place={place}
            item={item}
            segments={segments}
            hasSound={meeting.hasSound}
          />
        );
      })}
    </ul>
  );
}
