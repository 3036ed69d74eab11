// One inference process as main sees it: started on first use, ended to cancel or to free memory. Runs in main.
import { fromErrorData, LyssnaError } from "../errors.ts";
import type {
  AnswerMessage,
  InferenceAnswers,
  InferencePort,
  InferenceRequest,
  SpeechModel,
  SpeechModelInfo,
  StartInference,
} from "./protocol.ts";

interface Pending {
  readonly soFar: ((text: string) => void) | undefined;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

interface Running {
  readonly port: InferencePort;
  readonly pending: Map<number, Pending>;
  /** The model in the process, or on its way there. */
  model: { readonly key: string; readonly info: Promise<SpeechModelInfo> } | null;
}

export interface Lane {
  /** Requests without an answer. */
  readonly pending: number;
  ask<Type extends InferenceRequest["type"]>(
    request: Extract<InferenceRequest, { type: Type }>,
    signal?: AbortSignal,
    soFar?: (text: string) => void,
  ): Promise<InferenceAnswers[Type]>;
  /** Loads the model unless the process has it. */
  load(model: SpeechModel, signal: AbortSignal): Promise<SpeechModelInfo>;
  close(): void;
}

/** A process that ends unexpectedly fails what was asked of it with worker-ended; the next call starts a fresh one. */
export function createLane(start: StartInference): Lane {
  let running: Running | null = null;
  let lastId = 0;

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

  const lane: Lane = {
    get pending() {
      return running?.pending.size ?? 0;
    },
    ask(request, signal, soFar) {
      if (signal?.aborted === true) return Promise.reject(new LyssnaError("cancelled"));
      const current = process();
      const id = ++lastId;
      const { promise, resolve, reject } = Promise.withResolvers<InferenceAnswers[typeof request.type]>();
      // ONNX Runtime blocks its thread while it computes: nothing short of ending the process stops it within a second.
      const abort = () => stop(current, new LyssnaError("cancelled"));
      signal?.addEventListener("abort", abort, { once: true });
      const forget = () => signal?.removeEventListener("abort", abort);
      current.pending.set(id, {
        soFar,
        resolve: (value) => (forget(), resolve(value as InferenceAnswers[typeof request.type])),
        reject: (error) => (forget(), reject(error)),
      });
      current.port.post({ id, request });
      return promise;
    },
    async load(model, signal) {
      const current = process();
      // Neither says anything of what is in the process.
      const key = JSON.stringify({ ...model, lanes: undefined, trusted: undefined });
      if (current.model?.key !== key) {
        current.model = { key, info: lane.ask({ type: "load-speech", model }, signal) };
      }
      const { info } = current.model;
      try {
        return await info;
      } catch (error) {
        if (current.model?.info === info) current.model = null;
        throw error;
      }
    },
    close() {
      if (running !== null) stop(running, new LyssnaError("cancelled"));
    },
  };
  return lane;
}

function settle({ pending }: Running, message: AnswerMessage): void {
  const waiting = pending.get(message.id);
  if (waiting === undefined) return;
  if ("soFar" in message) {
    waiting.soFar?.(message.soFar);
    return;
  }
  pending.delete(message.id);
  if (message.ok) waiting.resolve(message.value);
  else waiting.reject(fromErrorData(message.error));
}
