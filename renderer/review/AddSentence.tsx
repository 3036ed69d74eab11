// A sentence of the person's own under a heading. Under the professional's headings this is all there is.
import { Plus } from "lucide-react";
import { useState } from "react";
import type { SummarySection } from "../../electron/formats.ts";
import { addItem } from "../../electron/summary/review.ts";
import { LongField } from "../parts/LongField.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { announce } from "../state/announce.ts";
import { useTexts } from "../texts/i18n.ts";
import type { Review } from "./use-review.ts";
import "./review.css";

interface AddSentenceProps {
  readonly review: Review;
  readonly section: SummarySection;
}

export function AddSentence({ review, section }: AddSentenceProps) {
  const { t, language } = useTexts();
  const [text, setText] = useState<string | null>(null);
  const { heading } = section;
  if (text === null) {
    return (
      <span className="review-add" lang={language}>
        <TextButton
          kind="plain"
          small
          icon={Plus}
          aria-label={t("review.addUnder", { heading })}
          onPress={() => setText("")}
        >
          {t("review.add")}
        </TextButton>
      </span>
    );
  }
  const save = () => {
    review.change(addItem(review.version.summary, section.id, text));
    announce(t("review.saved"));
    setText(null);
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
        label={t("review.writeUnder", { heading })}
        value={text}
        maxLength={4000}
        rows={3}
        focusFirst
        onChange={setText}
        onSave={save}
        onLeave={() => setText(null)}
      />
      <div className="form-foot review-foot">
        <TextButton kind="primary" type="submit">
          {t("review.save")}
        </TextButton>
        <TextButton kind="plain" onPress={() => setText(null)}>
          {t("meeting.cancel")}
        </TextButton>
      </div>
    </form>
  );
}
