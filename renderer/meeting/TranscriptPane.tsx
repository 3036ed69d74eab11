// The transcript, set to be read; only what is near the eye is drawn.
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef } from "react";
import type { Meeting, Transcript } from "../../electron/contract.ts";
import { CorrectBar } from "../correct/CorrectBar.tsx";
import { CorrectionsContext, useCorrecting, useCorrections } from "../correct/use-corrections.ts";
import { ErrorText } from "../parts/ErrorText.tsx";
import { WhoIsWho } from "../speakers/WhoIsWho.tsx";
import { useShortcuts } from "../shortcuts/use-shortcuts.ts";
import { useCell } from "../state/cell.ts";
import { useListener } from "../state/use-listener.ts";
import { useTexts } from "../texts/i18n.ts";
import { speakerWords } from "../words/speaker-words.ts";
import { FollowButton } from "./FollowButton.tsx";
import { NoTranscript } from "./NoTranscript.tsx";
import { ParagraphRow } from "./ParagraphRow.tsx";
import { type Paragraph, paragraphIndex, toParagraphs } from "./paragraphs.ts";
import { wordTime } from "./places.ts";
import { useReading } from "./reading.ts";
import { SpeakerBar } from "./SpeakerBar.tsx";
import { SuggestionBar } from "./SuggestionBar.tsx";
import "./transcript.css";
import type { MeetingTexts } from "./use-meeting-texts.ts";

interface TranscriptPaneProps {
  readonly meeting: Meeting;
  readonly texts: MeetingTexts;
}

export function TranscriptPane({ meeting, texts }: TranscriptPaneProps) {
  const { t } = useTexts();
  const { transcript } = texts;
  return (
    <section
      className="transcript"
      aria-label={t("meeting.transcript")}
      aria-busy={!texts.whole}
      data-whole={(transcript !== null && texts.whole) || undefined}
    >
      <h2 className="unseen">{t("meeting.transcript")}</h2>
      {transcript !== null ? (
        <>
          <SpeakerBar meetingId={meeting.id} transcript={transcript} onChanged={texts.reload} />
          <Correctable meeting={meeting} transcript={transcript} texts={texts} />
        </>
      ) : texts.error !== null ? (
        <p role="alert" className="pane-words">
          <ErrorText error={texts.error} />
        </p>
      ) : (
        texts.loaded && <NoTranscript meeting={meeting} texts={texts} />
      )}
    </section>
  );
}

interface CorrectableProps {
  readonly meeting: Meeting;
  readonly transcript: Transcript;
  readonly texts: MeetingTexts;
}

function Correctable({ meeting, transcript, texts }: CorrectableProps) {
  const corrections = useCorrections(meeting.id, transcript, texts);
  return (
    <CorrectionsContext value={corrections}>
      <div className="transcript-tools">
        <SuggestionBar meetingId={meeting.id} transcript={transcript} onChanged={texts.reload} />
        <CorrectBar />
        <WhoIsWho meetingId={meeting.id} transcript={transcript} hasSound={meeting.hasSound} onChanged={texts.reload} />
      </div>
      <Paragraphs transcript={transcript} hasSound={meeting.hasSound} />
      {meeting.hasSound && <FollowButton />}
    </CorrectionsContext>
  );
}

