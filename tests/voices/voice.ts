// Synthetic voices: a source and a filter (Fant 1960). A buzzing glottis with a pitch that wanders, jitters and falls, three
// to four formants that glide between the vowels of a mouth of its own size, hissing and stops between them. Nobody's
// voice; made so that people differ in what people differ in: pitch, its range, length of the mouth, tilt, breath, pace.
import { gaussian } from "../seeded.ts";

export const sampleRateHz = 16_000;

export interface VoiceShape {
  readonly pitchHz: number;
  /** How far the pitch wanders, as a share. */
  readonly pitchRange: number;
  readonly jitter: number;
  /** Formants over those of a man of middle size. */
  readonly mouth: number;
  /** Each formant by itself: no two mouths are one in different sizes. */
  readonly formants: readonly number[];
  /** Decibels an octave that the source falls beyond usual. */
  readonly tilt: number;
  readonly breath: number;
  readonly syllablesPerS: number;
}

/** F1 to F4 of Swedish long vowels, hertz, about (Fant 1959). */
const vowels: readonly (readonly number[])[] = [
  [600, 950, 2550, 3300],
  [400, 700, 2450, 3200],
  [330, 650, 2300, 3200],
  [450, 2050, 2600, 3400],
  [280, 2200, 3100, 3700],
  [270, 1950, 2450, 3300],
  [600, 1550, 2450, 3400],
  [400, 1700, 2300, 3300],
  [300, 1650, 2200, 3200],
  [700, 1250, 2500, 3400],
];
const bandwidths = [70, 95, 140, 220];

const between = (random: () => number, low: number, high: number): number => low + (high - low) * random();

/**
 * So many voices, as different in pitch as that many can be between a deep man's and a child's; the rest of each is its
 * own, but larger mouths go with deeper voices.
 */
export function makeVoices(count: number, random: () => number): readonly VoiceShape[] {
  const lowest = Math.log(between(random, 88, 100));
  const highest = Math.log(between(random, 225, 265));
  const steps = Math.max(1, count - 1);
  const places = Array.from({ length: count }, (_, at) => at).toSorted(() => random() - 0.5);
  const spread = count === 2 ? between(random, 0.5, 1) : 1;
  return places.map((place) => {
    const height = (place / steps) * spread;
    return voiceAt(Math.exp(lowest + (highest - lowest) * height), height, random);
  });
}

/** Any voice at all. */
export function anyVoice(random: () => number): VoiceShape {
  const height = random();
  return voiceAt(88 * (260 / 88) ** height, height, random);
}

function voiceAt(pitchHz: number, height: number, random: () => number): VoiceShape {
  return {
    pitchHz,
    pitchRange: between(random, 0.025, 0.06),
    jitter: between(random, 0.003, 0.012),
    mouth: 0.9 + 0.32 * height + between(random, -0.07, 0.07),
    formants: Array.from({ length: 4 }, () => between(random, 0.93, 1.07)),
    tilt: between(random, -3, 4),
    breath: between(random, 0.005, 0.05),
    syllablesPerS: between(random, 3.6, 5.6),
  };
}

/** Speech without words, of so many samples; full scale is 1, loudness about 0.08. */
export function speak(shape: VoiceShape, samples: number, random: () => number): Float32Array {
  const out = new Float32Array(samples);
  const filters = bandwidths.map(() => ({ one: 0, two: 0 }));
  let at = 0;
  let phase = 0;
  let vowel = vowels[Math.floor(random() * vowels.length)] ?? [];
  let pitch = 1;
  let held = 0;
  let tilted = 0;
  const pole = Math.exp((-2 * Math.PI * 300 * 2 ** (-shape.tilt / 3)) / sampleRateHz);
  while (at < samples) {
    const next = vowels[Math.floor(random() * vowels.length)] ?? [];
    const syllable = Math.round((sampleRateHz / shape.syllablesPerS) * between(random, 0.7, 1.3));
    const onset = Math.round(syllable * between(random, 0.15, 0.3));
    const kind = random();
    const goal = Math.exp(shape.pitchRange * gaussian(random)) * (1 - 0.12 * (at / samples));
    const loud = between(random, 0.7, 1.15);
    let period = 0;
    for (let n = 0; n < syllable && at < samples; n++, at++) {
      const inOnset = n < onset;
      const glide = Math.min(1, n / (syllable * 0.4));
      pitch += (goal - pitch) * 0.0008;
      phase += (shape.pitchHz * pitch * (1 + period)) / sampleRateHz;
      if (phase >= 1) {
        phase -= 1;
        period = shape.jitter * gaussian(random);
      }
      // Rosenberg's pulse (1971), as its derivative: opens for 40 %, closes within 16 %.
      const flow = phase < 0.4 ? Math.sin((Math.PI * phase) / 0.4) * 0.5 : phase < 0.56 ? -(phase - 0.4) / 0.08 : 0;
      const noise = gaussian(random);
      const voicedShare = inOnset && kind < 0.45 ? 0 : inOnset ? 0.5 : 1;
      const rise = Math.min(1, n / 200) * Math.min(1, (syllable - n) / 400);
      held += (voicedShare * loud * rise - held) * 0.01;
      tilted = pole * tilted + (1 - pole) * flow;
      let sound = (0.35 * flow + 2.2 * tilted) * held + shape.breath * noise * held;
      for (const [f, filter] of filters.entries()) {
        const hz = (1 - glide) * (vowel[f] ?? 500) + glide * (next[f] ?? 500);
        const centre = Math.min(7400, hz * shape.mouth * (shape.formants[f] ?? 1));
        const radius = Math.exp((-Math.PI * (bandwidths[f] ?? 100)) / sampleRateHz);
        const a = 2 * radius * Math.cos((2 * Math.PI * centre) / sampleRateHz);
        const b = -radius * radius;
        const resonated = (1 - a - b) * sound + a * filter.one + b * filter.two;
        filter.two = filter.one;
        filter.one = resonated;
        sound = resonated;
      }
      const hiss = inOnset && kind < 0.3 ? 0.05 * noise * loud * Math.sin((Math.PI * n) / onset) : 0;
      out[at] = sound + hiss;
    }
    vowel = next;
  }
  let power = 0;
  for (const value of out) power += value * value;
  const scale = 0.08 / Math.sqrt(power / Math.max(1, samples) + 1e-12);
  const fade = Math.min(160, samples / 4);
  for (let n = 0; n < samples; n++) {
    out[n] = (out[n] ?? 0) * scale * Math.min(1, n / fade, (samples - n) / fade);
  }
  return out;
}
