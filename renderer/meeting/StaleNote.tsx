// The transcript was changed after the summary was made: said above it, with what can be done about it.
import { TextButton } from "../parts/TextButton.tsx";
import type { Review } from "../review/use-review.ts";
import { announce } from "../state/announce.ts";
import { act } from "../state/ask.ts";
import { useTexts } from "../texts/i18n.ts";

interface StaleNoteProps {
  readonly review: Review;
  readonly meetingId: string;
  /** Sentences that rest on what was changed. */
  readonly sentences: number;
  readonly busy: boolean;
}

export function StaleNote({ review, meetingId, sentences, busy }: StaleNoteProps) {
  const { t } = useTexts();
  const check = async () => {
    if (await review.recheck()) announce(t("stale.checked"));
  };
  return (
    <div className="summary-stale">
      <p>
        {t("stale.words")} {t("stale.count", { count: sentences })}
      </p>
      <div className="summary-stale-ways">
        <TextButton kind="outline" small isDisabled={busy} onPress={() => void check()}>
          {t("stale.check")}
        </TextButton>
        <TextButton
          kind="plain"
          small
          isDisabled={busy}
          onPress={() => void act("summaries.make", meetingId, review.version.summary.template.id)}
        >
          {t("stale.remake")}
        </TextButton>
      </div>
    </div>
  );
}
