// Loads the two models that tell voices apart: one says when how many speak, one says what a voice is like.
// Inference process.
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { LyssnaError } from "../../errors.ts";
import { voiceFile, type VoicePart } from "../layout.ts";
import { sampleRateHz, type VoiceModel } from "../protocol.ts";
import { bands } from "./fbank.ts";
import { windowFrames, windowSamples } from "../../voices/frames.ts";
import { classVoices } from "../../voices/powerset.ts";

export interface VoiceSessions {
  /** Scores of the classes, [frames, 7] for each window of 10 s. */
  segment(windows: readonly Float32Array[]): Promise<readonly Float32Array[]>;
  /** What a voice is like, of length 1, from features [frames, 80] that are centred. */
  embed(features: Float32Array): Promise<Float32Array>;
}

/** Throws model-damaged where a file is missing, cannot be read or does not answer in the published shape. */
export async function loadVoices({ dir, threads = 1 }: VoiceModel): Promise<VoiceSessions> {
  const damaged = (part: VoicePart, cause?: unknown) =>
    new LyssnaError("model-damaged", { model: basename(dir), file: voiceFile(part) }, { cause });
  const options: InferenceSession.SessionOptions = {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
    // What a run took is given back: a long clip would otherwise set the size for all time.
    enableCpuMemArena: false,
  };
  const open = async (part: VoicePart) => {
    try {
      await checkConfig(dir, part);
      return await InferenceSession.create(join(dir, voiceFile(part)), options);
    } catch (error) {
      throw damaged(part, error);
    }
  };
  const segmentation = await open("segmentation");
  const embedding = await open("embedding");
  const ends = (session: InferenceSession) => {
    const [input] = session.inputNames;
    const [output] = session.outputNames;
    if (input === undefined || output === undefined) throw new RangeError("a model without ends");
    return { input, output };
  };
  const [segmentEnds, embedEnds] = [ends(segmentation), ends(embedding)];

  const sessions: VoiceSessions = {
    async segment(windows) {
      const sound = new Float32Array(windows.length * windowSamples);
      for (const [at, window] of windows.entries()) sound.set(window, at * windowSamples);
      const input = new Tensor("float32", sound, [windows.length, 1, windowSamples]);
      const answer = (await segmentation.run({ [segmentEnds.input]: input }))[segmentEnds.output];
      const [count, frames, classes] = answer?.dims ?? [];
      if (count !== windows.length || frames !== windowFrames || classes !== classVoices.length)
        throw damaged("segmentation");
      const scores = answer?.data as Float32Array;
      const size = windowFrames * classVoices.length;
      return windows.map((_, at) => scores.slice(at * size, (at + 1) * size));
    },
    async embed(features) {
      const input = new Tensor("float32", features, [1, features.length / bands, bands]);
      const answer = (await embedding.run({ [embedEnds.input]: input }))[embedEnds.output];
      if (answer?.dims[0] !== 1 || answer.dims.length !== 2) throw damaged("embedding");
      return ofLengthOne(answer.data as Float32Array);
    },
  };
  // Once, so that a file of another kind is found now and not after an hour of sound.
  try {
    await sessions.segment([new Float32Array(windowSamples)]);
    await sessions.embed(Float32Array.from({ length: 100 * bands }, (_, at) => Math.sin(at)));
  } catch (error) {
    throw error instanceof LyssnaError ? error : damaged("embedding", error);
  }
  return sessions;
}

/** The published preprocessor_config.json of either part says what sound it wants. */
async function checkConfig(dir: string, part: VoicePart): Promise<void> {
  const text = await readFile(join(dir, part, "preprocessor_config.json"), "utf8");
  const { sampling_rate: rate, num_mel_bins: mels = bands } = JSON.parse(text) as Record<string, unknown>;
  if (rate !== sampleRateHz || mels !== bands) throw new RangeError("a model for other sound");
}

function ofLengthOne(vector: Float32Array): Float32Array {
  let squares = 0;
  for (const value of vector) squares += value * value;
  const length = Math.sqrt(squares);
  // A voice that is no number is like no voice at all.
  return length > 0 && Number.isFinite(length)
    ? vector.map((value) => value / length)
    : new Float32Array(vector.length);
}
