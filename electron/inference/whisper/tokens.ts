// The parts of Whisper's configuration that decoding rests on. Pure.

/** Ids are token numbers. */
export interface WhisperTokens {
  readonly start: number;
  readonly end: number;
  readonly noTimestamps: number;
  readonly noSpeech: number;
  readonly timestampBegin: number;
  readonly languages: ReadonlyMap<string, number>;
  readonly transcribe: number | null;
  /** Never said: the model's own list, and what the reference adds to it (decoding.py, _get_suppress_tokens). */
  readonly suppress: readonly number[];
  /** Not said first. */
  readonly beginSuppress: readonly number[];
  /** Largest index that the first timestamp may have, in steps of 20 ms. */
  readonly maxInitialTimestamp: number;
}

/** A task, three starts and two more: a row of many more is no Whisper's. */
const mostSpecials = 100;

/**
 * @param config generation_config.json
 * Throws a RangeError where its numbers cannot be a vocabulary's.
 */
export function readTokens(config: Readonly<Record<string, unknown>>): WhisperTokens {
  const number = (key: string) => Number(config[key]);
  const list = (key: string) => ((config[key] as number[] | null | undefined) ?? []).map(Number);
  const ids = (key: string) => Object.entries((config[key] ?? {}) as Record<string, number>);
  const noTimestamps = number("no_timestamps_token_id");
  const end = Number([config["eos_token_id"]].flat()[0]);
  const start = number("decoder_start_token_id");
  const tasks = ids("task_to_id");
  // Tasks, start of a language model's text, start of earlier text, no speech, no timestamps: they stand in a row. The
  // English-only vocabularies have the two tasks too, though their configuration does not name them.
  const firstTask = tasks.length === 0 ? noTimestamps - 5 : Math.min(noTimestamps - 3, ...tasks.map(([, id]) => id));
  const isRow = firstTask <= noTimestamps && noTimestamps - firstTask < mostSpecials && Number.isInteger(firstTask);
  if (!isRow || !Number.isSafeInteger(start) || !Number.isSafeInteger(end))
    throw new RangeError("token numbers that no vocabulary has");
  const specials = [start, ...Array.from({ length: noTimestamps + 1 - firstTask }, (_, at) => firstTask + at)];
  return {
    start,
    end,
    noTimestamps,
    // In every Whisper vocabulary the two stand side by side.
    noSpeech: noTimestamps - 1,
    timestampBegin: noTimestamps + 1,
    languages: new Map(ids("lang_to_id").map(([token, id]) => [token.replace(/[<|>]/gu, ""), id])),
    transcribe: tasks.find(([task]) => task === "transcribe")?.[1] ?? null,
    suppress: [...new Set([...list("suppress_tokens"), ...specials])],
    beginSuppress: list("begin_suppress_tokens"),
    maxInitialTimestamp: Number(config["max_initial_timestamp_index"] ?? 50),
  };
}
