// One window's way through the decoder, as a state machine: the prompt, then a token at a time, again at a higher
// temperature while the text is doubtful. It runs nothing: the batch (decode-windows.ts) feeds it. Pure.
import { deflateSync } from "node:zlib";
import { letGo } from "../../free-memory.ts";
import type { Scores } from "./rows.ts";
import { applyRules, type Choice, chooseBest, draw, logSumExp } from "./rules.ts";
import type { WhisperTokens } from "./tokens.ts";

/** Thresholds of the reference (openai/whisper, transcribe.py), from section 4.5 of the paper (Radford et al., 2022). */
const mostCompressed = 2.4;
const leastMeanLogProbability = -1;
const mostNoSpeech = 0.6;

export interface HearingOptions {
  readonly tokens: WhisperTokens;
  /** BCP 47 code, or "auto" to detect it. */
  readonly language: string;
  readonly temperatures: readonly number[];
  /** Most tokens of text and times. */
  readonly maxTokens: number;
  readonly timestamps: boolean;
  /** Text of tokens, to see how far it repeats itself. */
  readonly decode: (tokens: readonly number[]) => string;
}

/** What was said in a window, in tokens. */
export interface Said {
  readonly language: string;
  /** Of the languages that the model knows; null where it was given. */
  readonly languageProbability: number | null;
  readonly noSpeechProbability: number;
  /** Without the end of text. */
  readonly said: readonly number[];
  /** Natural logarithm of each token's probability, and of the end's. */
  readonly logProbabilities: readonly number[];
  /** Where the model looked when it chose each token of `said`; empty where it does not tell. */
  readonly attentions: readonly Float32Array[];
  readonly isSilence: boolean;
}

export interface Hearing {
  /** The token to feed next. */
  readonly token: number;
  /** Whether the next answer must hold all logits. */
  readonly wantsLogits: boolean;
  /** Takes what may follow the token: go on, begin again without a cache, or done. */
  take(scores: Scores): "more" | "again" | "done";
  result(): Said;
}

export function createHearing(options: HearingOptions): Hearing {
  const { tokens, temperatures, timestamps } = options;
  let language = options.language;
  let languageProbability: number | null = null;
  let noSpeechProbability = 0;
  let attemptNumber = 0;
  let prompt: number[] = [];
  let attempt = emptyAttempt();
  let best: Attempt | null = null;
  let fed = 0;
  let random = randomFrom(0);

  function begin(): void {
    prompt = [tokens.start, ...promptAfterStart()];
    attempt = emptyAttempt();
    fed = 0;
    random = randomFrom(temperature());
  }
  const temperature = (): number => temperatures[attemptNumber] ?? 0;

  function promptAfterStart(): number[] {
    if (language === "auto") return [];
    const spoken = tokens.languages.get(language) ?? tokens.languages.values().next().value;
    const wanted = [spoken, tokens.transcribe, timestamps ? null : tokens.noTimestamps];
    return wanted.filter((id) => id !== undefined && id !== null);
  }

  function hearStart(logits: Float32Array): void {
    const mass = logSumExp(logits, 0, logits.length);
    noSpeechProbability = Math.exp((logits[tokens.noSpeech] ?? -Infinity) - mass);
    if (language !== "auto") return;
    ({ language, probability: languageProbability } = likeliestLanguage(logits, tokens));
    prompt.push(...promptAfterStart());
  }

  function choose(scores: Scores): Choice {
    const { logits } = scores;
    const { said } = attempt;
    if (logits === null) return chooseBest(scores, said, tokens, timestamps);
    const ruled = logits.slice();
    applyRules(ruled, said, tokens, timestamps);
    if (temperature() > 0) return draw(ruled, temperature(), random);
    const token = ruled.reduce((most, value, id) => (value > (ruled[most] ?? -Infinity) ? id : most), 0);
    return { token, logProbability: (ruled[token] ?? -Infinity) - logSumExp(ruled, 0, ruled.length) };
  }

  const textOf = ({ said }: Attempt): number[] => said.filter((id) => id < tokens.end);
  const isSilence = (one: Attempt): boolean =>
    textOf(one).length === 0 || (noSpeechProbability > mostNoSpeech && meanOf(one) < leastMeanLogProbability);
  const isDoubtful = (one: Attempt): boolean =>
    meanOf(one) < leastMeanLogProbability || compressionRatio(options.decode(textOf(one))) > mostCompressed;

  begin();
  return {
    get token() {
      return prompt[fed] ?? attempt.said[fed - prompt.length] ?? tokens.end;
    },
    get wantsLogits() {
      return fed === 0 || temperature() > 0 || (!timestamps && fed === prompt.length - 1);
    },
    take(scores) {
      if (fed === 0 && scores.logits !== null) hearStart(scores.logits);
      fed += 1;
      if (fed < prompt.length) return "more";
      const { token, logProbability } = choose(scores);
      attempt.logProbabilities.push(logProbability);
      if (token !== tokens.end) {
        attempt.said.push(token);
        if (scores.attention !== null) attempt.attentions.push(scores.attention.slice());
        if (attempt.said.length < options.maxTokens) return "more";
      }
      const isGood = isSilence(attempt) || !isDoubtful(attempt);
      // Where every temperature leaves doubt, the likeliest text stands: what was really said again and again ("nej, nej,
      // nej") looks like a loop, and each higher temperature only makes something up in its place.
      const isBetter = isGood || best === null || meanOf(attempt) > meanOf(best);
      const worse = isBetter ? best : attempt;
      if (isBetter) best = attempt;
      worse?.attentions.forEach(letGo);
      if (isGood || attemptNumber + 1 >= temperatures.length) return "done";
      attemptNumber += 1;
      begin();
      return "again";
    },
    result() {
      const { said, logProbabilities, attentions } = best ?? attempt;
      return {
        language,
        languageProbability,
        noSpeechProbability,
        said,
        logProbabilities,
        attentions,
        isSilence: isSilence(best ?? attempt),
      };
    },
  };
}

/** One way through the text, at one temperature. */
interface Attempt {
  readonly said: number[];
  readonly logProbabilities: number[];
  readonly attentions: Float32Array[];
}

const emptyAttempt = (): Attempt => ({ said: [], logProbabilities: [], attentions: [] });
const meanOf = ({ logProbabilities }: Attempt): number =>
  logProbabilities.reduce((sum, value) => sum + value, 0) / Math.max(1, logProbabilities.length);

function likeliestLanguage(logits: Float32Array, { languages, transcribe }: WhisperTokens) {
  const heard = [...languages].map(([language, id]) => ({ language, logit: logits[id] ?? -Infinity }));
  const [best] = heard.toSorted((one, other) => other.logit - one.logit);
  const mass = logSumExp(
    Float32Array.from(heard, ({ logit }) => logit),
    0,
    heard.length,
  );
  // A model without language tokens speaks one language: English where it knows no tasks either, as in openai/whisper's
  // ".en" models, and otherwise that of the country it was made for.
  return best === undefined
    ? { language: transcribe === null ? "en" : "sv", probability: null }
    : { language: best.language, probability: Math.exp(best.logit - mass) };
}

/** Bytes of the text over bytes of it compressed: high when it repeats itself. */
function compressionRatio(text: string): number {
  const bytes = Buffer.from(text);
  return bytes.length === 0 ? 1 : bytes.length / deflateSync(bytes).length;
}

/** mulberry32, seeded by the temperature: the same window always gives the same text. */
function randomFrom(temperature: number): () => number {
  let state = Math.round(temperature * 1000) + 1;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}
