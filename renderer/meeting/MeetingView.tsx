// The open meeting: transcript left, summary right, the player along the bottom.
import { useEffect, useEffectEvent, useMemo, useState } from "react";
import type { Mark, Meeting } from "../../electron/contract.ts";
import type { Segment } from "../../electron/formats.ts";
import { MaskedMeeting } from "../masking/MaskedMeeting.tsx";
import { MaskingContext, useMasking } from "../masking/use-masking.ts";
import { SoundLine } from "../originals/SoundLine.tsx";
import { ReportView } from "../report/ReportView.tsx";
import { useShortcuts } from "../shortcuts/use-shortcuts.ts";
import { announce } from "../state/announce.ts";
import { ask } from "../state/ask.ts";
import { useCell } from "../state/cell.ts";
import { addressOf, go, lastOpened } from "../state/route.ts";
import { snapshotCell, useSnapshot } from "../state/snapshots.ts";
import { useAnswer } from "../state/use-answer.ts";
import { useTexts } from "../texts/i18n.ts";
import { tourStep, tourSteps } from "../tour/tour.ts";
import "./meeting.css";
import { MeetingHead } from "./MeetingHead.tsx";
import { nextDoubtful, nextMarked, nextTurn } from "./places.ts";
import { PaneChoice } from "./PaneChoice.tsx";
import { PaneDivider } from "./PaneDivider.tsx";
import { type Pane, usePanes } from "./panes.ts";
import { PlayerBar } from "./PlayerBar.tsx";
import { createReading, lightUp, ReadingContext } from "./reading.ts";
import { SummaryPane } from "./SummaryPane.tsx";
import { TranscriptPane } from "./TranscriptPane.tsx";
import { useMeetingTexts } from "./use-meeting-texts.ts";

interface MeetingViewProps {
  readonly id: string;
  /** A passage to begin at, when one comes from a search. */
  readonly segmentId: string | null;
}

export function MeetingView({ id, segmentId }: MeetingViewProps) {
  const { t } = useTexts();
  const meeting = useSnapshot("meetings").find((candidate) => candidate.id === id);
  useShortcuts({ Escape: () => go({ view: "library" }) });
  useEffect(() => lastOpened.set(id), [id]);
  if (meeting === undefined) {
    return (
      <main className="page">
        <h1>{t("meeting.gone")}</h1>
        <p>
          <a href={addressOf({ view: "library" })}>{t("meeting.backFull")}</a>
        </p>
      </main>
    );
  }
  if (meeting.sources !== undefined) return <ReportView report={meeting} sources={meeting.sources} />;
  return <OpenMeeting meeting={meeting} segmentId={segmentId} />;
}

const none: readonly Mark[] = [];

