// What the inference process is asked and what it answers. Messages are structured-cloneable data.
// The process is stateless but for the loaded models and open voice-activity streams: every window of
// sound is one request, so a cut-off job goes on at the first window that has no answer.
import type { ErrorData } from "../errors.ts";
import type { Segment } from "../formats.ts";
import type { LanguageAnswers, LanguageRequest } from "./language-protocol.ts";
import type { Dtype } from "./layout.ts";

/** Sample rate of all sound inside Lyssna after decoding: Whisper's and Silero's own. */
export const sampleRateHz = 16_000;

/** Samples in one Silero VAD frame (32 ms). One probability is answered per frame. */
export const vadFrameSamples = 512;

/** Longest window Whisper hears at once. */
export const windowMaxMs = 30_000;

/** What ONNX Runtime computes on: the processor, or graphics through WebGPU, DirectML (Windows) or CoreML (macOS). */
export const devices = ["cpu", "webgpu", "dml", "coreml"] as const;
export type Device = (typeof devices)[number];

/** As a person reads them. */
export const deviceNames: Readonly<Record<Exclude<Device, "cpu">, string>> = {
  webgpu: "WebGPU",
  dml: "DirectML",
  coreml: "CoreML",
};

export interface SpeechModel {
  /** Folder in transformers.js's Whisper layout. */
  readonly dir: string;
  readonly dtype?: Dtype;
  /** The processor where left out. */
  readonly device?: Device;
  /** Threads for ONNX Runtime; 0 lets the process choose. */
  readonly threads?: number;
  /** Processes side by side, each with the model, its threads and its batch; 1 where left out. */
  readonly lanes?: number;
  /** Windows decoded together in a process. Left out, a number that suits most machines. */
  readonly batch?: number;
  /**
   * True where graphs of our own were found to answer as the published ones do, for these very files: they are not
   * compared again.
   */
  readonly trusted?: boolean;
  /**
   * Temperatures tried in turn while the text is doubtful. Left out, the reference's. A benchmark on random weights
   * gives one: their text is always doubtful.
   */
  readonly temperatures?: readonly number[];
}

export interface SpeechModelInfo {
  /** Languages the tokenizer has tokens for; empty for a model without language tokens. */
  readonly languages: readonly string[];
  /** True for the demonstration model, which only knows its own synthetic voice. */
  readonly demonstration: boolean;
  /** Windows worth having in flight at once. */
  readonly windowsAtOnce?: number;
  /** Whether it runs on graphs of our own, or on the published ones because they are built in an unknown way. */
  readonly graphs?: "own" | "published";
  /** What computes. */
  readonly device?: Device;
  /** What was asked to compute and could not. */
  readonly failedDevice?: Device;
}

/** How fast a loaded model goes on this machine, and what it answers. Times are milliseconds. */
export interface Pace {
  /** To hear one window: features, encoder, cross-attention. */
  readonly listenMs: number;
  /** A step of decoding by the number of rows, rising. */
  readonly steps: readonly { readonly rows: number; readonly stepMs: number }[];
  /** What the model says to a made sound: two devices that compute the same give the same. */
  readonly tokens: readonly number[];
}

export interface WindowRequest {
  /** Mono PCM, 16 kHz, -1..1, at most 30 s. */
  readonly samples: Float32Array;
  /** BCP 47 code, or "auto" to detect it in this window. */
  readonly language: string;
}

/** Times are milliseconds from the window's own start; ids and speakers are given later. */
export type WindowSegment = Pick<Segment, "startMs" | "endMs" | "text" | "confidence" | "words" | "timing">;

export interface WindowResult {
  readonly language: string;
  /** How sure the detected language is, 0 to 1. */
  readonly languageProbability?: number;
  /** Probability of the no-speech token at the window's start. */
  readonly noSpeechProbability?: number;
  readonly segments: readonly WindowSegment[];
  /** Why text was left out, counted: for example { "no-speech": 1, "loop": 1 }. */
  readonly dropped: Readonly<Record<string, number>>;
}

/** A folder with `segmentation/` and `embedding/`, each as the published repositories have them. */
export interface VoiceModel {
  readonly dir: string;
  /** Threads of each process; 1 where left out. */
  readonly threads?: number;
  /** Processes side by side; 1 where left out. */
  readonly lanes?: number;
}

