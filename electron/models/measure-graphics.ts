// Whether a graphics device runs a model, how fast, and whether it hears what the processor hears. Runs in main; the work
// is in an inference process, which may crash or hang with the driver: then it is ended.
import type { Device, SpeechModel, TunableInference } from "../inference/protocol.ts";
import { type GraphicsFound, judgePace } from "./choose-tuning.ts";

/** Making the shaders of a model takes seconds at the first time; a driver that hangs takes for ever. */
const patienceMs = 60_000;

export type Graphics = Exclude<Device, "cpu">;

/** What a graphics card gets: one process, one window at a time, on the graphs as published. */
export const graphicsTuning = { lanes: 1, threads: 1, batch: 1 } as const;

/** The first device besides the processor that ONNX Runtime was built for here; null where there is none. */
export async function findGraphics(inference: TunableInference, signal: AbortSignal): Promise<Graphics | null> {
  const built = await inference.listDevices(signal);
  // The system's own ways first: they have been there longer.
  const order: readonly Graphics[] = ["dml", "coreml", "webgpu"];
  return order.find((device) => built.includes(device)) ?? null;
}

/** Throws where the device cannot, or takes too long about it. */
export function loadOnGraphics(model: SpeechModel, device: Device, inference: TunableInference, signal: AbortSignal) {
  const patience = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
  return inference.loadSpeech({ ...model, ...graphicsTuning, device }, patience);
}

/** Loads and times the model there. Null where that fails, or where it says another thing than the processor. */
export async function measureGraphics(
  model: SpeechModel,
  device: Device,
  processorTokens: readonly number[],
  inference: TunableInference,
  signal: AbortSignal,
): Promise<GraphicsFound | null> {
  try {
    await loadOnGraphics(model, device, inference, signal);
    const pace = await inference.measurePace(AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]));
    const isSame = pace.tokens.length > 0 && pace.tokens.every((token, at) => token === processorTokens[at]);
    return isSame ? { device, windowMs: judgePace(graphicsTuning, pace).windowMs } : null;
  } catch (error) {
    if (signal.aborted) throw error;
    return null;
  }
}
