// The side of main and the command line: one inference process, started on first use, ended to cancel or to free memory.
import { fromErrorData, LyssnaError } from "../errors.ts";
import type {
  AnswerMessage,
  Inference,
  InferenceAnswers,
  InferencePort,
  InferenceRequest,
  SpeechModel,
  SpeechModelInfo,
  StartInference,
} from "./protocol.ts";

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

interface Running {
  readonly port: InferencePort;
  readonly pending: Map<number, Pending>;
  /** The model in the process, or on its way there. */
  model: { readonly key: string; readonly info: Promise<SpeechModelInfo> } | null;
}

/** A process that ends unexpectedly fails what was asked of it with worker-ended; the next call starts a fresh one. */
export function createInference(start: StartInference): Inference {
  let running: Running | null = null;
  let lastId = 0;
  let wanted: SpeechModel | null = null;

  function process(): Running {
    if (running !== null) return running;
    const started: Running = { port: start(), pending: new Map(), model: null };
    started.port.onMessage((message) => settle(started, message));
    started.port.onExit(() => stop(started, new LyssnaError("worker-ended")));
    running = started;
    return started;
  }

  function stop(which: Running, error: LyssnaError): void {
    if (running === which) running = null;
    for (const { reject } of which.pending.values()) reject(error);
    which.pending.clear();
    which.port.kill();
  }

  function ask<Type extends InferenceRequest["type"]>(
    request: Extract<InferenceRequest, { type: Type }>,
    signal?: AbortSignal,
  ): Promise<InferenceAnswers[Type]> {
    if (signal?.aborted === true) return Promise.reject(new LyssnaError("cancelled"));
    const current = process();
    const id = ++lastId;
    const { promise, resolve, reject } = Promise.withResolvers<InferenceAnswers[Type]>();
    // ONNX Runtime blocks its thread while it computes: nothing short of ending the process stops it within a second.
    const abort = () => stop(current, new LyssnaError("cancelled"));
    signal?.addEventListener("abort", abort, { once: true });
    const forget = () => signal?.removeEventListener("abort", abort);
    current.pending.set(id, {
      resolve: (value) => (forget(), resolve(value as InferenceAnswers[Type])),
      reject: (error) => (forget(), reject(error)),
    });
    current.port.post({ id, request });
    return promise;
  }

  async function ready(signal: AbortSignal): Promise<SpeechModelInfo> {
    if (wanted === null) throw new LyssnaError("model-missing", { model: "–" });
    const current = process();
    const key = JSON.stringify(wanted);
    if (current.model?.key !== key) {
      current.model = { key, info: ask({ type: "load-speech", model: wanted }, signal) };
    }
    const { info } = current.model;
    try {
      return await info;
    } catch (error) {
      if (current.model?.info === info) current.model = null;
      throw error;
    }
  }

  return {
    async loadSpeech(model, signal) {
      wanted = model;
      return ready(signal);
    },
    async openVoiceActivity() {
      const { stream } = await ask({ type: "vad-open" });
      return {
        push: (samples) => ask({ type: "vad-push", stream, samples }),
        close: () => ask({ type: "vad-close", stream }),
      };
    },
    async transcribeWindow(window, signal) {
      await ready(signal);
      return ask({ type: "transcribe-window", window }, signal);
    },
    close() {
      if (running !== null) stop(running, new LyssnaError("cancelled"));
    },
  };
}

function settle({ pending }: Running, message: AnswerMessage): void {
  const waiting = pending.get(message.id);
  if (waiting === undefined) return;
  pending.delete(message.id);
  if (message.ok) waiting.resolve(message.value);
  else waiting.reject(fromErrorData(message.error));
}
