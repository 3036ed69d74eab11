// One sentence of the summary. Choose it and the passages it rests on light up, come into view and play.
import { useId, useRef, useState } from "react";
import { Button } from "react-aria-components/Button";
import type { Segment, SummaryItem } from "../../electron/formats.ts";
import type { Place } from "../../electron/summary/review.ts";
import { EditSentence } from "../review/EditSentence.tsx";
import { useReviewing } from "../review/use-review.ts";
import { useCellPart } from "../state/cell.ts";
import { useTexts } from "../texts/i18n.ts";
import { dateInWords } from "../words/time.ts";
import { lightUp, none, timeOf, useReading } from "./reading.ts";
import { ReportMarks } from "./ReportMarks.tsx";

interface SentenceProps {
  readonly sentenceKey: string;
  /** Where it stands in the summary, where it can be reviewed. */
  readonly place?: Place;
  readonly item: SummaryItem;
  readonly segments: ReadonlyMap<string, Segment>;
  readonly hasSound: boolean;
}

export function Sentence({ sentenceKey, place, item, segments, hasSound }: SentenceProps) {
  const review = useReviewing();
  const [open, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const { t, language } = useTexts();
  const reading = useReading();
  const supportId = useId();
  const chosen = useCellPart(reading.lit, ({ sentence }) => sentence === sentenceKey);
  const resting = useCellPart(reading.pointed, (ids) => ids.some((id) => item.segments.includes(id)));
  const passages = item.segments.flatMap((id) => segments.get(id) ?? []);
  const support = item.origin === "person" || item.confirmed === true ? undefined : item.support;
  const doubt = support === "weak" || support === "unsupported" ? support : null;

  const glow = (over: boolean) => reading.glowing.set(over ? new Set(item.segments) : none);
  const choose = () => lightUp(reading, passages, sentenceKey, hasSound);

  return (
    <li
      className="sentence"
      data-sentence={sentenceKey}
      data-support={support}
      data-grave={(doubt !== null && (item.flags ?? []).length > 0) || undefined}
      data-chosen={chosen || undefined}
      data-resting={resting || undefined}
    >
      <Button
        className="sentence-text"
        onPress={choose}
        onHoverChange={glow}
        {...(doubt === null ? {} : { "aria-describedby": supportId })}
      >
        {item.text}
      </Button>
      <span className="sentence-foot" lang={language}>
        <Details item={item} />
        {passages.map((passage) => (
          <Button
            key={passage.id}
            className="source figures"
            aria-label={t("summary.source", { time: timeOf(reading, passage) })}
            onPress={() => lightUp(reading, [passage], `${sentenceKey}:${passage.id}`, hasSound)}
          >
            {timeOf(reading, passage)}
          </Button>
        ))}
        <ReportMarks item={item} segments={segments} />
        {doubt !== null && <Doubt id={supportId} doubt={doubt} reasons={item.reasons ?? []} />}
        <WhoseWords item={item} />
        {item.segments.some((id) => review?.changed.has(id)) && <span className="doubt">{t("review.stale")}</span>}
        {review !== null && place !== undefined && !open && (
          <Button
            ref={opener}
            className="source review-opener"
            aria-label={t("review.openSentence", { text: item.text })}
            onPress={() => setOpen(true)}
          >
            {t("review.open")}
          </Button>
        )}
      </span>
      {open && review !== null && place !== undefined && (
        <EditSentence
          review={review}
          place={place}
          item={item}
          passages={passages}
          onDone={() => {
            setOpen(false);
            // Back to where one was, once the button is there again.
            requestAnimationFrame(() => opener.current?.focus());
          }}
        />
      )}
    </li>
  );
}

/** What a person has done to it. */
function WhoseWords({ item }: { readonly item: SummaryItem }) {
  const { t } = useTexts();
  if (item.confirmed === true) return <span>{t("review.standsBy")}</span>;
  if (item.origin === "person") return <span>{t("review.writtenByYou")}</span>;
  return item.edited === true ? <span>{t("review.changedByYou")}</span> : null;
}

/** Amber dot when weak, amber words with the reason when unsupported; both say so to a screen reader. */
function Doubt({
  id,
  doubt,
  reasons,
}: {
  readonly id: string;
  readonly doubt: "weak" | "unsupported";
  readonly reasons: readonly string[];
}) {
  const { t } = useTexts();
  const reason = reasons.join(" ");
  return (
    <span id={id} className="doubt" data-doubt={doubt}>
      {reason === "" ? t(`summary.${doubt}`) : t(`summary.${doubt}Reason`, { reason })}
    </span>
  );
}

/** Who, when and by when, where the sentence itself does not say it. */
function Details({ item }: { readonly item: SummaryItem }) {
  const { t, language } = useTexts();
  const unsaid = (detail: string | undefined) =>
    detail && !item.text.toLowerCase().includes(detail.toLowerCase()) ? detail : undefined;
  const [who, when, due] = [item.who, item.when, item.due].map(unsaid);
  const details = [
    who && { name: t("summary.who"), value: who },
    !due && when && { name: t("summary.when"), value: when },
  ].filter((detail) => typeof detail === "object");
  return (
    <>
      {details.map(({ name, value }) => (
        <span key={name}>
          {name}: {value}
        </span>
      ))}
      {due && <span>{t("summary.due", { date: dateInWords(due, language) })}</span>}
    </>
  );
}
