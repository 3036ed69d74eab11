// The inference client that suits a model to the machine before it loads it: what fits in memory, how many processes,
// which device. Runs in main and the command line.
import { basename } from "node:path";
import { LyssnaError } from "../errors.ts";
import type { Device, Inference, SpeechModel, SpeechModelInfo, TunableInference } from "../inference/protocol.ts";
import { chooseDevice, type ComputeOn, threadsFor, type Tuning, usualTuning } from "./choose-tuning.ts";
import { type Machine, readMachine } from "./machine.ts";
import { findGraphics, type Graphics, graphicsTuning, loadOnGraphics, measureGraphics } from "./measure-graphics.ts";
import { loadInTurn, measureTuning } from "./measure-tuning.ts";
import { fitPlacing, usableBytes } from "./memory-need.ts";
import { type FolderSize, readSize } from "./model-size.ts";
import { leastPlacing, tooLarge } from "./name-fitting.ts";
import { findRecord, recordKey, type TuningRecord } from "./tuning-record.ts";

export interface SuitedOptions {
  readonly inference: TunableInference;
  /** Of the app: what was measured holds for one version. */
  readonly version: string;
  /** Where installed models lie, to name one that fits. */
  readonly modelsDir: string;
  readonly computeOn: () => ComputeOn;
  /** A device that failed before: it is not tried again until the person asks. */
  readonly failedDevice: () => Device | null;
  /** Remembers and tells that a device failed. */
  readonly deviceFailed: (device: Graphics) => Promise<void>;
  /** What was measured, by model. Left out where nothing can be kept: then nothing is measured. */
  readonly kept?: {
    read(): Promise<unknown>;
    write(model: string, record: TuningRecord): Promise<void>;
  };
  readonly machine?: () => Promise<Machine>;
}

export interface SuitedInference extends Inference {
  /** Throws model-too-large or no-model-fits where there is not memory enough for the model now. */
  checkMemory(dir: string): Promise<void>;
}

type Chosen = Pick<SpeechModelInfo, "failedDevice"> & { readonly device: Device };

const onProcessor: Chosen = { device: "cpu" };

