// Meetings of synthetic voices with the exact truth of who speaks when: people take turns, talk over each other and pause,
// in a room that echoes and hums. Deterministic for a seed.
import { gaussian, seeded } from "../seeded.ts";
import type { SpokenTurn } from "./diarisation-error.ts";
import { makeVoices, sampleRateHz, speak } from "./voice.ts";

export interface MeetingShape {
  readonly seed: number;
  readonly people: number;
  readonly minutes: number;
  /** Share of speech in which two speak, 0 to 0.2. */
  readonly overlap: number;
  /** Seconds until an echo is 60 dB down; 0 for none. */
  readonly echoS: number;
  /** Speech over noise, dB; null for no noise. */
  readonly noiseDb: number | null;
}

export interface Meeting {
  readonly samples: Float32Array;
  readonly truth: readonly SpokenTurn[];
}

const pickLength = (random: () => number): number => {
  const kind = random();
  // Back-channels, answers, accounts.
  if (kind < 0.2) return 0.5 + 0.7 * random();
  if (kind < 0.7) return 1.5 + 3.5 * random();
  return 5 + 9 * random();
};

/** Who speaks when, decided before anything is said. */
export function planMeeting({ seed, people, minutes, overlap }: MeetingShape): readonly SpokenTurn[] {
  const random = seeded(seed * 7919 + 13);
  // Some talk more than others; everybody says something.
  const weights = Array.from({ length: people }, () => 0.5 + random());
  const turns: { startMs: number; endMs: number; who: number }[] = [];
  const lengthMs = minutes * 60_000;
  let atMs = 500;
  let who = -1;
  let spoken = 0;
  let doubled = 0;
  for (;;) {
    const order = turns.length < people ? turns.length : -1;
    if (order >= 0) who = order;
    else {
      let pick = random() * weights.reduce((sum, weight, at) => sum + (at === who ? 0 : weight), 0);
      const before = who;
      for (const [at, weight] of weights.entries()) {
        if (at === before) continue;
        pick -= weight;
        if (pick <= 0) {
          who = at;
          break;
        }
      }
    }
    let ms = Math.round(1000 * pickLength(random));
    if (order >= 0) ms = Math.max(ms, 3000);
    const last = turns.at(-1);
    const wantsOverlap = last !== undefined && doubled < overlap * spoken;
    const overMs = wantsOverlap
      ? Math.min(Math.round(600 + 1800 * random()), ms - 200, last.endMs - last.startMs - 200)
      : 0;
    const free = turns.filter((turn) => turn.who === who).every((turn) => turn.endMs <= atMs - overMs);
    const lies = overMs > 250 && free ? overMs : 0;
    const startMs = lies > 0 ? atMs - lies : atMs + Math.round(120 + 900 * random() ** 2);
    if (startMs + ms > lengthMs - 500) return turns;
    turns.push({ startMs, endMs: startMs + ms, who });
    spoken += ms;
    doubled += lies;
    atMs = Math.max(atMs, startMs + ms);
  }
}

export function makeMeeting(shape: MeetingShape): Meeting {
  const random = seeded(shape.seed * 104_729 + 7);
  const truth = planMeeting(shape);
  const voices = makeVoices(shape.people, random);
  const gains = voices.map(() => 10 ** ((-4 + 8 * random()) / 20));
  const samples = new Float32Array(Math.round(shape.minutes * 60 * sampleRateHz));
  for (const { startMs, endMs, who } of truth) {
    const voice = voices[Number(who)];
    if (voice === undefined) continue;
    const from = Math.round((startMs * sampleRateHz) / 1000);
    const said = speak(voice, Math.round(((endMs - startMs) * sampleRateHz) / 1000), random);
    const gain = gains[Number(who)] ?? 1;
    for (let n = 0; n < said.length; n++) samples[from + n] = (samples[from + n] ?? 0) + gain * (said[n] ?? 0);
  }
  const spokenMs = truth.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
  if (shape.echoS > 0) addEcho(samples, shape.echoS, random);
  if (shape.noiseDb !== null) addNoise(samples, spokenMs, shape.noiseDb, random);
  return { samples, truth };
}

/** Schroeder's reverberator (1962): four combs beside each other, then two all-passes. */
export function addEcho(samples: Float32Array, echoS: number, random: () => number): void {
  const wet = new Float32Array(samples.length);
  for (const ms of [29.7, 37.1, 41.1, 43.7]) {
    const delay = Math.round(((ms + random()) * sampleRateHz) / 1000);
    const gain = 10 ** ((-3 * delay) / (echoS * sampleRateHz));
    const line = new Float32Array(delay);
    for (let n = 0; n < samples.length; n++) {
      const place = n % delay;
      const back = line[place] ?? 0;
      line[place] = (samples[n] ?? 0) + gain * back;
      wet[n] = (wet[n] ?? 0) + 0.25 * back;
    }
  }
  for (const ms of [5, 1.7]) {
    const delay = Math.round((ms * sampleRateHz) / 1000);
    const line = new Float32Array(delay);
    for (let n = 0; n < wet.length; n++) {
      const place = n % delay;
      const back = line[place] ?? 0;
      const value = (wet[n] ?? 0) + 0.7 * back;
      line[place] = value;
      wet[n] = back - 0.7 * value;
    }
  }
  for (let n = 0; n < samples.length; n++) samples[n] = (samples[n] ?? 0) + 0.35 * (wet[n] ?? 0);
}

/** A room's noise: falls by about 3 dB an octave, like ventilation. */
export function addNoise(samples: Float32Array, spokenMs: number, noiseDb: number, random: () => number): void {
  let power = 0;
  for (const value of samples) power += value * value;
  const speechPower = power / Math.max(1, (spokenMs * sampleRateHz) / 1000);
  const noise = new Float32Array(samples.length);
  let [slow, slower] = [0, 0];
  let noisePower = 0;
  for (let n = 0; n < noise.length; n++) {
    const white = gaussian(random);
    slow = 0.97 * slow + 0.03 * white;
    slower = 0.8 * slower + 0.2 * white;
    const value = 4 * slow + slower + 0.3 * white;
    noise[n] = value;
    noisePower += value * value;
  }
  const scale = Math.sqrt(speechPower / 10 ** (noiseDb / 10) / (noisePower / noise.length));
  for (let n = 0; n < samples.length; n++) samples[n] = (samples[n] ?? 0) + scale * (noise[n] ?? 0);
}
