// What a meeting becomes in the template as it stands, following each change. Nothing of it is stored.
import { useEffect, useState } from "react";
import type { Summary, Template } from "../../electron/contract.ts";
import type { SummaryItem } from "../../electron/formats.ts";
import { Choice } from "../parts/Choice.tsx";
import { ErrorText } from "../parts/ErrorText.tsx";
import { ask } from "../state/ask.ts";
import { useSnapshot } from "../state/snapshots.ts";
import { useAnswer } from "../state/use-answer.ts";
import { useTexts } from "../texts/i18n.ts";

/** The bundled example, whether it is in the library or not. */
const example = "example";
/** Written on for so long without a pause, the summary waits. */
const afterMs = 120;
/** A long list of meetings to choose from is no help; the latest are. */
const meetingsMax = 50;

export function DryRun({ template }: { readonly template: Template }) {
  const { t, language } = useTexts();
  const [meetingId, setMeetingId] = useState(example);
  const meetings = useSnapshot("meetings").filter(({ status }) =>
    ["transcribed", "to-review", "approved"].includes(status),
  );
  const settled = useSettled(template);
  const { value: summary, error } = useAnswer(meetingId, JSON.stringify(settled), () =>
    ask("templates.tryOut", meetingId === example ? null : meetingId, settled),
  );
  const waiting = error?.code === "cancelled";
  return (
    // The pane scrolls: without a tab stop of its own a keyboard could not scroll it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className="dry-run" aria-label={t("templates.tryOut")} tabIndex={0}>
      <h2 className="dry-run-title">{t("templates.tryOut")}</h2>
      <Choice
        label={t("templates.tryOutOn")}
        options={[
          { id: example, title: t("templates.exampleMeeting") },
          ...meetings.slice(0, meetingsMax).map(({ id, title, language: lang }) => ({ id, title, lang })),
        ]}
        chosen={meetingId}
        onChoose={setMeetingId}
      />
      <p className="quiet dry-run-hint">{t("templates.tryOutHint")}</p>
      {error !== null && !waiting && (
        <p role="alert" className="templates-error">
          <ErrorText error={error} />
        </p>
      )}
      {summary !== undefined && (
        <div className="dry-run-text" lang={summary.language}>
          <Sections summary={summary} />
          {summary.unplaced.length > 0 && (
            <div>
              <h3 lang={language}>{t("summary.unplaced")}</h3>
              <Items items={summary.unplaced} />
            </div>
          )}
        </div>
      )}
    </section>
  );
}

function Sections({ summary }: { readonly summary: Summary }) {
  const { t, language } = useTexts();
  return summary.sections.map(({ id, heading, state, items }) => (
    <div key={id}>
      <h3>{heading}</h3>
      {state === "not-mentioned" && (
        <p className="dry-run-empty" lang={language}>
          {t("summary.notMentioned")}
        </p>
      )}
      {state === "left-to-person" && (
        <p className="dry-run-empty dry-run-manual" lang={language}>
          {t("summary.manual")}
        </p>
      )}
      <Items items={items} />
    </div>
  ));
}

function Items({ items }: { readonly items: readonly SummaryItem[] }) {
  if (items.length === 0) return null;
  return (
    <ul>
      {items.map((item, at) => (
        // Items have no names of their own, and two may say the same.
        // oxlint-disable-next-line react/no-array-index-key
        <li key={at} data-support={item.support}>
          {item.text}
        </li>
      ))}
    </ul>
  );
}

/** The template once nothing has changed in it for a moment. */
function useSettled(template: Template): Template {
  const [settled, setSettled] = useState(template);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(template), afterMs);
    return () => clearTimeout(timer);
  }, [template]);
  return settled;
}
