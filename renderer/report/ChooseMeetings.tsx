// Choosing what a report is made of: the meetings of one case at a press, or any two to twelve, and a template.
import { useState } from "react";
import { BackToLibrary } from "../parts/BackToLibrary.tsx";
import { Choice } from "../parts/Choice.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { useShortcuts } from "../shortcuts/use-shortcuts.ts";
import { act, ask } from "../state/ask.ts";
import { go } from "../state/route.ts";
import { useSnapshot } from "../state/snapshots.ts";
import { useAnswer } from "../state/use-answer.ts";
import { useArrival } from "../state/use-arrival.ts";
import { useTexts } from "../texts/i18n.ts";
import { MeetingChoices, SameCase } from "./MeetingChoices.tsx";
import { usePicked } from "./use-picked.ts";
import "./report.css";
import { fewest, most } from "./summarised-meetings.ts";

export function ChooseMeetings() {
  const { t } = useTexts();
  const { meetings, fitting, chosen, pick } = usePicked();
  const heading = useArrival(t("report.title"));
  useShortcuts({ Escape: () => go({ view: "library" }) });
  return (
    <main className="page choose-meetings">
      <BackToLibrary />
      <h1 ref={heading} tabIndex={-1}>
        {t("report.title")}
      </h1>
      <p className="lead">{fitting.length < fewest ? t("report.needsTwo") : t("report.lead")}</p>
      {fitting.length >= fewest && (
        <>
          <SameCase meetings={meetings} onChoose={pick} />
          <MeetingChoices meetings={fitting} chosen={chosen} onChoose={pick} />
          <MakeReport chosen={chosen} />
        </>
      )}
    </main>
  );
}

function MakeReport({ chosen }: { readonly chosen: readonly string[] }) {
  const { t } = useTexts();
  const settings = useSnapshot("settings");
  const [picked, pick] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const { value: templates = [] } = useAnswer("templates", "", () => ask("templates.list"));
  const template = templates.find(({ id }) => id === (picked ?? settings.templateId)) ?? templates[0];
  const make = async () => {
    if (template === undefined) return;
    setBusy(true);
    const title = t("report.name", { template: template.title, count: chosen.length }).slice(0, 200);
    const report = await act("reports.make", [...chosen], template.id, title);
    if (report === undefined) setBusy(false);
    else go({ view: "meeting", id: report.id, segmentId: null });
  };
  const reason =
    chosen.length < fewest ? t("report.tooFew") : chosen.length > most ? t("report.tooMany", { most }) : null;
  return (
    <footer className="make-report">
      <Choice
        label={t("report.template")}
        options={templates.map(({ id, title, description, language: lang }) => ({ id, title, description, lang }))}
        chosen={template?.id ?? ""}
        onChoose={pick}
      />
      <output className="quiet make-report-count">
        {t("report.chosen", { count: chosen.length })}
        {reason !== null && `. ${reason}`}
      </output>
      <TextButton
        kind="primary"
        isDisabled={reason !== null || template === undefined || busy}
        onPress={() => void make()}
      >
        {t("report.make")}
      </TextButton>
    </footer>
  );
}
