// The inference process: loads models and answers requests; windows are decoded together. A utility process of Electron or a child
// of Node. It sees no store, no key and no network.
import { LyssnaError, toErrorData } from "../errors.ts";
import { freeMemory, freeRecent } from "../free-memory.ts";
import { listDevices } from "./devices.ts";
import type { LoadedLanguage } from "./language/language-model.ts";
import {
  sampleRateHz,
  type AnswerMessage,
  type InferenceAnswers,
  type InferenceRequest,
  type RequestMessage,
} from "./protocol.ts";
import { openVoiceActivity, type VoiceActivity } from "./voice-activity.ts";
import { hearVoices } from "./voices/hear-voices.ts";
import { loadVoices, type VoiceSessions } from "./voices/load-voices.ts";
import { createWindowDecoder, type WindowDecoder } from "./whisper/decode-windows.ts";
import { loadWhisper, type Whisper } from "./whisper/load.ts";
import { measurePace } from "./whisper/measure-pace.ts";
import { transcribeWindow } from "./whisper/transcribe-window.ts";

/** Electron's utility process talks through `process.parentPort`, a child of Node through `process`. */
interface ParentPort {
  on(event: "message", listener: (event: { readonly data: RequestMessage }) => void): void;
  postMessage(message: AnswerMessage): void;
}

const { parentPort } = process as unknown as { readonly parentPort?: ParentPort };
const answer = (message: AnswerMessage) => {
  if (parentPort !== undefined) parentPort.postMessage(message);
  else process.send?.(message);
};

let speech: { readonly whisper: Whisper; readonly decoder: WindowDecoder } | null = null;
let voices: VoiceSessions | null = null;
let language: LoadedLanguage | null = null;
const streams = new Map<number, VoiceActivity>();
let lastStream = 0;

/** Samples that came since memory was last given back. Each leaves a few copies of itself behind. */
let soundSince = 0;
const soundToFree = 16 * sampleRateHz;

function soundIn(request: InferenceRequest): number {
  if (request.type === "vad-push") return request.samples.length;
  if (request.type === "hear-voices") return request.piece.samples.length;
  return request.type === "transcribe-window" ? request.window.samples.length : 0;
}

const streamOf = (id: number): VoiceActivity => {
  const stream = streams.get(id);
  if (stream === undefined) throw new LyssnaError("bad-call", { what: "vad" });
  return stream;
};

const languageOf = (): LoadedLanguage => {
  if (language === null) throw new LyssnaError("bad-call", { what: "language" });
  return language;
};

async function handle({ id, request }: RequestMessage): Promise<InferenceAnswers[InferenceRequest["type"]]> {
  switch (request.type) {
    case "load-speech": {
      speech = null;
      const whisper = await loadWhisper(request.model);
      speech = { whisper, decoder: createWindowDecoder(whisper.rows) };
      freeMemory();
      return whisper.info;
    }
    case "vad-open":
      streams.set(++lastStream, await openVoiceActivity());
      return { stream: lastStream };
    case "vad-push":
      return streamOf(request.stream).push(request.samples);
    case "vad-close": {
      const stream = streamOf(request.stream);
      streams.delete(request.stream);
      return stream.close();
    }
    case "transcribe-window":
      if (speech === null) throw new LyssnaError("bad-call", { what: "transcribe-window" });
      return transcribeWindow(speech.whisper, speech.decoder, request.window);
    case "load-voices":
      voices = await loadVoices(request.model);
      return null;
    case "hear-voices":
      if (voices === null) throw new LyssnaError("bad-call", { what: "hear-voices" });
      return hearVoices(voices, request.piece);
    case "measure-pace":
      if (speech === null) throw new LyssnaError("bad-call", { what: "measure-pace" });
      return measurePace(speech.whisper);
    case "list-devices":
      return listDevices();
    case "load-language": {
      await language?.close();
      language = null;
      // llama.cpp is loaded where it is asked for: a process that hears has no use for it.
      const { loadLanguage } = await import("./language/language-model.ts");
      language = await loadLanguage(request.model);
      return language.info;
    }
    case "count-tokens":
      return languageOf().countTokens(request.texts);
    case "answer-text":
      return languageOf().answer(request.request, (soFar) => answer({ id, soFar }));
    case "unload":
      speech = null;
      return null;
  }
}

async function answerTo(message: RequestMessage): Promise<void> {
  const { id, request } = message;
  try {
    answer({ id, ok: true, value: await handle(message) });
    soundSince += soundIn(request);
    if (soundSince >= soundToFree) {
      soundSince = 0;
      freeRecent();
    }
  } catch (error) {
    answer({ id, ok: false, error: toErrorData(error) });
  }
}

let last: Promise<void> = Promise.resolve();
function receive(message: RequestMessage): void {
  // In the order in which they came, but that a window does not wait for the windows before it: they share a batch.
  last = last.then(() => {
    const answered = answerTo(message);
    return message.request.type === "transcribe-window" ? undefined : answered;
  });
}

if (parentPort !== undefined) parentPort.on("message", ({ data }) => receive(data));
else {
  process.on("message", (message) => receive(message as RequestMessage));
  process.on("disconnect", () => process.exit(0));
}