export interface VoicesRequest {
  /** Mono PCM, 16 kHz: windows of 10 s, half a window apart; the last may be short. */
  readonly samples: Float32Array;
  /** The first window of the recording answers for its beginning too, the last for its end. */
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

/** A voice within one window; the next window counts anew. */
export interface HeardVoice {
  /** 0, 1 or 2: its bit in `activity`. */
  readonly voice: number;
  /** Of it alone, in the part that the window answers for. */
  readonly cleanMs: number;
  /** Of length 1. */
  readonly embedding: Float32Array;
}

export interface HeardWindow {
  /** One byte for each of 589 frames: the bits of the voices that speak. */
  readonly activity: Uint8Array;
  /** Those that say something in the part that the window answers for, and are heard clearly enough. */
  readonly voices: readonly HeardVoice[];
}

export type InferenceRequest =
  | { readonly type: "load-speech"; readonly model: SpeechModel }
  | { readonly type: "vad-open" }
  | { readonly type: "vad-push"; readonly stream: number; readonly samples: Float32Array }
  | { readonly type: "vad-close"; readonly stream: number }
  | { readonly type: "transcribe-window"; readonly window: WindowRequest }
  | { readonly type: "load-voices"; readonly model: VoiceModel }
  | { readonly type: "hear-voices"; readonly piece: VoicesRequest }
  | { readonly type: "measure-pace" }
  | { readonly type: "list-devices" }
  | { readonly type: "unload" }
  | LanguageRequest;

export interface InferenceAnswers extends LanguageAnswers {
  "load-speech": SpeechModelInfo;
  "vad-open": { readonly stream: number };
  /** One speech probability per whole 512-sample frame; a rest shorter than a frame waits for the next push. */
  "vad-push": Float32Array;
  "vad-close": Float32Array;
  "transcribe-window": WindowResult;
  "load-voices": null;
  "hear-voices": readonly HeardWindow[];
  "measure-pace": Pace;
  /** What ONNX Runtime was built for here; whether the machine has it shows when it is used. */
  "list-devices": readonly Device[];
  unload: null;
}

export interface RequestMessage {
  readonly id: number;
  readonly request: InferenceRequest;
}

export type AnswerMessage =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly error: ErrorData }
  /** An answer as far as it has come; the whole one follows. */
  | { readonly id: number; readonly soFar: string };

/** A started inference process as its client sees it: the same for Electron's utilityProcess and Node's fork. */
export interface InferencePort {
  post(message: RequestMessage): void;
  onMessage(listener: (message: AnswerMessage) => void): void;
  onExit(listener: () => void): void;
  /** Ends the process at once. Idempotent. */
  kill(): void;
}

/** Starts the inference process. Given by main.ts (utilityProcess) or by the command line (child_process.fork). */
export type StartInference = () => InferencePort;

/** The client that pipeline stages use; made by `createInference(start)` in client.ts. Starts processes on first use. */
export interface Inference {
  /** Loads a model; loading the same one again is free. */
  loadSpeech(model: SpeechModel, signal: AbortSignal): Promise<SpeechModelInfo>;
  openVoiceActivity(): Promise<VoiceActivityStream>;
  transcribeWindow(window: WindowRequest, signal: AbortSignal): Promise<WindowResult>;
  /** Starts processes of their own for telling voices apart. Throws model-damaged. */
  openVoices(model: VoiceModel, signal: AbortSignal): Promise<VoiceListener>;
  /** Ends the process (memory returns to the system); the next call starts it anew. */
  close(): void;
}

/** What createInference answers: also what is needed to choose how a model runs. */
export interface TunableInference extends Inference {
  /** Of the loaded model, in all its processes at once: the slowest of them counts. Nothing else may run meanwhile. */
  measurePace(signal: AbortSignal): Promise<Pace>;
  listDevices(signal: AbortSignal): Promise<readonly Device[]>;
}

export interface VoiceListener {
  /** Pieces worth having in flight at once. */
  readonly atOnce: number;
  hear(piece: VoicesRequest, signal: AbortSignal): Promise<readonly HeardWindow[]>;
  /** Ends its processes. Idempotent. */
  close(): void;
}

export interface VoiceActivityStream {
  push(samples: Float32Array): Promise<Float32Array>;
  /** Pads and flushes the last, partial frame. */
  close(): Promise<Float32Array>;
}
