// What Whisper may say next: the suppressed tokens and the timestamp rules of the reference implementation
// (openai/whisper, decoding.py: SuppressBlank, SuppressTokens, ApplyTimestampRules). Pure, on one row of logits.
import type { WhisperTokens } from "./load.ts";

/**
 * Sets what may not follow to -Infinity, in place.
 * @param logits over the vocabulary, after the prompt and `said`
 * @param said tokens since the prompt
 */
export function applyRules(logits: Float32Array, said: readonly number[], tokens: WhisperTokens): void {
  const { timestampBegin, end, noTimestamps } = tokens;
  const forbid = (from: number, to: number) => logits.fill(-Infinity, Math.max(0, from), Math.min(logits.length, to));
  for (const id of tokens.suppress) logits[id] = -Infinity;
  if (said.length === 0) for (const id of tokens.beginSuppress) if (id !== end) logits[id] = -Infinity;
  logits[noTimestamps] = -Infinity;
  logits[tokens.noSpeech] = -Infinity;
  logits[tokens.start] = -Infinity;
  for (const id of tokens.languages.values()) logits[id] = -Infinity;

  const isTime = (id: number | undefined) => id !== undefined && id >= timestampBegin;
  const lastIsTime = isTime(said.at(-1));
  const beforeIsTime = said.length < 2 || isTime(said.at(-2));
  if (lastIsTime) {
    // Times come in pairs, but for the one before the end of the text.
    if (beforeIsTime) forbid(timestampBegin, logits.length);
    else forbid(0, end);
  }
  const lastTime = said.findLast(isTime);
  if (lastTime !== undefined) {
    // Times grow. The one that opens a segment may equal the one that closed the last.
    forbid(timestampBegin, lastIsTime && !beforeIsTime ? lastTime : lastTime + 1);
  }
  if (said.length === 0) {
    // The first is a time, and an early one. An end is allowed: then nothing was said.
    const endLogit = logits[end] ?? -Infinity;
    forbid(0, timestampBegin);
    forbid(timestampBegin + tokens.maxInitialTimestamp + 1, logits.length);
    logits[end] = endLogit;
    return;
  }
  preferTime(logits, timestampBegin);
}

/** If times together are likelier than any one word, it must be a time. */
function preferTime(logits: Float32Array, timestampBegin: number): void {
  let maxText = -Infinity;
  for (let id = 0; id < timestampBegin; id++) maxText = Math.max(maxText, logits[id] ?? -Infinity);
  let maxTime = -Infinity;
  for (let id = timestampBegin; id < logits.length; id++) maxTime = Math.max(maxTime, logits[id] ?? -Infinity);
  if (maxTime === -Infinity) return;
  let sum = 0;
  for (let id = timestampBegin; id < logits.length; id++) sum += Math.exp((logits[id] ?? -Infinity) - maxTime);
  if (maxTime + Math.log(sum) > maxText) logits.fill(-Infinity, 0, timestampBegin);
}