function OpenMeeting({ meeting, segmentId }: { readonly meeting: Meeting; readonly segmentId: string | null }) {
  const { t } = useTexts();
  const texts = useMeetingTexts(meeting);
  const { transcript } = texts;
  const [reading] = useState(createReading);
  const { player } = reading;
  const panes = usePanes();
  // Nothing to summarise yet: then there is one thing to look at.
  const single = transcript === null && texts.summary === null;
  const both = !single && panes.shown === "both";
  const passages = transcript?.segments ?? [];
  const { value: record } = useAnswer("recording", `${meeting.id} ${meeting.status}`, () =>
    ask("recordings.get", meeting.id),
  );
  const segments = useMemo(() => new Map(transcript?.segments.map((segment) => [segment.id, segment])), [transcript]);

  useTourPane(panes.show);
  useShortcuts({
    " ": player.toggle,
    k: player.toggle,
    j: () => player.skip(-10_000),
    l: () => player.skip(10_000),
    ArrowLeft: () => player.skip(-5000),
    ArrowRight: () => player.skip(5000),
    n: focusNextDoubt,
    b: panes.next,
    d: () => jump(nextDoubtful(passages, placeMs()), "doubtful"),
    m: () => jump(nextMarked(passages, record?.marks ?? none, placeMs()), "marked"),
    t: () => jump(nextTurn(passages, placeMs()), "turn"),
  });

  /** Where one is: where the sound stands, or the passage that one went to last where there is none. */
  function placeMs(): number {
    if (meeting.hasSound) return player.positionMs.get();
    const [lit = ""] = reading.lit.get().segments;
    return segments.get(lit)?.startMs ?? -1;
  }
  function jump(passage: Segment | null, what: "doubtful" | "marked" | "turn"): void {
    if (passage === null) {
      announce(t(`meeting.none.${what}`));
      return;
    }
    lightUp(reading, [passage], null, false);
    if (meeting.hasSound) player.seek(passage.startMs);
  }

  useEffect(() => {
    const found = segmentId === null ? undefined : segments.get(segmentId);
    if (found) lightUp(reading, [found], null, false);
  }, [segmentId, segments, reading]);

  // What a window beside this one wants to be shown: as when its sentence is chosen here.
  const showWanted = useEffectEvent(() => {
    const wanted = snapshotCell("passage").get();
    const found = wanted?.meetingId === meeting.id ? segments.get(wanted.segmentId) : undefined;
    if (found) lightUp(reading, [found], null, meeting.hasSound);
  });
  useEffect(() => snapshotCell("passage").watch(() => showWanted()), []);

  // Where only one pane is shown, choosing a sentence must show the passages it rests on, and the other way round.
  const showPane = useEffectEvent((pane: Pane) => panes.show(pane));
  useEffect(() => reading.revealed.watch(() => showPane("transcript")), [reading]);
  useEffect(() => reading.asked.watch(() => reading.asked.get() !== null && showPane("summary")), [reading]);

  const masking = useMasking(meeting);
  // Names do not flash up before it is known whether they are to be seen.
  const isMasked = (masking.on || !masking.loaded) && !single;

  return (
    <ReadingContext value={reading}>
      <MaskingContext value={masking}>
        <main className="meeting">
          <MeetingHead
            meeting={meeting}
            hasTranscript={transcript !== null}
            hasSummary={texts.summary !== null}
            choice={!single && !isMasked && <PaneChoice meetingId={meeting.id} panes={panes} />}
          />
          <SoundLine meetingId={meeting.id} />
          {isMasked && masking.loaded && (
            <MaskedMeeting
              meeting={meeting}
              masking={masking}
              version={`${meeting.title} ${meeting.status} ${texts.summary?.id ?? ""}`}
            />
          )}
          {!isMasked && (
            <div
              className="meeting-panes"
              style={{
                gridTemplateColumns: both
                  ? `minmax(0, ${String(panes.share)}fr) auto minmax(0, ${String(1 - panes.share)}fr)`
                  : "minmax(0, 1fr)",
              }}
            >
              {(single || panes.shown !== "summary") && <TranscriptPane meeting={meeting} texts={texts} />}
              {both && <PaneDivider share={panes.share} onMove={panes.setShare} onLeave={panes.keepShare} />}
              {!single && panes.shown !== "transcript" && (
                <SummaryPane meeting={meeting} texts={texts} segments={segments} />
              )}
            </div>
          )}
          {meeting.hasSound && (
            <PlayerBar meeting={meeting} transcript={transcript} marks={record?.marks ?? none} nameless={isMasked} />
          )}
        </main>
      </MaskingContext>
    </ReadingContext>
  );
}

/** Where only one pane is shown, the tour shows the one it speaks of. */
function useTourPane(show: (pane: Pane) => void): void {
  const step = useCell(tourStep);
  const turn = useEffectEvent(show);
  useEffect(() => {
    const pane = step === null ? null : (tourSteps[step]?.pane ?? null);
    if (pane !== null) turn(pane);
  }, [step]);
}

/** Walks from one sentence that is not fully supported to the next, and around. */
function focusNextDoubt(): void {
  const doubts = [
    ...document.querySelectorAll<HTMLElement>("[data-support=weak] button, [data-support=unsupported] button"),
  ].filter((button) => button.matches(".sentence-text"));
  const at = doubts.indexOf(document.activeElement as HTMLElement);
  const next = doubts[(at + 1) % doubts.length];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}
