// Live text: what is said becomes text as it ends, while the recording runs. Runs in main; the heavy work is in an
// inference process of its own. It takes the recording's sound and can never hold the recording up: nothing here waits,
// throws or grows without bound. Nothing is logged or written; the full pass makes the transcript.
import { toErrorData } from "../errors.ts";
import { type Inference, type SpeechModel, vadFrameSamples } from "../inference/protocol.ts";
import type { LiveLine, LiveText } from "../live-text.ts";
import { createUtteranceFinder, findUtterances, type Frame, type LiveUtterance, spanOf } from "./find-utterances.ts";
import { openLiveEar } from "./live-ear.ts";
import { createLiveIntake, silent } from "./live-intake.ts";
import { createLanguageGuess } from "./live-language.ts";
import { addLines, later, mostLines, overlap, strikeLines } from "./live-lines.ts";
import { keepNewest, packOldest, readWindow, samplesOf, waitingMs } from "./live-window.ts";

export interface LiveTextOptions {
  /** One of its own: it is ended with live text, and started anew if it hangs. */
  readonly inference: Inference;
  /** May still be looked for: one that is not found turns live text off. */
  readonly model: SpeechModel | Promise<SpeechModel>;
  /** BCP 47 code or "auto". */
  readonly language: string;
  /** Told of every change, with the whole. One that throws turns live text off. */
  readonly onSnapshot: (snapshot: LiveText) => void;
  /** Where in the recording the first sample lies; 0 where left out. */
  readonly fromMs?: number;
  /** An answer of the inference process that takes longer never comes; two minutes where left out. */
  readonly patienceMs?: number;
}

export interface LiveTextWriter {
  /** 16 kHz mono, any length. Takes a copy, never waits and never throws. Off the record nothing is pushed. */
  push(samples: Float32Array): void;
  /** Nothing comes for a while: what is being said ends here. The next push goes on at the same time of the recording. */
  rest(): void;
  /** Text and sound of the passage go at once, also what is still on its way. Milliseconds of the recording. */
  markStruck(fromMs: number, toMs: number): void;
  /** Takes no more sound; resolves when what was pushed is text, or live text is off. */
  finish(): Promise<void>;
  /** Ends the inference process and forgets all. Idempotent. No snapshot comes afterwards. */
  close(): void;
}

/** Frames that voice activity is asked about together, at least and at most: a process woken eight times a second. */
const leastFrames = 4;
const mostFrames = 64;
/** The machine does not keep up from so much waiting sound on, and until it is this little again. */
const behindFromMs = 20_000;
const behindUntilMs = 5_000;
/** More waiting sound than this, and all but one window of it is left to the full pass. */
const mostWaitingMs = 60_000;
const keptWaitingMs = 30_000;
const usualPatienceMs = 120_000;

