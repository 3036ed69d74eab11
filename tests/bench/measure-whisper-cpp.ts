// Against whisper.cpp: the same shape, sound without silence, tokens per window and threads. Bench only.
import { goalRow, plainRow } from "./goals.ts";
import { hearSound, openInference } from "./hear-sound.ts";
import { cacheDir, type Measure, minutesFor, seconds, type Setting } from "./measure.ts";
import { makeRandomWhisper } from "./random-whisper/make-random-whisper.ts";
import { type ShapeName, textTokensPerWindow } from "./random-whisper/shape.ts";
import { makeRandomGgml } from "./random-whisper/write-ggml.ts";
import type { Row } from "./report.ts";
import { meetingSound, sampleRateHz } from "./sound.ts";
import { takeTurns, timed, type TurnTimes } from "./take-turns.ts";
import { findProgram, openWhisperCpp } from "./whisper-cpp.ts";

const mostMinutes = 10;

export const measureWhisperCpp: Measure = async (setting) => {
  const id = "speed-vs-whisper-cpp";
  const skip = (reason: string) => ({ rows: [], notes: [], skipped: [{ id, reason }] });
  if (setting.whisperCpp === null) return skip("no build of whisper.cpp was named (--whisper-cpp DIR)");
  const program = findProgram(setting.whisperCpp);
  if (program === null) return skip(`there is no bin/whisper-cli in ${setting.whisperCpp}`);

  const rows: Row[] = [];
  const notes: string[] = [];
  for (const size of setting.sizes) {
    const minutes = minutesFor(size, Math.min(mostMinutes, setting.minutes));
    const { oursMs, theirsMs, windows } = await measureSize(size, minutes, program, setting);
    rows.push(
      goalRow(id, theirsMs / oursMs, size),
      plainRow("real-time-dense", (minutes * 60_000) / oursMs, "×", "higher", size),
      plainRow("real-time-whisper-cpp", (minutes * 60_000) / theirsMs, "×", "higher", size),
    );
    notes.push(
      `${id}, ${size}: ${minutes} min without silence; ours ${seconds(oursMs)}, whisper.cpp ${seconds(theirsMs)} in ${windows} windows.`,
    );
  }
  notes.push(
    `${id}: whisper-cli with q8_0 weights that force the same ${textTokensPerWindow} text tokens in every whole window of 30 s; greedy, one try, no context, the quicker of its two kinds of attention, its defaults otherwise; its total time without loading. Ours with voice activity detection; ${setting.rounds} round(s), ours before and after each, medians. Its threads spin while they wait: beside other work it was seen to take five times as long.`,
  );
  return { rows, notes };
};

async function measureSize(
  size: ShapeName,
  minutes: number,
  program: string,
  setting: Setting,
): Promise<TurnTimes & { readonly windows: number }> {
  const sound = meetingSound(minutes, 0);
  const { rounds, threads, progress } = setting;
  progress(`${size}, whisper.cpp: making the models …`);
  const dir = await makeRandomWhisper(cacheDir, { name: size, format: "q8" });
  const modelPath = await makeRandomGgml(cacheDir, size);
  const opponent = await openWhisperCpp({ program, modelPath, sound, threads });
  const inference = openInference(setting);
  let windows = 0;
  try {
    await hearSound(sound.slice(0, 45 * sampleRateHz), dir, inference);
    const turns = await takeTurns({
      ours: () => timed(() => hearSound(sound, dir, inference)),
      theirs: async () => {
        const heard = await opponent.transcribe();
        windows = heard.windows;
        return heard.elapsedMs;
      },
      rounds,
      progress: (whose, elapsedMs) => progress(`${size}, whisper.cpp: ${whose} ${seconds(elapsedMs)}`),
    });
    const expected = Math.ceil((minutes * 60) / 30);
    if (Math.abs(windows - expected) > 1) {
      throw new Error(`whisper.cpp decoded ${windows} windows where ${expected} were expected`);
    }
    return { ...turns, windows };
  } finally {
    inference.close();
    await opponent.close();
  }
}
