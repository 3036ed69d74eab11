// An inference process whose pace, answers and end a test decides. Voice is what is loud.
import { LyssnaError } from "../electron/errors.ts";
import {
  type Inference,
  sampleRateHz,
  vadFrameSamples,
  type WindowRequest,
  type WindowResult,
} from "../electron/inference/protocol.ts";

export interface AskedWindow extends WindowRequest {
  readonly lengthMs: number;
  answer(text: string): void;
  fail(): void;
}

export interface SlowInference extends Inference {
  /** Windows in the order in which they were asked; the first is asked when it comes. */
  readonly asked: readonly AskedWindow[];
  /** Times that it was ended, and windows in flight at once at most. */
  readonly count: { closed: number; mostAtOnce: number };
  /** Voice activity that does not answer while this is true. */
  deaf: boolean;
  /** The model that cannot be loaded. */
  refusal: LyssnaError | null;
  /** What was asked fails, as when the process dies. */
  die(): void;
}

export function createSlowInference(): SlowInference {
  const asked: AskedWindow[] = [];
  const pending = new Set<(error: unknown) => void>();
  const count = { closed: 0, mostAtOnce: 0 };
  let windowsAtOnce = 0;
  const dies = (error: LyssnaError) => {
    for (const reject of pending) reject(error);
    pending.clear();
  };
  const waitFor = <T>(start: (resolve: (value: T) => void) => void): Promise<T> => {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    pending.add(reject);
    start(resolve);
    return promise.finally(() => pending.delete(reject));
  };
  const slow: SlowInference = {
    asked,
    count,
    deaf: false,
    refusal: null,
    die: () => dies(new LyssnaError("worker-ended")),
    async loadSpeech() {
      if (slow.refusal !== null) throw slow.refusal;
      return { languages: ["sv", "en"], demonstration: false };
    },
    openVoices: () => Promise.reject(new LyssnaError("model-missing", { model: "voices" })),
    async openVoiceActivity() {
      return {
        push: (samples) => (slow.deaf ? waitFor<Float32Array>(() => {}) : Promise.resolve(loudness(samples))),
        close: async () => new Float32Array(0),
      };
    },
    transcribeWindow(window) {
      count.mostAtOnce = Math.max(count.mostAtOnce, ++windowsAtOnce);
      const lengthMs = (window.samples.length * 1000) / sampleRateHz;
      return waitFor<WindowResult>((resolve) => {
        const answer = (text: string) =>
          resolve({
            language: window.language,
            segments: [{ startMs: 0, endMs: lengthMs, text, confidence: 0.9 }],
            dropped: {},
          });
        asked.push({ ...window, lengthMs, answer, fail: () => dies(new LyssnaError("unexpected")) });
      }).finally(() => windowsAtOnce--);
    },
    close() {
      count.closed++;
      dies(new LyssnaError("cancelled"));
    },
  };
  return slow;
}

function loudness(samples: Float32Array): Float32Array {
  const probabilities = new Float32Array(samples.length / vadFrameSamples);
  for (let frame = 0; frame < probabilities.length; frame++) {
    const loud = samples.subarray(frame * vadFrameSamples, (frame + 1) * vadFrameSamples);
    probabilities[frame] = Math.max(...loud.map(Math.abs)) > 0.01 ? 0.95 : 0.01;
  }
  return probabilities;
}
