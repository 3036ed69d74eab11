// The summary: the template's headings are its spine, and every sentence knows where it was said.
import { useEffect, useMemo, useRef, useState } from "react";
import type { Meeting } from "../../electron/contract.ts";
import { builtInEngineId } from "../../electron/engine-ids.ts";
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
import { changedSince, citations } from "./changed-since.ts";
import { useReading } from "./reading.ts";
import { StaleNote } from "./StaleNote.tsx";
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
  const mayCopy = useSnapshot("policy").copy;
  const { transcript } = texts;
  const isWhole = texts.whole && meeting.sources === undefined;
  const changed = useMemo(() => changedSince(transcript, summary, isWhole), [transcript, summary, isWhole]);
  const review = useReview(meeting.id, summary, changed.segments);
  const { asked, cited } = useReading();
  const pane = useRef<HTMLElement>(null);
  const shown = review?.version.summary;
  useEffect(() => cited.set(shown === undefined ? new Map() : citations(shown)), [cited, shown]);
  useEffect(() => {
    const goTo = () => {
      const wanted = asked.get();
      if (wanted === null || pane.current === null) return;
      asked.set(null);
      const sentence = pane.current.querySelector(`[data-sentence="${CSS.escape(wanted.sentenceKey)}"]`);
      sentence?.querySelector<HTMLElement>(".sentence-text")?.focus();
      sentence?.scrollIntoView({ block: "center" });
    };
    goTo();
    return asked.watch(goTo);
  }, [asked]);
  return (
    // The pane scrolls: without a tab stop of its own a keyboard could not scroll a summary that holds no sentence.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section ref={pane} className="summary" aria-label={t("meeting.summary")} tabIndex={0}>
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
            copyAll={
              mayCopy && <CopyButton label={t("summary.copyAll")} onCopy={() => act("copy.summary", meeting.id)} />
            }
          />
          {changed.any && (
            <StaleNote
              review={review}
              meetingId={meeting.id}
              sentences={changed.sentences}
              busy={activeJob !== undefined}
            />
          )}
          <ReviewContext value={review}>
            <SummaryText meeting={meeting} summary={review.version.summary} segments={segments} />
          </ReviewContext>
        </>
      )}
    </section>
  );
}

function TemplateChoice({ meeting, texts }: Pick<SummaryPaneProps, "meeting" | "texts">) {
  const { t } = useTexts();
  const settings = useSnapshot("settings");
  const shown = texts.summary?.summary.template.id;
  const [picked, setPicked] = useState<string | null>(null);
  const engines = useEngines();
  const [engine, setEngine] = useState<string | null>(null);
  const wanted = engine ?? settings.summaryEngine;
  // One that is gone since is not what the person means.
  const chosenEngine = engines.some(({ id }) => id === wanted) ? wanted : builtInEngineId;
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