export function createSuitedInference(options: SuitedOptions): SuitedInference {
  const { inference } = options;
  const machine = options.machine ?? readMachine;
  /** What runs, to be loaded again for nothing. */
  let loaded: { readonly asked: string; readonly model: SpeechModel; readonly info: SpeechModelInfo } | null = null;
  let fallingBack: Promise<SpeechModelInfo> | null = null;

  const refuse = (dir: string, size: FolderSize, bytes: number) =>
    tooLarge(basename(dir), size, bytes, options.modelsDir);

  async function loadOnProcessor(model: SpeechModel, signal: AbortSignal): Promise<SpeechModelInfo> {
    const size = await sizeOf(model.dir);
    const { cores, ...memory } = await machine();
    const bytes = usableBytes(memory);
    const record = await recordFor(model, size, { cores, ...memory }, signal);
    const wanted = withOwn(model, record ?? (size.demonstration ? small : usualTuning(cores, size)));
    const placing = fitPlacing(size, bytes, wanted);
    if (placing === null) throw await refuse(model.dir, size, bytes);
    const threads = placing.lanes === wanted.lanes ? wanted.threads : threadsFor(placing.lanes, cores);
    const trusted = model.trusted ?? record?.trusted ?? false;
    return loadInTurn({ ...model, ...placing, threads, trusted, device: "cpu" }, inference, signal);
  }

  /** The kept record, or a new one unless the caller has chosen; null where there is none. */
  async function recordFor(model: SpeechModel, size: FolderSize, { cores, ...memory }: Machine, signal: AbortSignal) {
    const { kept } = options;
    if (kept === undefined || size.demonstration) return null;
    const key = recordKey(size, options.version, cores);
    const known = findRecord(await kept.read(), basename(model.dir), key);
    if (known !== null || model.threads !== undefined) return known;
    const measured = await measureTuning({ model, size, cores, bytes: usableBytes(memory) }, inference, signal);
    if (measured === null) return null;
    const record = { ...measured, key };
    await kept.write(basename(model.dir), record);
    return record;
  }

  /** Which device to load on: the one asked for, or by the person's choice and what was measured. */
  async function deviceFor(model: SpeechModel, signal: AbortSignal): Promise<Chosen> {
    if (model.device !== undefined) return { device: model.device === options.failedDevice() ? "cpu" : model.device };
    const computeOn = options.computeOn();
    if (computeOn === "cpu") return onProcessor;
    const size = await readSize(model.dir, "webgpu");
    if (size === null) return onProcessor;
    const device = await findGraphics(inference, signal);
    if (device === null || device === options.failedDevice()) return onProcessor;
    const { kept } = options;
    // Nothing to compare with and nowhere to remember: only where the person asks for it.
    if (kept === undefined || size.demonstration) return computeOn === "gpu" ? { device } : onProcessor;
    const now = await machine();
    const record = await recordFor(model, await sizeOf(model.dir), now, signal);
    if (record === null || fitPlacing(size, usableBytes(now), graphicsTuning) === null) return onProcessor;
    let { graphics } = record;
    if (graphics === undefined) {
      graphics = (await measureGraphics(model, device, record.tokens, inference, signal)) ?? undefined;
      if (graphics === undefined) {
        await options.deviceFailed(device);
        inference.close();
        return { device: "cpu", failedDevice: device };
      }
      await kept.write(basename(model.dir), { ...record, graphics });
    }
    // What was loaded to be measured is not what other programs hold.
    inference.close();
    return { device: chooseDevice(computeOn, record.windowMs, graphics) };
  }

  /** Once, whoever asks: on the processor, with the failure remembered and told. */
  async function fallBack(model: SpeechModel, failed: Graphics, signal: AbortSignal): Promise<SpeechModelInfo> {
    await options.deviceFailed(failed);
    inference.close();
    return { ...(await loadOnProcessor(model, signal)), device: "cpu", failedDevice: failed };
  }

  async function loadOn(model: SpeechModel, chosen: Chosen, signal: AbortSignal): Promise<SpeechModelInfo> {
    if (chosen.device === "cpu") return { ...(await loadOnProcessor(model, signal)), ...chosen };
    try {
      return await loadOnGraphics(model, chosen.device, inference, signal);
    } catch (error) {
      if (signal.aborted) throw error;
      return fallBack(model, chosen.device, signal);
    }
  }

  const suited: SuitedInference = {
    async checkMemory(dir) {
      if (loaded?.model.dir === dir) return;
      const size = await sizeOf(dir);
      // What another model holds goes when this one is loaded.
      if (loaded !== null) suited.close();
      const bytes = usableBytes(await machine());
      if (fitPlacing(size, bytes, leastPlacing) === null) throw await refuse(dir, size, bytes);
    },
    async loadSpeech(model, signal) {
      const asked = JSON.stringify([model, options.computeOn(), options.failedDevice()]);
      if (loaded?.asked === asked) return loaded.info;
      if (loaded !== null) suited.close();
      const chosen = await deviceFor(model, signal);
      const info = await loadOn(model, chosen, signal);
      loaded = { asked: JSON.stringify([model, options.computeOn(), options.failedDevice()]), model, info };
      return info;
    },
    async transcribeWindow(window, signal) {
      await fallingBack;
      try {
        return await inference.transcribeWindow(window, signal);
      } catch (error) {
        const now = loaded;
        const device = now?.info.device ?? "cpu";
        if (signal.aborted || now === null || device === "cpu") throw error;
        // A driver that crashes takes every window in flight along: they wait for one and the same way back.
        fallingBack ??= fallBack(now.model, device, signal)
          .then((info) => (loaded = { ...now, info }).info)
          .finally(() => (fallingBack = null));
        await fallingBack;
        return inference.transcribeWindow(window, signal);
      }
    },
    openVoiceActivity: () => inference.openVoiceActivity(),
    openVoices: (model, signal) => inference.openVoices(model, signal),
    close() {
      loaded = null;
      inference.close();
    },
  };
  return suited;
}

/** What the caller has chosen stands, as far as it fits; who gives threads means those of one process. */
const withOwn = ({ lanes, threads, batch }: SpeechModel, tuning: Tuning): Tuning => ({
  lanes: lanes ?? (threads === undefined ? tuning.lanes : 1),
  threads: threads ?? tuning.threads,
  batch: batch ?? tuning.batch,
});

/** The demonstration model is done before a second process has started. */
const small: Tuning = { lanes: 1, threads: 1, batch: 1 };

async function sizeOf(dir: string): Promise<FolderSize> {
  const size = await readSize(dir);
  if (size === null) throw new LyssnaError("model-damaged", { model: basename(dir), file: "onnx" });
  return size;
}
