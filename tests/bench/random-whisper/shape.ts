// The true sizes of Whisper's smaller models, and the ids of its multilingual vocabulary. Bench only.

export interface WhisperShape {
  readonly width: number;
  readonly layers: number;
  readonly heads: number;
  /** As many as in the published model: [layer, head] of the attentions that word times are taken from. */
  readonly alignmentHeads: readonly (readonly [number, number])[];
}

/** From the published openai/whisper-tiny, -base and -small; encoder and decoder have the same number of layers. */
export const shapes: Readonly<Record<"tiny" | "base" | "small", WhisperShape>> = {
  tiny: { width: 384, layers: 4, heads: 6, alignmentHeads: pairs("2.2 3.0 3.2 3.3 3.4 3.5") },
  base: { width: 512, layers: 6, heads: 8, alignmentHeads: pairs("3.1 4.2 4.3 4.7 5.1 5.2 5.4 5.6") },
  small: {
    width: 768,
    layers: 12,
    heads: 12,
    alignmentHeads: pairs("5.3 5.9 8.0 8.4 8.7 8.8 9.0 9.7 9.9 10.5"),
  },
};

function pairs(list: string): readonly (readonly [number, number])[] {
  return list.split(" ").map((pair) => {
    const [layer = 0, head = 0] = pair.split(".").map(Number);
    return [layer, head] as const;
  });
}

export type ShapeName = keyof typeof shapes;
export const isShapeName = (name: string): name is ShapeName => Object.hasOwn(shapes, name);

export const melBins = 80;
export const melFrames = 3000;
export const positions = 1500;
export const maxTokens = 448;
export const headWidth = 64;

/** Ids of the multilingual vocabulary that tiny, base and small share. */
export const ids = {
  space: 220,
  endOfText: 50_257,
  startOfTranscript: 50_258,
  firstLanguage: 50_259,
  translate: 50_358,
  transcribe: 50_359,
  startOfLanguageModel: 50_360,
  startOfPrevious: 50_361,
  noSpeech: 50_362,
  noTimestamps: 50_363,
  firstTimestamp: 50_364,
} as const;
export const vocabularySize = 51_865;

/** Whisper's languages in the order of their ids. */
export const languages = (
  "en zh de es ru ko fr ja pt tr pl ca nl ar sv it id hi fi vi he uk el ms cs ro da hu ta no th ur hr bg lt la mi ml cy " +
  "sk te fa lv bn sr az sl kn et mk br eu is hy ne mn bs kk sq sw gl mr pa si km sn yo so af oc ka be tg sd gu am yi lo " +
  "uz fo ht ps tk nn mt sa lb my bo tl mg as tt haw ln ha ba jw su"
).split(" ");

/** The prompt is <|startoftranscript|>, a language and <|transcribe|>, so the first answer comes at this position. */
export const firstAnswerPosition = 2;
/** Text tokens of every window, as in SPEED's measurements of fast speech. */
export const textTokensPerWindow = 107;

/**
 * What the model answers at each position, whatever it hears: <|0.00|>, the text, <|28.00|>, end of text. Both sides of
 * a comparison then decode the same number of tokens, and no rule against loops or doubt comes into play.
 */
export const forcedTokens: readonly number[] = answerUntil(28);

/** The same answer with another time at its end, in seconds. */
export function answerUntil(seconds: number): readonly number[] {
  return [
    ids.firstTimestamp,
    ...Array.from({ length: textTokensPerWindow }, (_, at) => 1000 + at * 401),
    ids.firstTimestamp + seconds * 50,
    ids.endOfText,
  ];
}
