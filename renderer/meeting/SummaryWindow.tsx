// A summary in a window of its own: the passage that a sentence rests on is shown in the meeting's own window.
import { useMemo, useState } from "react";
import type { Segment } from "../../electron/formats.ts";
import { MaskedMeeting } from "../masking/MaskedMeeting.tsx";
import { MaskingContext, useMasking } from "../masking/use-masking.ts";
import { Notices } from "../parts/Notices.tsx";
import { act } from "../state/ask.ts";
import { useSnapshot } from "../state/snapshots.ts";
import type { Meeting } from "../../electron/contract.ts";
import { useTexts } from "../texts/i18n.ts";
import "./meeting.css";
import { createReading, type Reading, ReadingContext } from "./reading.ts";
import { SummaryPane } from "./SummaryPane.tsx";
import { useMeetingTexts } from "./use-meeting-texts.ts";

export function SummaryWindow({ id }: { readonly id: string }) {
  const { t } = useTexts();
  const meeting = useSnapshot("meetings").find((candidate) => candidate.id === id);
  if (meeting === undefined)
    return (
      <main className="page">
        <h1>{t("meeting.gone")}</h1>
      </main>
    );
  return <Opened meeting={meeting} />;
}

function Opened({ meeting }: { readonly meeting: Meeting }) {
  const texts = useMeetingTexts(meeting);
  const masking = useMasking(meeting);
  const [reading] = useState((): Reading => ({
    ...createReading(),
    elsewhere: ({ id }: Segment) => void act("windows.passage", meeting.id, id),
  }));
  const { transcript } = texts;
  const segments = useMemo(() => new Map(transcript?.segments.map((segment) => [segment.id, segment])), [transcript]);
  return (
    <ReadingContext value={reading}>
      <MaskingContext value={masking}>
        <main className="meeting summary-window">
          <header className="summary-window-head">
            <h1 className="summary-window-title">{meeting.title}</h1>
          </header>
          {masking.on ? (
            <MaskedMeeting
              meeting={meeting}
              masking={masking}
              version={`${meeting.title} ${texts.summary?.id ?? ""}`}
            />
          ) : (
            <div className="meeting-panes">
              {masking.loaded && <SummaryPane meeting={meeting} texts={texts} segments={segments} />}
            </div>
          )}
        </main>
      </MaskingContext>
      <Notices />
    </ReadingContext>
  );
}
