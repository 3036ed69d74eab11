// Who speaks when, over the whole meeting: one thin lane a speaker, drawn on a canvas. Under the lanes a line where the
// recogniser was unsure, and across them a stroke where somebody made a mark.
import { useEffect, useMemo, useRef } from "react";
import type { Mark } from "../../electron/contract.ts";
import type { Transcript } from "../../electron/formats.ts";
import { useSnapshot } from "../state/snapshots.ts";
import { useMedia } from "../state/use-media.ts";
import { useTexts } from "../texts/i18n.ts";
import { isDoubtful } from "./places.ts";
import { speakerWords } from "../words/speaker-words.ts";

interface SpeakerLanesProps {
  readonly transcript: Transcript;
  readonly marks: readonly Mark[];
  readonly durationMs: number;
}

export function SpeakerLanes({ transcript, marks, durationMs }: SpeakerLanesProps) {
  const { t } = useTexts();
  const canvas = useRef<HTMLCanvasElement>(null);
  const { theme } = useSnapshot("settings");
  const dark = useMedia("(prefers-color-scheme: dark)");
  // The colours are read from the tokens as they are now: another scheme is another drawing.
  const scheme = `${theme} ${dark}`;
  const speakers = useMemo(() => speakerWords(transcript, t), [transcript, t]);

  useEffect(() => {
    const element = canvas.current;
    if (element === null) return undefined;
    const draw = () => drawLanes(element, { transcript, marks, durationMs }, speakers, scheme);
    const observer = new ResizeObserver(draw);
    observer.observe(element);
    return () => observer.disconnect();
  }, [transcript, marks, speakers, durationMs, scheme]);

  return <canvas ref={canvas} className="lanes" aria-hidden />;
}

function drawLanes(
  element: HTMLCanvasElement,
  { transcript, marks, durationMs }: SpeakerLanesProps,
  speakers: ReturnType<typeof speakerWords>,
  scheme: string,
): void {
  const { clientWidth, clientHeight } = element;
  const pen = element.getContext("2d");
  if (pen === null || clientWidth === 0) return;
  const scale = window.devicePixelRatio;
  element.width = clientWidth * scale;
  element.height = clientHeight * scale;
  pen.scale(scale, scale);
  const lanes = Math.max(1, speakers.size);
  const lane = (clientHeight - doubtHeight) / lanes;
  const leftOf = (atMs: number): number => (atMs / durationMs) * clientWidth;
  const places = [...speakers.keys()];
  for (const { startMs, endMs, speaker } of transcript.segments) {
    const words = speakers.get(speaker ?? "");
    if (words === undefined) continue;
    pen.fillStyle = tokenColour(element, `--speaker-${words.colour}`, scheme);
    const top = places.indexOf(words.speaker.id) * lane;
    const width = Math.max(1, leftOf(endMs) - leftOf(startMs) - 0.5);
    pen.fillRect(leftOf(startMs), top, width, Math.max(1.5, Math.min(3, lane - 1)));
  }
  pen.fillStyle = tokenColour(element, "--amber", scheme);
  for (const segment of transcript.segments)
    if (isDoubtful(segment)) {
      const width = Math.max(1.5, leftOf(segment.endMs) - leftOf(segment.startMs));
      pen.fillRect(leftOf(segment.startMs), clientHeight - 1.5, width, 1.5);
    }
  pen.fillStyle = tokenColour(element, "--ink", scheme);
  for (const { atMs } of marks) pen.fillRect(leftOf(atMs) - 1, 0, 2, clientHeight);
}

/** Room for the line under the lanes. */
const doubtHeight = 2.5;

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
