// The picture of a whole meeting on a canvas: how loud it is, who speaks when, what was heard unsurely, what was marked.
// Runs in the window.
import type { Mark, Transcript } from "../../electron/contract.ts";
import { fromPeak, peakStepMs } from "../../electron/peaks.ts";
import type { SpeakerWords } from "../words/speaker-words.ts";
import { isDoubtful } from "./places.ts";

export interface Picture {
  /** A byte for each step (electron/peaks.ts); null while that is not known. */
  readonly peaks: Uint8Array | null;
  readonly transcript: Transcript | null;
  readonly speakers: ReadonlyMap<string, SpeakerWords>;
  readonly marks: readonly Mark[];
  readonly durationMs: number;
}

/** In CSS pixels: the lanes on top, a line of doubt at the foot, the sound between them. */
const lanesHeight = 14;
const laneThickness = 3;
const doubtHeight = 2;
const gap = 2;

/** Amplitudes of the 256 peaks there are. */
const amplitudes = Float32Array.from({ length: 256 }, (_, peak) => fromPeak(peak));
/** A voice far away is seen beside one that is near. */
const softness = 0.6;
/** One bang in a hundred does not make the rest small. */
const fullShare = 0.99;

/**
 * The height of the sound in each column, 0 to 1: the loudest of its stretch against what is loud in this meeting, so that
 * a faint recording is seen as well as a loud one.
 */
export function columnsOf(peaks: Uint8Array, durationMs: number, count: number): Float32Array {
  const columns = new Float32Array(count);
  const perColumn = durationMs / peakStepMs / count;
  for (let at = 0; at < count; at++) {
    const from = Math.floor(at * perColumn);
    const to = Math.max(from + 1, Math.floor((at + 1) * perColumn));
    let highest = 0;
    for (let step = from; step < to && step < peaks.length; step++) highest = Math.max(highest, peaks[step] ?? 0);
    columns[at] = amplitudes[highest] ?? 0;
  }
  const heard = columns.filter((column) => column > 0).toSorted();
  const full = heard[Math.min(heard.length - 1, Math.floor(heard.length * fullShare))] ?? 1;
  return columns.map((column) => Math.min(1, column / full) ** softness);
}

export function drawWaveform(element: HTMLCanvasElement, picture: Picture, colourOf: (token: string) => string): void {
  const { clientWidth: width, clientHeight: height } = element;
  const pen = element.getContext("2d");
  if (pen === null || width === 0) return;
  const scale = window.devicePixelRatio;
  element.width = Math.round(width * scale);
  element.height = Math.round(height * scale);
  pen.scale(scale, scale);
  const { peaks, transcript, speakers, marks, durationMs } = picture;
  const leftOf = (atMs: number): number => (atMs / durationMs) * width;
  const top = lanesHeight + gap;
  const room = height - top - doubtHeight - gap;
  const middle = top + room / 2;

  pen.fillStyle = colourOf("--edge");
  if (peaks === null) pen.fillRect(0, middle - 0.5, width, 1);
  else
    for (const [at, column] of columnsOf(peaks, durationMs, Math.floor(width / 2)).entries()) {
      const tall = Math.max(1, column * room);
      pen.fillRect(at * 2, middle - tall / 2, 1.25, tall);
    }

  if (transcript !== null) {
    const lane = lanesHeight / Math.max(1, speakers.size);
    const places = [...speakers.keys()];
    for (const { startMs, endMs, speaker } of transcript.segments) {
      const words = speakers.get(speaker ?? "");
      if (words === undefined) continue;
      pen.fillStyle = colourOf(`--speaker-${String(words.colour)}`);
      const across = Math.max(1, leftOf(endMs) - leftOf(startMs) - 0.5);
      pen.fillRect(
        leftOf(startMs),
        places.indexOf(words.speaker.id) * lane,
        across,
        Math.max(1.5, Math.min(laneThickness, lane - 1)),
      );
    }
    pen.fillStyle = colourOf("--amber");
    for (const segment of transcript.segments)
      if (isDoubtful(segment)) {
        const across = Math.max(2, leftOf(segment.endMs) - leftOf(segment.startMs));
        pen.fillRect(leftOf(segment.startMs), height - doubtHeight, across, doubtHeight);
      }
  }
  pen.fillStyle = colourOf("--ink");
  for (const { atMs } of marks) pen.fillRect(leftOf(atMs) - 1, 0, 2, height);
}
