// The summary: the template's headings are its spine, and every sentence knows where it was said.
import { useState } from "react";
import type { Meeting } from "../../electron/contract.ts";
import type { Segment } from "../../electron/formats.ts";
import { Choice } from "../parts/Choice.tsx";
import { CopyButton } from "../parts/CopyButton.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { ReviewHead } from "../review/ReviewHead.tsx";
import { ReviewContext, useReview } from "../review/use-review.ts";
import { act, ask } from "../state/ask.ts";
import { useSnapshot } from "../state/snapshots.ts";
import { useAnswer } from "../state/use-answer.ts";
import { useTexts } from "../texts/i18n.ts";
import { jobInWords } from "../words/job-words.ts";
import { useEngines } from "../words/use-engines.ts";
import { DraftText } from "./DraftText.tsx";
import "./summary.css";
import { SummaryText } from "./SummaryText.tsx";
import type { MeetingTexts } from "./use-meeting-texts.ts";

interface SummaryPaneProps {
  readonly meeting: Meeting;
  readonly texts: MeetingTexts;
  readonly segments: ReadonlyMap<string, Segment>;
}

export function SummaryPane({ meeting, texts, segments }: SummaryPaneProps) {
  const { t } = useTexts();
  const { summary, activeJob } = texts;
  const draft = useSnapshot("draft");
  const review = useReview(meeting.id, summary, changedSince(texts));
  return (
    // The pane scrolls: without a tab stop of its own a keyboard could not scroll a summary that holds no sentence.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className="summary" aria-label={t("meeting.summary")} tabIndex={0}>
      <h2 className="unseen">{t("meeting.summary")}</h2>
      {texts.transcript !== null && <TemplateChoice meeting={meeting} texts={texts} />}
      {activeJob && texts.transcript !== null && <p className="summary-state">{jobInWords(activeJob, t)}</p>}
      {draft !== null && draft.meetingId === meeting.id && <DraftText draft={draft} />}
      {summary === null && !activeJob && texts.loaded && texts.transcript !== null && (
        <p className="summary-state">{t("summary.none")}</p>
      )}
      {review !== null && (
        <>
          <ReviewHead
            review={review}
            copyAll={<CopyButton label={t("summary.copyAll")} onCopy={() => act("copy.summary", meeting.id)} />}
          />
          {isStale(texts) && <p className="summary-stale">{t("summary.stale")}</p>}
          <ReviewContext value={review}>
            <SummaryText meeting={meeting} summary={review.version.summary} segments={segments} />
          </ReviewContext>
        </>
      )}
    </section>
  );
}

/** True when the transcript's words were changed after the summary was made. */
const isStale = ({ transcript, summary }: MeetingTexts): boolean =>
  transcript?.editedAt !== undefined && summary !== null && transcript.editedAt > summary.createdAt;

/** The segments whose words a person changed or struck, where that was after the summary was made. */
const changedSince = (texts: MeetingTexts): ReadonlySet<string> =>
  new Set(
    isStale(texts)
      ? texts.transcript?.segments
          .filter((one) => one.state === "struck" || (one.changedAt ?? "") > (texts.summary?.createdAt ?? ""))
          .map(({ id }) => id)
      : [],
  );

function TemplateChoice({ meeting, texts }: Pick<SummaryPaneProps, "meeting" | "texts">) {
  const { t } = useTexts();
  const settings = useSnapshot("settings");
  const shown = texts.summary?.summary.template.id;
  const [picked, setPicked] = useState<string | null>(null);
  const engines = useEngines();
  const [engine, setEngine] = useState<string | null>(null);
  const chosenEngine = engine ?? settings.summaryEngine;
  const { value: templates = [] } = useAnswer("templates", "", () => ask("templates.list"));
  const chosen = picked ?? shown ?? settings.templateId;
  const template = templates.find(({ id }) => id === chosen);
  const busy = texts.activeJob !== undefined;
  const summarise = async () => {
    await act("summaries.make", meeting.id, chosen, chosenEngine);
  };
  return (
    <div className="summary-make">
      <Choice
        label={t("summary.template")}
        options={templates.map(({ id, title, description, language: lang }) => ({ id, title, description, lang }))}
        chosen={chosen}
        onChoose={setPicked}
      />
      {engines.length > 1 && (
        <Choice label={t("engines.choose")} options={engines} chosen={chosenEngine} onChoose={setEngine} />
      )}
      <TextButton
        kind={chosen === shown ? "outline" : "primary"}
        isDisabled={busy || !template}
        onPress={() => void summarise()}
      >
        {t("summary.make")}
      </TextButton>
      {template?.notFor && template.notFor.length > 0 && (
        <p className="quiet summary-not-for">
          {t("summary.notFor", { uses: template.notFor.map((use) => use.replace(/\.$/u, "")).join("; ") })}
        </p>
      )}
    </div>
  );
}
