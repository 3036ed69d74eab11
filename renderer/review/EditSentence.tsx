// One sentence opened: its words to change, beside the passages that it rests on; to confirm, to move, to take away.
import { useState } from "react";
import type { Segment, Summary, SummaryItem } from "../../electron/formats.ts";
import {
  changeItem,
  confirmItem,
  moveItem,
  type Place,
  removeItem,
  unplacedId,
} from "../../electron/summary/review.ts";
import { timeOf, useReading } from "../meeting/reading.ts";
import { Choice } from "../parts/Choice.tsx";
import { LongField } from "../parts/LongField.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { announce } from "../state/announce.ts";
import { useTexts } from "../texts/i18n.ts";
import type { Review } from "./use-review.ts";
import "./review.css";

interface EditSentenceProps {
  readonly review: Review;
  readonly place: Place;
  readonly item: SummaryItem;
  readonly passages: readonly Segment[];
  readonly onDone: () => void;
}

const longestText = 4000;

export function EditSentence({ review, place, item, passages, onDone }: EditSentenceProps) {
  const { t, language } = useTexts();
  const reading = useReading();
  const [text, setText] = useState(item.text);
  const { summary } = review.version;
  const stay = place.sectionId;
  const [heading, setHeading] = useState(stay);
  const doubtful = item.origin !== "person" && (item.support === "weak" || item.support === "unsupported");
  const headings = [
    ...summary.sections.map(({ id, heading: title }) => ({ id, title, lang: summary.language })),
    ...(stay === unplacedId ? [{ id: unplacedId, title: t("summary.unplaced") }] : []),
  ];
  const finish = (next: Summary, said: string) => {
    review.change(next);
    announce(said);
    onDone();
  };
  const save = () => {
    const changed = changeItem(summary, place, text);
    if (text.trim() === "") finish(changed, t("review.removed"));
    else finish(moveItem(changed, place, heading), t("review.saved"));
  };
  return (
    <form
      className="review-edit"
      lang={language}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <LongField
        label={t("review.sentence")}
        value={text}
        maxLength={longestText}
        rows={Math.min(8, 2 + Math.floor(text.length / 60))}
        focusFirst
        onChange={setText}
        onSave={save}
        onLeave={onDone}
      />
      {(item.reasons ?? []).length > 0 && <p className="review-reasons">{item.reasons?.join(" ")}</p>}
      {passages.length > 0 && (
        <div className="review-said">
          <p className="quiet">{t("review.said")}</p>
          {passages.map((passage) => (
            <blockquote key={passage.id} lang={summary.language}>
              <span className="quiet figures">{timeOf(reading, passage)}</span> {passage.text}
            </blockquote>
          ))}
        </div>
      )}
      <Choice label={t("review.under")} options={headings} chosen={heading} onChoose={setHeading} />
      <div className="form-foot review-foot">
        <TextButton kind="primary" type="submit">
          {t("review.save")}
        </TextButton>
        {doubtful && (
          <TextButton
            kind="outline"
            onPress={() => finish(confirmItem(summary, place, item.confirmed !== true), t("review.confirmed"))}
          >
            {item.confirmed === true ? t("review.unconfirm") : t("review.confirm")}
          </TextButton>
        )}
        <TextButton kind="outline" onPress={() => finish(removeItem(summary, place), t("review.removed"))}>
          {t("review.remove")}
        </TextButton>
        <TextButton kind="plain" onPress={onDone}>
          {t("meeting.cancel")}
        </TextButton>
      </div>
    </form>
  );
}
