// Against the stock transformers.js pipeline: the same model files, sound, tokens per window and threads. Bench only.
import { plainRow, goalRow } from "./goals.ts";
import { hearSound, openInference } from "./hear-sound.ts";
import { cacheDir, type Measure, type Measured, minutesFor, seconds, type Setting } from "./measure.ts";
import { makeRandomWhisper } from "./random-whisper/make-random-whisper.ts";
import { type ShapeName, textTokensPerWindow } from "./random-whisper/shape.ts";
import type { Row } from "./report.ts";
import { meetingSound, sampleRateHz, type Sound } from "./sound.ts";
import { startStock } from "./stock.ts";
import { takeTurns, timed, type TurnTimes } from "./take-turns.ts";

const silenceShare = 0.25;

/** Stock takes twice as long for word times, and half of the sound says the same. */
const wordsShare = 1 / 2;

type Times = "segments" | "words";

export const measureStock: Measure = (setting) => measureAll(setting, "segments");
export const measureStockWords: Measure = (setting) => measureAll(setting, "words");

async function measureAll(setting: Setting, times: Times): Promise<Measured> {
  const rows: Row[] = [];
  const notes: string[] = [];
  const whole = times === "words" ? setting.minutes * wordsShare : setting.minutes;
  const id = times === "segments" ? "speed-vs-stock" : "speed-vs-stock-words";
  for (const size of setting.sizes) {
    const minutes = minutesFor(size, whole);
    const sound = meetingSound(minutes, silenceShare);
    const { oursMs, theirsMs, measuredWords } = await measureSize(size, sound, times, setting);
    const ratio = theirsMs / oursMs;
    const kind = times === "segments" ? "" : "-words";
    rows.push(
      goalRow(id, ratio, size),
      plainRow(`real-time${kind}`, (minutes * 60_000) / oursMs, "×", "higher", size),
      plainRow(`real-time-stock${kind}`, (minutes * 60_000) / theirsMs, "×", "higher", size),
    );
    notes.push(`${id}, ${size}: ${minutes} min; ours ${seconds(oursMs)}, stock ${seconds(theirsMs)}.`);
    if (times === "words" && !measuredWords) {
      notes.push(`${id}, ${size}: NOT COMPARABLE YET: ours gave no times measured from cross-attention.`);
    }
  }
  const what = times === "segments" ? "segment times" : "word times, from a model with cross-attentions";
  notes.push(
    `${id}: sound with ${silenceShare * 100} % silence in pauses of 1 to 20 s; stock pipeline: chunk 30 s, stride 5 s, ${what}; ${setting.rounds} round(s) of it, ours before and after each, medians; the same ${textTokensPerWindow} text tokens forced in every window of both.`,
  );
  return { rows, notes };
}

async function measureSize(
  size: ShapeName,
  sound: Sound,
  times: Times,
  setting: Setting,
): Promise<TurnTimes & { readonly measuredWords: boolean }> {
  const { rounds, threads, progress } = setting;
  progress(`${size}, ${times}: making the model …`);
  const dir = await makeRandomWhisper(cacheDir, { name: size, format: "q8", crossAttentions: times === "words" });
  const stock = await startStock({ type: "load", dir, dtype: "q8", threads });
  const inference = openInference(setting);
  let measuredWords = false;
  try {
    const warmUp = sound.slice(0, 45 * sampleRateHz);
    await stock.transcribe(warmUp, times);
    await hearSound(warmUp, dir, inference);
    const turns = await takeTurns({
      ours: () =>
        timed(async () => {
          const { segments } = await hearSound(sound, dir, inference);
          measuredWords = segments.some(({ words, timing }) => timing === "measured" && (words?.length ?? 0) > 0);
        }),
      theirs: async () => (await stock.transcribe(sound, times)).elapsedMs,
      rounds,
      progress: (whose, elapsedMs) => progress(`${size}, ${times}: ${whose} ${seconds(elapsedMs)}`),
    });
    return { ...turns, measuredWords };
  } finally {
    stock.close();
    inference.close();
  }
}
