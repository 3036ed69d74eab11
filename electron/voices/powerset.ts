// The segmentation model's classes: which of at most three voices speak, at most two at once. Pure.
// Order of the classes: pyannote.audio, utils/powerset.py (combinations of 0, 1, 2 … voices, in order).

/** Voices that a window can tell apart. */
export const windowVoices = 3;

/** The voices of each class, as bits: none, 1, 2, 3, 1 and 2, 1 and 3, 2 and 3. */
export const classVoices: readonly number[] = [0b000, 0b001, 0b010, 0b100, 0b011, 0b101, 0b110];

/** The likeliest class of every frame as bits of voices. `scores` is [frames, 7]; logits and logarithms alike. */
export function decodePowerset(scores: Float32Array): Uint8Array {
  const classes = classVoices.length;
  const frames = Math.floor(scores.length / classes);
  const voices = new Uint8Array(frames);
  for (let frame = 0; frame < frames; frame++) {
    let best = 0;
    let most = -Infinity;
    for (let one = 0; one < classes; one++) {
      const score = scores[frame * classes + one] ?? 0;
      if (score > most) [best, most] = [one, score];
    }
    voices[frame] = classVoices[best] ?? 0;
  }
  return voices;
}

export const speaks = (bits: number | undefined, voice: number): boolean => (((bits ?? 0) >> voice) & 1) === 1;

/** True where this voice speaks and no other. */
export const speaksAlone = (bits: number | undefined, voice: number): boolean => bits === 1 << voice;