/** Starts at once; the model loads while the first words are said. */
export function createLiveText(options: LiveTextOptions): LiveTextWriter {
  const { inference, onSnapshot, fromMs = 0, patienceMs = usualPatienceMs } = options;
  // What is doubtful is not heard again at other temperatures: it is provisional, and the next words wait.
  const model = Promise.resolve(options.model).then((found): SpeechModel => ({
    lanes: 1,
    batch: 1,
    temperatures: [0],
    ...found,
  }));
  const ear = openLiveEar({ inference, model, patienceMs });
  const intake = createLiveIntake(fromMs);
  const guess = createLanguageGuess(options.language);
  const idle = Promise.withResolvers<void>();

  let finder = createUtteranceFinder();
  let inEar: readonly Frame[] = [];
  let waiting: readonly LiveUtterance[] = [];
  let writing: readonly LiveUtterance[] = [];
  let shown: LiveText | null = null;
  let now: LiveText = { state: "listening", lines: [], hasEarlier: false, isAwaited: false, error: null };
  let phase: "open" | "resting" | "finishing" | "over" = "open";
  const busy = { hearing: false, writing: false };
  const isOver = (): boolean => phase === "over";

  function show(change: Partial<LiveText> = {}): void {
    const isAwaited = !isOver() && (finder.isOpen || waiting.length > 0 || writing.length > 0);
    now = { ...now, isAwaited, ...change };
    if (shown !== null && isSame(shown, now)) return;
    shown = now;
    try {
      onSnapshot(now);
    } catch {
      close();
    }
  }

  function showLines(all: readonly LiveLine[]): void {
    const isCut = all.length > mostLines;
    show({ lines: isCut ? all.slice(-mostLines) : all, hasEarlier: now.hasEarlier || isCut });
  }

  function weigh(): void {
    if (isOver()) return show();
    const behindMs = waitingMs(waiting) + intake.heldMs;
    show({ state: behindMs > (now.state === "behind" ? behindUntilMs : behindFromMs) ? "behind" : "listening" });
  }

  function end(): void {
    phase = "over";
    intake.clear();
    finder = createUtteranceFinder();
    [inEar, waiting, writing] = [[], [], []];
    ear.close();
    idle.resolve();
  }

  function turnOff(thrown: unknown): void {
    if (isOver()) return;
    end();
    show({ state: "off", error: toErrorData(thrown) });
  }

  function close(): void {
    if (!isOver()) end();
    shown = now = { ...now, lines: [], isAwaited: false };
  }

  /** What was said waits for its text. Too much of it, and the oldest is left to the full pass. */
  function queue(utterances: readonly LiveUtterance[]): void {
    waiting = [...waiting, ...utterances];
    if (waitingMs(waiting) > mostWaitingMs) {
      const { dropped, kept } = keepNewest(waiting, keptWaitingMs);
      waiting = kept;
      showLines(addLines(now.lines, dropped.map(spanOf).map(later)));
    }
    weigh();
    void write();
  }

  /** Sound to utterances, as much at a time as has come. */
  async function hear(): Promise<void> {
    if (busy.hearing || isOver()) return;
    busy.hearing = true;
    try {
      for (;;) {
        const taken = intake.take(phase === "open" ? leastFrames : 1, mostFrames);
        if (taken.length === 0) break;
        inEar = taken;
        const heard = await ear.listen(joined(taken));
        if (isOver()) return;
        // What was struck meanwhile is silence in `inEar`.
        const frames = inEar.map((frame, at) =>
          Number.isNaN(frame.voice) ? { ...frame, voice: heard[at] ?? 0 } : frame,
        );
        inEar = [];
        queue(finder.hear(frames));
      }
      if (phase !== "open") queue(finder.end());
    } catch (thrown) {
      turnOff(thrown);
    } finally {
      busy.hearing = false;
      settle();
    }
  }

  /** Utterances to text, one window at a time. */
  async function write(): Promise<void> {
    if (busy.writing) return;
    busy.writing = true;
    try {
      while (waiting.length > 0) {
        const { window, rest } = packOldest(waiting);
        [writing, waiting] = [window, rest];
        const lengthMs = waitingMs(window);
        const result = await ear.transcribe({ samples: samplesOf(window), language: guess.of(lengthMs) });
        const fresh = await readWindow(window, result);
        if (isOver()) return;
        // Struck while it was heard: the answer is of sound that is gone. What is left of it waits again.
        if (writing !== window) waiting = [...writing, ...waiting];
        else {
          guess.heard(result.language, lengthMs);
          showLines(addLines(now.lines, fresh));
        }
        writing = [];
        weigh();
      }
    } catch (thrown) {
      turnOff(thrown);
    } finally {
      busy.writing = false;
      settle();
    }
  }

  function settle(): void {
    const isIdle = !busy.hearing && !busy.writing && intake.heldMs === 0 && waiting.length === 0;
    if (phase === "finishing" && isIdle) idle.resolve();
  }

  show();
  ear.ready().catch(turnOff);

  return {
    push(samples) {
      if (phase !== "open" && phase !== "resting") return;
      if (phase === "resting") intake.startAnew();
      phase = "open";
      const lost = intake.push(samples);
      if (lost !== null) showLines(addLines(now.lines, [later(lost)]));
      weigh();
      void hear();
    },
    rest() {
      if (phase !== "open") return;
      phase = "resting";
      void hear();
    },
    markStruck(startMs, endMs) {
      const struck = { startMs, endMs };
      const quiet = (frame: Frame) => silent(frame, [struck]);
      const parts = (utterance: LiveUtterance) =>
        overlap(spanOf(utterance), struck) ? findUtterances(utterance.frames.map(quiet)) : [utterance];
      intake.silence(struck);
      inEar = inEar.map(quiet);
      waiting = waiting.flatMap(parts);
      if (writing.some((utterance) => overlap(spanOf(utterance), struck))) writing = writing.flatMap(parts);
      showLines(strikeLines(now.lines, struck));
      queue(finder.change(quiet));
    },
    finish() {
      if (!isOver()) {
        phase = "finishing";
        intake.fill();
        void hear();
      }
      return idle.promise;
    },
    close,
  };
}

function joined(frames: readonly Frame[]): Float32Array {
  const samples = new Float32Array(frames.length * vadFrameSamples);
  for (const [at, frame] of frames.entries()) samples.set(frame.samples, at * vadFrameSamples);
  return samples;
}

const isSame = (one: LiveText, other: LiveText): boolean =>
  one.state === other.state &&
  one.lines === other.lines &&
  one.hasEarlier === other.hasEarlier &&
  one.isAwaited === other.isAwaited;
