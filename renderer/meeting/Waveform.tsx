// The whole meeting along the player: seen, pointed at, and gone to by mouse, finger or key.
import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef, useState } from "react";
import type { Mark, Meeting, Transcript } from "../../electron/contract.ts";
import { ask } from "../state/ask.ts";
import { useSnapshot } from "../state/snapshots.ts";
import { useAnswer } from "../state/use-answer.ts";
import { useMedia } from "../state/use-media.ts";
import { useTexts } from "../texts/i18n.ts";
import { speakerWords } from "../words/speaker-words.ts";
import { clock } from "../words/time.ts";
import { drawWaveform } from "./draw-waveform.ts";
import { segmentAt } from "./paragraphs.ts";
import { useReading } from "./reading.ts";

interface WaveformProps {
  readonly meeting: Meeting;
  readonly transcript: Transcript | null;
  readonly marks: readonly Mark[];
  /** Who speaks is not told. */
  readonly nameless: boolean;
  readonly positionMs: number;
}

const littleMs = 5000;
const muchMs = 60_000;
/** While one drags, sound is looked for no oftener than this. */
const dragEveryMs = 120;

export function Waveform({ meeting, transcript, marks, nameless, positionMs }: WaveformProps) {
  const { t } = useTexts();
  const { player } = useReading();
  const soughtAt = useRef(0);
  const [pointedMs, setPointedMs] = useState<number | null>(null);
  const [draggedMs, setDraggedMs] = useState<number | null>(null);
  const totalMs = Math.max(1, meeting.durationMs);
  const speakers = useMemo(() => (transcript === null ? noSpeakers : speakerWords(transcript, t)), [transcript, t]);
  const atMs = draggedMs ?? Math.min(positionMs, totalMs);
  const whoAt = (ms: number): string | undefined => {
    const segment = !nameless && transcript && segmentAt(transcript.segments, ms);
    return segment && ms <= segment.endMs ? speakers.get(segment.speaker ?? "")?.name : undefined;
  };
  const wordsAt = (ms: number): string => [clock(ms), whoAt(ms)].filter(Boolean).join(" · ");

  const timeUnder = (event: PointerEvent): number => {
    const box = event.currentTarget.getBoundingClientRect();
    return Math.round(Math.min(1, Math.max(0, (event.clientX - box.left) / Math.max(1, box.width))) * totalMs);
  };
  const seek = (ms: number) => player.seek(Math.min(totalMs, Math.max(0, ms)));
  const drag = (event: PointerEvent) => {
    const ms = timeUnder(event);
    setDraggedMs(ms);
    if (event.timeStamp - soughtAt.current < dragEveryMs) return;
    soughtAt.current = event.timeStamp;
    seek(ms);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const to = {
      ArrowLeft: positionMs - littleMs,
      ArrowDown: positionMs - littleMs,
      ArrowRight: positionMs + littleMs,
      ArrowUp: positionMs + littleMs,
      PageDown: positionMs - muchMs,
      PageUp: positionMs + muchMs,
      Home: 0,
      End: totalMs,
    }[event.key];
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    seek(to);
  };

  return (
    <div
      className="waveform"
      // A range of the browser's own cannot carry the drawing, nor say who speaks where it stands.
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
      role="slider"
      tabIndex={0}
      aria-label={t("player.position")}
      aria-valuemin={0}
      aria-valuemax={Math.round(totalMs / 1000)}
      aria-valuenow={Math.round(atMs / 1000)}
      aria-valuetext={[t("player.positionValue", { time: clock(atMs), total: clock(totalMs) }), whoAt(atMs)]
        .filter(Boolean)
        .join(", ")}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        soughtAt.current = 0;
        drag(event);
      }}
      onPointerMove={(event) => {
        setPointedMs(timeUnder(event));
        if (draggedMs !== null) drag(event);
      }}
      onPointerUp={() => {
        if (draggedMs !== null) seek(draggedMs);
        setDraggedMs(null);
      }}
      onPointerCancel={() => setDraggedMs(null)}
      onPointerLeave={() => setPointedMs(null)}
    >
      <span className="waveform-done" style={{ inlineSize: shareOf(atMs, totalMs) }} />
      <Drawing meeting={meeting} transcript={transcript} marks={marks} speakers={speakers} />
      <span className="waveform-head" style={{ insetInlineStart: shareOf(atMs, totalMs) }} />
      {pointedMs !== null && (
        <span className="waveform-pointed figures" style={{ insetInlineStart: shareOf(pointedMs, totalMs) }}>
          {wordsAt(pointedMs)}
        </span>
      )}
    </div>
  );
}

const noSpeakers: ReturnType<typeof speakerWords> = new Map();
const shareOf = (ms: number, totalMs: number): string => `${String((100 * ms) / totalMs)}%`;

interface DrawingProps extends Omit<WaveformProps, "positionMs" | "nameless"> {
  readonly speakers: ReturnType<typeof speakerWords>;
}

/** Drawn anew when what it shows changes, its size, or the colours; not as the sound goes on. */
function Drawing({ meeting, transcript, marks, speakers }: DrawingProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { theme } = useSnapshot("settings");
  const dark = useMedia("(prefers-color-scheme: dark)");
  const forced = useMedia("(forced-colors: active)");
  // The colours are read from the tokens as they are now: another scheme is another drawing.
  const scheme = `${theme} ${String(dark)} ${String(forced)}`;
  const { id, status } = meeting;
  const durationMs = Math.max(1, meeting.durationMs);
  const struck = transcript?.segments.filter(({ state }) => state === "struck").length ?? 0;
  const { value: peaks = null } = useAnswer(id, `${status} ${String(durationMs)} ${String(struck)}`, () =>
    ask("sound.peaks", id),
  );

  useEffect(() => {
    const element = canvas.current;
    if (element === null) return undefined;
    const draw = () =>
      drawWaveform(element, { peaks, transcript, speakers, marks, durationMs }, (token) =>
        tokenColour(element, token, scheme),
      );
    const observer = new ResizeObserver(draw);
    observer.observe(element);
    return () => observer.disconnect();
  }, [peaks, transcript, marks, speakers, durationMs, scheme]);

  return <canvas ref={canvas} className="waveform-drawing" data-measured={peaks !== null || undefined} aria-hidden />;
}

const measured = new Map<string, string>();

/** A colour token as a colour the canvas understands. */
function tokenColour(near: HTMLElement, token: string, scheme: string): string {
  const key = `${scheme} ${token}`;
  const known = measured.get(key);
  if (known !== undefined) return known;
  const before = near.style.color;
  near.style.color = `var(${token})`;
  const colour = getComputedStyle(near).color;
  near.style.color = before;
  measured.set(key, colour);
  return colour;
}
