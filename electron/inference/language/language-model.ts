// A language model in llama.cpp: loads a GGUF file, counts tokens, answers by grammar. Inference process.
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { constants, setPriority } from "node:os";
import type { ChatWrapper, Llama, LlamaContextSequence, LlamaModel, Token } from "node-llama-cpp";
import { LyssnaError } from "../../errors.ts";
import type { AnsweredText, LanguageModel, LanguageModelInfo, TextRequest } from "../language-protocol.ts";
import { openLlama } from "./open-llama.ts";
import { writeGrammar } from "./write-grammar.ts";

export interface LoadedLanguage {
  readonly info: LanguageModelInfo;
  countTokens(texts: readonly string[]): readonly number[];
  answer(request: TextRequest, onText: (text: string) => void): Promise<AnsweredText>;
  /** Gives back what the model and its context hold. */
  close(): Promise<void>;
}

/** Answers' text is handed on at most this often. */
const tellEveryMs = 100;

/**
 * Throws model-missing, model-damaged for a file that llama.cpp does not take, device-failed where graphics cannot run it,
 * and engine-unavailable where this system has no binary.
 */
export async function loadLanguage(wanted: LanguageModel): Promise<LoadedLanguage> {
  const name = basename(wanted.file);
  if (!(await stat(wanted.file).catch(() => null))?.isFile()) throw new LyssnaError("model-missing", { model: name });
  // Minutes of every core: what the person does meanwhile comes first.
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  const llama = await openLlama(wanted.device, wanted.threads);
  try {
    return await loadInto(llama, wanted);
  } catch (error) {
    await llama.dispose();
    if (error instanceof LyssnaError) throw error;
    if (wanted.device === "gpu") throw new LyssnaError("device-failed", { device: "GPU" }, { cause: error });
    throw new LyssnaError("model-damaged", { model: name, file: name }, { cause: error });
  }
}

async function loadInto(
  llama: Llama,
  { file, contextTokens, device, threads }: LanguageModel,
): Promise<LoadedLanguage> {
  const { resolveChatWrapper, LlamaGrammarEvaluationState } = await import("node-llama-cpp");
  const gpuLayers = device === "gpu" ? "auto" : 0;
  const model = await llama.loadModel({ modelPath: file, gpuLayers, ignoreMemorySafetyChecks: device === "cpu" });
  const most = Math.max(256, Math.min(contextTokens, model.trainContextSize));
  const context = await model.createContext({
    contextSize: most,
    threads,
    ...(device === "cpu" ? { ignoreMemorySafetyChecks: true } : {}),
  });
  const sequence = context.getSequence();
  const wrapper = resolveChatWrapper(model, { warningLogs: false });
  const info: LanguageModelInfo = { contextTokens: Math.min(most, context.contextSize), device };

  async function answer(request: TextRequest, onText: (text: string) => void): Promise<AnsweredText> {
    const tokens = promptTokens(request, wrapper, model);
    if (tokens.length + request.maxTokens > info.contextTokens)
      throw new LyssnaError("prompt-too-long", { tokens: tokens.length + request.maxTokens, most: info.contextTokens });
    const grammar = await llama.createGrammar({ grammar: writeGrammar(request.schema) });
    const state = new LlamaGrammarEvaluationState({ model, grammar });
    const reused = await keepShared(sequence, tokens);
    const startedMs = performance.now();
    let firstMs = startedMs;
    const answered: Token[] = [];
    let toldAt = performance.now();
    // The last token of the prompt is what the first of the answer follows from.
    const written = sequence.evaluate(tokens.slice(reused), { temperature: 0, grammarEvaluationState: state });
    for await (const token of written) {
      if (answered.length === 0) firstMs = performance.now();
      answered.push(token);
      if (answered.length >= request.maxTokens) break;
      if (performance.now() - toldAt >= tellEveryMs) {
        toldAt = performance.now();
        onText(model.detokenize(answered));
      }
    }
    const answerMs = performance.now() - firstMs;
    const text = model.detokenize(answered).trim();
    return {
      text,
      isWhole: isJson(text),
      promptTokens: tokens.length,
      reusedTokens: reused,
      answerTokens: answered.length,
      promptMs: firstMs - startedMs,
      answerMs,
    };
  }

  return {
    info,
    countTokens: (texts) => texts.map((text) => model.tokenize(text).length),
    answer,
    async close() {
      await context.dispose();
      await model.dispose();
      await llama.dispose();
    },
  };
}

/**
 * The prompt as the model was trained to read one. What people said is tokenised as plain text: a control token that
 * somebody utters is letters, not a command.
 */
function promptTokens({ system, shared, task }: TextRequest, wrapper: ChatWrapper, model: LlamaModel): Token[] {
  const { contextText } = wrapper.generateContextState({
    chatHistory: [
      { type: "system", text: system },
      { type: "user", text: `${shared}\n\n${task}` },
      { type: "model", response: [""] },
    ],
  });
  return contextText.tokenize(model.tokenizer);
}

/** Answers how many of the tokens the context holds already; what it holds besides is let go. */
async function keepShared(sequence: LlamaContextSequence, tokens: Token[]): Promise<number> {
  // At least one token must be read, so that there is something to go on from.
  await sequence.adaptStateToTokens(tokens.slice(0, -1), false);
  return sequence.nextTokenIndex;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
