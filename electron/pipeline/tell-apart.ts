// Whether two channels are two people, each with a microphone of their own. Runs in main; ffmpeg reads the sound.
import type { Ffmpeg } from "./ffmpeg.ts";
import { runFfmpeg } from "./run-ffmpeg.ts";

/** So much of the beginning is listened to: greetings take turns. */
const listenedS = 300;
const rateHz = 8000;
const frameSamples = rateHz / 50;
/** Full scale is 1: below this nobody speaks. */
const quiet = 0.003;
/** One channel is this much stronger where its person speaks: 10 dB. */
const stronger = 10 ** (10 / 20);
/** Share of what is said that is in one channel alone, and share that the one who says least has. */
const mostlyAlone = 0.8;
const leastShare = 0.05;

/** Never throws: what cannot be told is not apart. The track must have two channels. */
export async function areApart(path: string, track: number, ffmpeg: Ffmpeg, signal: AbortSignal): Promise<boolean> {
  const outputOptions = ["-map", `0:a:${String(track)}`, "-vn", "-t", String(listenedS), "-ac", "2"];
  outputOptions.push("-ar", String(rateHz), "-acodec", "pcm_f32le");
  const meter = createMeter();
  try {
    for await (const bytes of runFfmpeg({ path }, { ffmpeg, signal, outputOptions, format: "f32le" }))
      meter.take(bytes);
  } catch {
    return false;
  }
  return meter.isApart();
}

/** Listens to interleaved pairs of 32-bit floats. */
function createMeter() {
  let before: Buffer = Buffer.alloc(0);
  let [left, right, both] = [0, 0, 0];
  const frameBytes = frameSamples * 2 * 4;

  function weigh(frame: Buffer): void {
    const power = [0, 0];
    for (let at = 0; at < frame.length; at += 8) {
      power[0] = (power[0] ?? 0) + frame.readFloatLE(at) ** 2;
      power[1] = (power[1] ?? 0) + frame.readFloatLE(at + 4) ** 2;
    }
    const [one = 0, other = 0] = power.map((sum) => Math.sqrt(sum / frameSamples));
    if (Math.max(one, other) < quiet) return;
    if (one > other * stronger) left += 1;
    else if (other > one * stronger) right += 1;
    else both += 1;
  }

  return {
    take(bytes: Buffer): void {
      const all = Buffer.concat([before, bytes]);
      let at = 0;
      for (; at + frameBytes <= all.length; at += frameBytes) weigh(all.subarray(at, at + frameBytes));
      before = all.subarray(at);
    },
    isApart(): boolean {
      const said = left + right + both;
      return left + right >= mostlyAlone * said && Math.min(left, right) > leastShare * said;
    },
  };
}
