// A report over several meetings: to the left what it was made of, to the right the text, whose citations open the
// meeting where it was said.
import { useMemo, useState } from "react";
import type { Meeting } from "../../electron/contract.ts";
import { MaskedMeeting } from "../masking/MaskedMeeting.tsx";
import { MaskingContext, useMasking } from "../masking/use-masking.ts";
import { MeetingHead } from "../meeting/MeetingHead.tsx";
import { createReading, ReadingContext } from "../meeting/reading.ts";
import { SummaryPane } from "../meeting/SummaryPane.tsx";
import { useMeetingTexts } from "../meeting/use-meeting-texts.ts";
import { go, meetingAddress } from "../state/route.ts";
import { useTexts } from "../texts/i18n.ts";
import { dateAndTime } from "../words/time.ts";
import { joinTranscripts, severalMeetings, useSourceTranscripts } from "./source-texts.ts";
import "./report.css";

interface ReportViewProps {
  readonly report: Meeting;
  readonly sources: NonNullable<Meeting["sources"]>;
}

export function ReportView({ report, sources }: ReportViewProps) {
  const { language } = useTexts();
  const [reading] = useState(createReading);
  const texts = useMeetingTexts(report);
  const loaded = useSourceTranscripts(report.id, sources);
  const transcript = useMemo(() => (loaded === null ? null : joinTranscripts(report, loaded)), [report, loaded]);
  const segments = useMemo(() => new Map(transcript?.segments.map((segment) => [segment.id, segment])), [transcript]);
  const inReport = useMemo(
    () => ({
      ...reading,
      several: severalMeetings(sources, language, (id, segmentId) => go({ view: "meeting", id, segmentId })),
    }),
    [reading, sources, language],
  );
  const masking = useMasking(report);
  return (
    <ReadingContext value={inReport}>
      <MaskingContext value={masking}>
        <main className="meeting">
          <MeetingHead meeting={report} choice={null} hasTranscript={false} hasSummary={texts.summary !== null} />
          {masking.on && texts.summary !== null ? (
            <MaskedMeeting meeting={report} masking={masking} version={`${report.title} ${texts.summary.id}`} />
          ) : (
            <div className="meeting-panes report-panes">
              <Sources sources={sources} />
              <SummaryPane meeting={report} texts={{ ...texts, transcript, error: null }} segments={segments} />
            </div>
          )}
        </main>
      </MaskingContext>
    </ReadingContext>
  );
}

function Sources({ sources }: Pick<ReportViewProps, "sources">) {
  const { t, language } = useTexts();
  return (
    // It scrolls where twelve meetings do not fit: a keyboard must reach it even when all of them are deleted.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className="report-sources" aria-labelledby="report-sources" tabIndex={0}>
      <h2 id="report-sources" className="library-date">
        {t("report.sources")}
      </h2>
      <p className="quiet">{t("report.sourcesHint")}</p>
      <ol className="source-meetings">
        {sources.map(({ id, meetingId, title, recordedAt }) => (
          <li key={id}>
            {meetingId === null ? (
              <span className="source-title">{title}</span>
            ) : (
              <a className="source-title" href={meetingAddress(meetingId)}>
                {title}
              </a>
            )}
            <span className="quiet figures">{dateAndTime(recordedAt, language)}</span>
            {meetingId === null && <span className="quiet">{t("report.sourceGone")}</span>}
          </li>
        ))}
      </ol>
    </section>
  );
}
