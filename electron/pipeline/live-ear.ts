// The inference process as live text uses it: started anew once if it ends, fails or hangs. Runs in main.
import { LyssnaError } from "../errors.ts";
import type {
  Inference,
  SpeechModel,
  VoiceActivityStream,
  WindowRequest,
  WindowResult,
} from "../inference/protocol.ts";

export interface LiveEarOptions {
  readonly inference: Inference;
  readonly model: Promise<SpeechModel>;
  /** An answer that takes longer never comes. */
  readonly patienceMs: number;
}

/** What it throws is final: the second failure, or one that would come again. */
export interface LiveEar {
  /** Resolves when the model is there. */
  ready(): Promise<void>;
  /** One speech probability for each frame; whole frames only. */
  listen(samples: Float32Array): Promise<Float32Array>;
  transcribe(window: WindowRequest): Promise<WindowResult>;
  close(): void;
}

interface Session {
  readonly stream: Promise<VoiceActivityStream>;
  readonly loaded: Promise<unknown>;
}

/** Errors that a fresh process would meet too. */
const lastingErrors = new Set(["model-missing", "model-damaged", "model-too-large", "no-model-fits"]);

export function openLiveEar({ inference, model, patienceMs }: LiveEarOptions): LiveEar {
  const closed = new AbortController();
  let hasFailed = false;
  let session = open();

  function open(): Session {
    // Each in a function of its own, so that what throws at once is a rejection too.
    const stream = (async () => inference.openVoiceActivity())();
    const loaded = (async () => inference.loadSpeech(await model, closed.signal))();
    // Whoever asks is told; until then nobody listens.
    for (const opened of [stream, loaded]) opened.catch(() => {});
    return { stream, loaded };
  }

  async function ask<T>(of: (session: Session) => Promise<T>): Promise<T> {
    const mine = session;
    try {
      return await within(of(mine), patienceMs);
    } catch (error) {
      if (closed.signal.aborted) throw error;
      // A process that ends fails everything that was asked of it: that is one failure.
      if (mine === session) {
        if (hasFailed || (error instanceof LyssnaError && lastingErrors.has(error.code))) throw error;
        hasFailed = true;
        inference.close();
        session = open();
      }
      return ask(of);
    }
  }

  return {
    ready: async () => void (await ask(({ loaded }) => loaded)),
    listen: (samples) =>
      ask(async ({ stream }) => {
        const opened = await stream;
        // To ask a closed client would start a process that nobody ends.
        closed.signal.throwIfAborted();
        return opened.push(samples);
      }),
    transcribe: (window) =>
      ask(async ({ loaded }) => {
        await loaded;
        closed.signal.throwIfAborted();
        return inference.transcribeWindow(window, closed.signal);
      }),
    close() {
      closed.abort(new LyssnaError("cancelled"));
      inference.close();
    },
  };
}

function within<T>(asked: Promise<T>, patienceMs: number): Promise<T> {
  const { promise: tooLate, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new LyssnaError("worker-ended")), patienceMs);
  return Promise.race([asked, tooLate]).finally(() => clearTimeout(timer));
}
