// What a language model is asked and what it answers, whoever runs it. Runs anywhere. Text goes in and text comes out: what
// it is worth is judged by the evidence check, never here.

/** The part of JSON Schema that a grammar is made of. Every property is required, and no other may come. */
export type AnswerSchema =
  | { readonly type: "string"; readonly minLength?: number; readonly maxLength: number }
  | { readonly enum: readonly string[] }
  | {
      readonly type: "array";
      readonly items: AnswerSchema;
      readonly minItems?: number;
      readonly maxItems: number;
    }
  | { readonly type: "object"; readonly properties: Readonly<Record<string, AnswerSchema>> };

export interface TextRequest {
  /** The rules that hold for all of it. */
  readonly system: string;
  /** What several requests in a row begin with: it is read once. */
  readonly shared: string;
  /** What is asked now. */
  readonly task: string;
  readonly schema: AnswerSchema;
  readonly maxTokens: number;
}

export interface TextAnswer {
  /** JSON by the schema; its beginning where `isWhole` is false. */
  readonly text: string;
  /** False where `maxTokens` were not enough. */
  readonly isWhole: boolean;
}

export interface TextWork {
  readonly signal: AbortSignal;
  /** Takes the answer so far, as it grows. */
  readonly onText?: (text: string) => void;
}

/** A language model that is loaded. One request at a time. */
export interface TextModel {
  /** Tokens that prompt and answer may have together. */
  readonly contextTokens: number;
  /** Tokens of each text by itself, with the model's own tokenizer, or somewhat more where nobody can tell. */
  countTokens(texts: readonly string[], signal: AbortSignal): Promise<readonly number[]>;
  /** Throws prompt-too-long rather than leave a word of the prompt out. Cancelling ends it at once. */
  answer(request: TextRequest, work: TextWork): Promise<TextAnswer>;
}

/** Where a language model computes. What "gpu" means is the system's: Metal on macOS, Vulkan elsewhere. */
export type LanguageDevice = "cpu" | "gpu";

export interface LanguageModel {
  /** The GGUF file. */
  readonly file: string;
  /** Tokens of context to make room for; the model's own limit where that is less. */
  readonly contextTokens: number;
  readonly device: LanguageDevice;
  /** 0 lets llama.cpp choose. */
  readonly threads: number;
}

export interface LanguageModelInfo {
  readonly contextTokens: number;
  readonly device: LanguageDevice;
}

/** What the inference process measured of one answer. Times are milliseconds. */
export interface AnsweredText extends TextAnswer {
  readonly promptTokens: number;
  /** Of those, the ones that were read before and not read again. */
  readonly reusedTokens: number;
  readonly answerTokens: number;
  readonly promptMs: number;
  readonly answerMs: number;
}

export type LanguageRequest =
  | { readonly type: "load-language"; readonly model: LanguageModel }
  | { readonly type: "count-tokens"; readonly texts: readonly string[] }
  | { readonly type: "answer-text"; readonly request: TextRequest };

export interface LanguageAnswers {
  "load-language": LanguageModelInfo;
  "count-tokens": readonly number[];
  "answer-text": AnsweredText;
}
