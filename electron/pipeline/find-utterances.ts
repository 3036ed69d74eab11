// Where an utterance begins and ends, told while it is spoken: frame by frame, without knowing what comes. Pure but for
// the frames it holds.
import {
  endBelow,
  frameMs,
  padMs,
  quietMs,
  shortestSpeechMs,
  shortestWordMs,
  startAt,
  sureOfWord,
} from "./detect-speech.ts";
import type { Span } from "./packed-time.ts";

/** 32 ms of sound and how surely there is a voice in it. */
export interface Frame {
  /** Of the recording. */
  readonly atMs: number;
  readonly samples: Float32Array;
  /** Speech probability, 0 to 1. */
  readonly voice: number;
  /** True where the sound before it is not what was heard before it. */
  readonly startsAnew?: boolean;
}

/** What was said between two pauses: frames in order, without a gap. */
export interface LiveUtterance {
  readonly frames: readonly Frame[];
}

export interface UtteranceFinder {
  /** True while somebody speaks. */
  readonly isOpen: boolean;
  /** Takes frames in order and answers the utterances that have ended. A gap in time ends one. */
  hear(frames: readonly Frame[]): LiveUtterance[];
  /** Ends what is being said. */
  end(): LiveUtterance[];
  /** Puts other frames in place of those that are held, and answers what has ended by it. */
  change(of: (frame: Frame) => Frame): LiveUtterance[];
}

const framesIn = (ms: number): number => Math.round(ms / frameMs);
/** So long a pause ends an utterance. Half of it goes with what was said, and half with what comes. */
const pauseFrames = framesIn(544);
const tailFrames = Math.ceil(pauseFrames / 2);
const leadFrames = framesIn(padMs);
/** Without a pause an utterance is cut where the voice is weakest, not near its ends. */
const longestFrames = framesIn(15_000);
const firstCutFrame = framesIn(6_000);
const lastCutFrame = longestFrames - framesIn(1_000);
const reach = Math.floor(quietMs / frameMs / 2);

export function createUtteranceFinder(): UtteranceFinder {
  /** The quiet before a voice. */
  let before: Frame[] = [];
  /** From that quiet on, while somebody speaks. */
  let open: Frame[] = [];
  let onset = 0;
  /** Where in `open` the present quiet began, or -1. */
  let quietFrom = -1;
  /** The utterance goes on where the one before was cut. */
  let continues = false;
  let lastMs: number | null = null;

  function reset(): void {
    [before, open, quietFrom, continues] = [[], [], -1, false];
  }

  function close(): LiveUtterance[] {
    const voicedTo = quietFrom < 0 ? open.length : quietFrom;
    const utterance = open.slice(0, voicedTo + tailFrames);
    const rest = open.slice(voicedTo + tailFrames);
    const isSaid = isSpeech(open.slice(onset, voicedTo), continues);
    reset();
    before = rest.slice(-leadFrames);
    return isSaid ? [{ frames: utterance }] : [];
  }

  function cut(): LiveUtterance[] {
    const at = weakestPlace(open);
    const [first, rest] = [open.slice(0, at), open.slice(at)];
    reset();
    const after = rest.flatMap(feed);
    continues = open.length > 0;
    return [{ frames: first }, ...after];
  }

  function feed(frame: Frame): LiveUtterance[] {
    if (open.length === 0) {
      before.push(frame);
      if (frame.voice >= startAt) [open, before, onset] = [before, [], before.length - 1];
      else before = before.slice(-leadFrames);
      return [];
    }
    open.push(frame);
    if (frame.voice >= startAt) quietFrom = -1;
    else if (frame.voice < endBelow && quietFrom < 0) quietFrom = open.length - 1;
    if (quietFrom >= 0 && open.length - quietFrom >= pauseFrames) return close();
    return open.length >= longestFrames ? cut() : [];
  }

  const end = () => (open.length === 0 ? [] : close());
  return {
    get isOpen() {
      return open.length > 0;
    },
    hear: (frames) =>
      frames.flatMap((frame) => {
        const isApart = frame.startsAnew === true || (lastMs !== null && frame.atMs !== lastMs + frameMs);
        lastMs = frame.atMs;
        if (!isApart) return feed(frame);
        const ended = end();
        reset();
        return [...ended, ...feed(frame)];
      }),
    end,
    change(of) {
      const held = [...before, ...open].map(of);
      reset();
      return held.flatMap(feed);
    },
  };
}

/** The utterances in frames that are all there. */
export function findUtterances(frames: readonly Frame[]): LiveUtterance[] {
  const finder = createUtteranceFinder();
  return [...finder.hear(frames), ...finder.end()];
}

export const startOf = ({ frames }: LiveUtterance): number => frames[0]?.atMs ?? 0;
export const spanOf = (utterance: LiveUtterance): Span => ({
  startMs: startOf(utterance),
  endMs: startOf(utterance) + lengthOf(utterance),
});
export const lengthOf = ({ frames }: LiveUtterance): number => frames.length * frameMs;

/** As for a whole recording (detect-speech.ts): a click is no word, and beside a cut an unsure one is. */
function isSpeech(voiced: readonly Frame[], isBeside: boolean): boolean {
  const lengthMs = voiced.length * frameMs;
  if (lengthMs < shortestWordMs) return false;
  return isBeside || lengthMs >= shortestSpeechMs || voiced.some(({ voice }) => voice >= sureOfWord);
}

/** Frame to cut before: the middle of the fifth of a second with the least voice. */
function weakestPlace(frames: readonly Frame[]): number {
  let best = lastCutFrame;
  let least = Infinity;
  for (let at = firstCutFrame; at <= lastCutFrame; at++) {
    const voice = frames.slice(at - reach, at + reach + 1).reduce((sum, frame) => sum + frame.voice, 0);
    if (voice <= least) [best, least] = [at, voice];
  }
  return best;
}