function Paragraphs({ transcript, hasSound }: { readonly transcript: Transcript; readonly hasSound: boolean }) {
  const { t } = useTexts();
  const reading = useReading();
  const { editing } = useCorrecting();
  const scroller = useRef<HTMLDivElement>(null);
  const paragraphs = useMemo(() => toParagraphs(transcript.segments), [transcript]);
  const indexOf = useMemo(() => paragraphIndex(paragraphs), [paragraphs]);
  const byId = useMemo(() => new Map(transcript.segments.map((segment) => [segment.id, segment])), [transcript]);
  const speakers = useMemo(() => speakerWords(transcript, t), [transcript, t]);
  // oxlint-disable-next-line react/incompatible-library -- its functions are called only while rendering this component.
  const rows = useVirtualizer({
    count: paragraphs.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => paragraphs[index]?.id ?? index,
    estimateSize: (index) => heightGuess(paragraphs[index]),
    overscan: 5,
    paddingStart: 8,
    paddingEnd: 32,
    useFlushSync: false,
  });

  const revealed = useCell(reading.revealed);
  useEffect(() => {
    const index = revealed === null ? undefined : indexOf.get(revealed.segmentId);
    if (index !== undefined) rows.scrollToIndex(index, { align: "center" });
  }, [revealed, indexOf, rows]);

  // Keeps what is spoken in view, until the reader scrolls away.
  useEffect(
    () =>
      reading.spoken.watch(() => {
        const index = indexOf.get(reading.spoken.get() ?? "");
        if (index === undefined || !reading.following.get() || !reading.player.playing.get()) return;
        rows.scrollToIndex(index, { align: "auto" });
      }),
    [reading, indexOf, rows],
  );
  useListener(scroller, "wheel", () => reading.following.set(false));
  useListener(scroller, "pointerdown", () => reading.following.set(false));

  const segmentUnder = (event: Event) => byId.get(within(event, "data-segment") ?? "");
  useListener(scroller, "mouseover", (event) => {
    const id = segmentUnder(event)?.id;
    reading.pointed.set(id === undefined ? nothing : [id]);
  });
  useListener(scroller, "mouseleave", () => reading.pointed.set(nothing));
  // The same as the time beside the paragraph, to the sentence; a click that ends a selection selects, and nothing else.
  useListener(scroller, "click", (event) => {
    const segment = segmentUnder(event);
    if (!segment || !hasSound || !(window.getSelection()?.isCollapsed ?? true)) return;
    reading.following.set(true);
    const caret = document.caretPositionFromPoint(event.clientX, event.clientY);
    const isText = caret?.offsetNode.nodeType === Node.TEXT_NODE;
    reading.player.playFrom(isText ? wordTime(segment, caret.offset) : segment.startMs);
  });
  useListener(scroller, "dblclick", (event) => {
    const line = segmentUnder(event) && paragraphs[Number(within(event, "data-index"))];
    if (line && line.segments.some(({ state }) => state !== "struck")) editing.set({ lineId: line.id, caret: null });
  });
  useShortcuts({
    // The line that is reached by keyboard, or else the one that is heard.
    e() {
      const reached = document.activeElement?.closest("[data-index]")?.getAttribute("data-index");
      const line = paragraphs[Number(reached ?? indexOf.get(reading.spoken.get() ?? "") ?? Number.NaN)];
      if (line) editing.set({ lineId: line.id, caret: null });
    },
  });
  useListener(scroller, "keydown", (event) => {
    if (awayKeys.has(event.key)) reading.following.set(false);
    const change = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const next = Number(within(event, "data-index") ?? Number.NaN) + change;
    if (change === 0 || paragraphs[next] === undefined) return;
    event.preventDefault();
    rows.scrollToIndex(next, { align: "auto" });
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-index="${next}"] button`)?.focus());
  });

  return (
    <div ref={scroller} className="paragraphs">
      <ul lang={transcript.language} className="paragraphs-all" style={{ blockSize: rows.getTotalSize() }}>
        {rows.getVirtualItems().map((row) => {
          const paragraph = paragraphs[row.index];
          return (
            paragraph && (
              <li
                key={row.key}
                ref={rows.measureElement}
                aria-posinset={row.index + 1}
                aria-setsize={paragraphs.length}
                data-index={row.index}
                className="paragraph-place"
                style={{ transform: `translateY(${row.start}px)` }}
              >
                <ParagraphRow
                  paragraph={paragraph}
                  before={paragraphs[row.index - 1]}
                  after={paragraphs[row.index + 1]}
                  speaker={speakers.get(paragraph.speaker ?? "")}
                  hasSound={hasSound}
                />
              </li>
            )
          );
        })}
      </ul>
    </div>
  );
}

const nothing: readonly string[] = [];
/** By these a reader goes somewhere else. */
const awayKeys: ReadonlySet<string> = new Set(["ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", "End"]);

/** The attribute of the nearest element around an event that has it. */
const within = (event: Event, attribute: string): string | null =>
  event.target instanceof Element ? (event.target.closest(`[${attribute}]`)?.getAttribute(attribute) ?? null) : null;

const charactersPerLine = 62;
const lineHeightPx = 27;

/** Before a paragraph is drawn and measured: from its length. */
function heightGuess(paragraph: Paragraph | undefined): number {
  if (paragraph === undefined) return lineHeightPx;
  const characters = paragraph.segments.reduce((sum, { text }) => sum + text.length + 1, 0);
  return Math.ceil(characters / charactersPerLine) * lineHeightPx + (paragraph.newSpeaker ? 48 : 16);
}
