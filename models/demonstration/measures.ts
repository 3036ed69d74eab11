// Sizes on which the parts of the demonstration model agree. Runs anywhere.

/** Mel frames in a window of 30 s, and hidden states made of them: Whisper's own. */
export const frames = 3000;
export const positions = 1500;
/** Values in a hidden state. */
export const width = 8;
/** What a hidden state holds: the token and its probability with and without timestamps, and the evidence for speech. */
export const rowChannels = {
  timedToken: 0,
  timedProbability: 1,
  plainToken: 2,
  plainProbability: 3,
  evidence: 4,
} as const;

/** A correlation that counts as heard: other voices and music stay under 0.6, the voice itself over 0.8 in bad sound. */
export const heard = 0.62;
/** More words than can be said in 30 s. */
export const maxWords = 100;
