// Earlier versions of the summary, each with what differs from the one that stands now, word by word.
import { diffWords } from "diff";
import { useState } from "react";
import type { SummaryVersion } from "../../electron/contract.ts";
import type { Summary } from "../../electron/formats.ts";
import { Choice } from "../parts/Choice.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { ask } from "../state/ask.ts";
import { tellDone } from "../state/notices.ts";
import { useAnswer } from "../state/use-answer.ts";
import { useTexts } from "../texts/i18n.ts";
import { dateAndTime } from "../words/time.ts";
import type { Review } from "./use-review.ts";

export function Versions({ review, onDone }: { readonly review: Review; readonly onDone: () => void }) {
  const { t, language } = useTexts();
  const { meetingId, id, summary } = review.version;
  const { value = [] } = useAnswer(meetingId, id, () => ask("summaries.list", meetingId));
  const earlier = value.filter((version) => version.id !== id).toSorted((a, b) => b.version - a.version);
  const [picked, setPicked] = useState<string | null>(null);
  const chosen = earlier.find((version) => version.id === picked) ?? earlier[0];
  if (chosen === undefined) return <p>{t("review.noVersions")}</p>;
  const nameOf = ({ version, state, savedAt, createdAt }: SummaryVersion) =>
    t(`review.versionOf.${state}`, { version, date: dateAndTime(savedAt ?? createdAt, language) });
  const restore = async () => {
    if (!(await review.restore(chosen.id))) return;
    tellDone(t("review.restored"));
    onDone();
  };
  return (
    <>
      <Choice
        label={t("review.compareWith")}
        options={earlier.map((version) => ({ id: version.id, title: nameOf(version) }))}
        chosen={chosen.id}
        onChoose={setPicked}
      />
      <p className="quiet">{t("review.differences")}</p>
      <Differences before={wordsOf(chosen.summary)} now={wordsOf(summary)} language={summary.language} />
      <div className="form-foot">
        <TextButton kind="outline" onPress={() => void restore()}>
          {t("review.restore")}
        </TextButton>
        <TextButton kind="plain" onPress={onDone}>
          {t("review.close")}
        </TextButton>
      </div>
    </>
  );
}

interface DifferencesProps {
  readonly before: string;
  readonly now: string;
  readonly language: string;
}

function Differences({ before, now, language }: DifferencesProps) {
  const { t } = useTexts();
  const parts = differences(before, now);
  return (
    <section
      className="review-diff"
      lang={language}
      // It scrolls, so the keyboard must reach it.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      aria-label={t("review.differences")}
    >
      {parts.map(({ key, value, added, removed }) => {
        if (added) return <ins key={key}>{value}</ins>;
        return removed ? <del key={key}>{value}</del> : <span key={key}>{value}</span>;
      })}
    </section>
  );
}

/** Each part with its place, so that React tells them apart. */
function differences(before: string, now: string) {
  let from = 0;
  return diffWords(before, now).map((part) => {
    const key = `${from} ${part.added ? "+" : part.removed ? "-" : "="}`;
    from += part.value.length;
    return { ...part, key };
  });
}

const wordsOf = ({ sections, unplaced }: Summary): string =>
  [
    ...sections.flatMap(({ heading, items }) => [heading, ...items.map(({ text }) => text), ""]),
    ...unplaced.map(({ text }) => text),
  ].join("\n");
