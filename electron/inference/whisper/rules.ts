// What Whisper may say next: the timestamp rules and suppressed tokens of the reference implementation (openai/whisper,
// decoding.py: SuppressBlank, SuppressTokens, ApplyTimestampRules), at temperature 0 without a pass over the vocabulary.
// Pure.
import type { Scores } from "./rows.ts";
import type { WhisperTokens } from "./tokens.ts";

export interface Choice {
  readonly token: number;
  /** Natural logarithm of its probability among all that were allowed. */
  readonly logProbability: number;
}

/** Which kinds of token may follow what was said, and from which time on. */
interface Allowed {
  readonly words: "all" | "end" | "none";
  /** Range of the times, as indices from the first; empty where from ≥ to. */
  readonly fromTime: number;
  readonly toTime: number;
}

/** @param said tokens since the prompt */
function allowedAfter(said: readonly number[], tokens: WhisperTokens, times: number): Allowed {
  const { timestampBegin } = tokens;
  const isTime = (id: number | undefined) => id !== undefined && id >= timestampBegin;
  // The first is a time, and an early one.
  if (said.length === 0) return { words: "none", fromTime: 0, toTime: Math.min(times, tokens.maxInitialTimestamp + 1) };
  const lastIsTime = isTime(said.at(-1));
  const beforeIsTime = said.length < 2 || isTime(said.at(-2));
  // Times come in pairs, but for the one before the end of the text.
  if (lastIsTime && beforeIsTime) return { words: "all", fromTime: 0, toTime: 0 };
  const lastTime = (said.findLast(isTime) ?? timestampBegin - 1) - timestampBegin;
  // Times grow. The one that opens a segment may equal the one that closed the last.
  if (lastIsTime) return { words: "end", fromTime: lastTime, toTime: times };
  return { words: "all", fromTime: lastTime + 1, toTime: times };
}

/** Times that are all this much less likely than the words weigh less than single precision can tell: not summed up. */
const negligible = 25;

/** The likeliest token, by the rules. Without `timestamps`, the prompt asks for none, and they have no rule. */
export function chooseBest(scores: Scores, said: readonly number[], tokens: WhisperTokens, timestamps = true): Choice {
  const { times } = scores;
  const all: Allowed = { words: "all", fromTime: 0, toTime: times.length };
  const { words, fromTime, toTime } = timestamps ? allowedAfter(said, tokens, times.length) : all;
  const wordMass = words === "all" ? scores.wordMass : words === "end" ? scores.endLogit : -Infinity;
  const bestWord = words === "all" ? scores.bestLogit : wordMass;
  let bestTime = fromTime;
  for (let at = fromTime + 1; at < toTime; at++) {
    if ((times[at] ?? -Infinity) > (times[bestTime] ?? -Infinity)) bestTime = at;
  }
  const timeLogit = fromTime < toTime ? (times[bestTime] ?? -Infinity) : -Infinity;
  const timeMass = timeLogit > wordMass - negligible ? logSumExp(times, fromTime, toTime) : -Infinity;
  const time = tokens.timestampBegin + bestTime;
  // If times together are likelier than any one word, it must be a time.
  if (timestamps && timeMass > bestWord) return { token: time, logProbability: timeLogit - timeMass };
  if (timeLogit > bestWord) return { token: time, logProbability: timeLogit - logAddExp(wordMass, timeMass) };
  const token = words === "all" ? scores.best : tokens.end;
  return { token, logProbability: bestWord - logAddExp(wordMass, timeMass) };
}

/** Sets what may not follow to −Infinity, in place, over the whole vocabulary. */
export function applyRules(
  logits: Float32Array,
  said: readonly number[],
  tokens: WhisperTokens,
  timestamps = true,
): void {
  const { timestampBegin, end } = tokens;
  const forbid = (from: number, to: number): void => {
    logits.fill(-Infinity, from, Math.max(from, to));
  };
  const endLogit = logits[end] ?? -Infinity;
  for (const id of tokens.suppress) logits[id] = -Infinity;
  if (said.length === 0) for (const id of tokens.beginSuppress) logits[id] = -Infinity;
  if (!timestamps) return;
  const { words, fromTime, toTime } = allowedAfter(said, tokens, logits.length - timestampBegin);
  if (words !== "all") forbid(0, timestampBegin);
  if (words === "end") logits[end] = endLogit;
  forbid(timestampBegin, timestampBegin + fromTime);
  forbid(timestampBegin + toTime, logits.length);
  let bestWord = -Infinity;
  for (let id = 0; id < timestampBegin; id++) bestWord = Math.max(bestWord, logits[id] ?? -Infinity);
  if (logSumExp(logits, timestampBegin, logits.length) > bestWord) forbid(0, timestampBegin);
}

/** Draws a token at a temperature above 0 from logits that the rules were applied to. */
export function draw(logits: Float32Array, temperature: number, random: () => number): Choice {
  const mass = logSumExp(logits, 0, logits.length);
  const heated = logits.map((value) => value / temperature);
  const heatedMass = logSumExp(heated, 0, heated.length);
  let left = random();
  let token = heated.indexOf(heated.reduce((most, value) => Math.max(most, value), -Infinity));
  for (const [id, value] of heated.entries()) {
    left -= Math.exp(value - heatedMass);
    if (left > 0) continue;
    token = id;
    break;
  }
  return { token, logProbability: (logits[token] ?? -Infinity) - mass };
}

export function logSumExp(values: Float32Array, from: number, to: number): number {
  let most = -Infinity;
  for (let at = from; at < to; at++) most = Math.max(most, values[at] ?? -Infinity);
  if (most === -Infinity) return most;
  let sum = 0;
  for (let at = from; at < to; at++) sum += Math.exp((values[at] ?? -Infinity) - most);
  return most + Math.log(sum);
}

const logAddExp = (one: number, other: number): number => {
  const most = Math.max(one, other);
  return most === -Infinity ? most : most + Math.log(Math.exp(one - most) + Math.exp(other - most));
};
