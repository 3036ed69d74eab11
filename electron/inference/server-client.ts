// A language model in a server on this machine that speaks as OpenAI's does (Ollama, LM Studio, llama-server). It is another
// way to a model's text, and nothing that it answers is trusted. Runs in main and the command line.
import { z } from "zod";
import { LyssnaError } from "../errors.ts";
import { isElsewhere } from "../loopback.ts";
import type { AskHere } from "../network.ts";
import { asJsonSchema } from "./json-schema.ts";
import type { TextAnswer, TextModel, TextRequest, TextWork } from "./language-protocol.ts";

export interface ServerOptions {
  readonly ask: AskHere;
  /** As it was written; looked at before each request. */
  readonly address: string;
  /** As the server calls it; "" for the first that it has. */
  readonly model: string;
  readonly limits?: Partial<ServerLimits>;
}

export interface ServerLimits {
  /** For a whole answer. */
  readonly answerMs: number;
  /** For a list of models. */
  readonly listMs: number;
  /** What is read of one answer. */
  readonly mostBytes: number;
}

const usualLimits: ServerLimits = { answerMs: 15 * 60_000, listMs: 5000, mostBytes: 1_000_000 };
/** What such a server reads at once where it does not say: the least that any of them takes as it comes. */
const usualContext = 4096;
const contextMost = 32_768;

export interface ServerModel extends TextModel {
  /** As the server calls it. */
  readonly name: string;
}

const modelsSchema = z.object({ data: z.array(z.object({ id: z.string().min(1).max(200) })).max(1000) });
const propsSchema = z.object({
  default_generation_settings: z.object({ n_ctx: z.number().int().positive() }),
});
const completionSchema = z.object({
  choices: z
    .array(z.object({ message: z.object({ content: z.string() }), finish_reason: z.string().nullish() }))
    .min(1),
});

/**
 * The models that the server has, without those that run elsewhere. Throws server-not-local, server-unreachable,
 * server-refused, server-answer-odd, server-too-slow, cancelled.
 */
export async function listServerModels(options: ServerOptions, signal: AbortSignal): Promise<readonly string[]> {
  const { status, body } = await request("/v1/models", null, options, signal);
  if (status !== 200) throw new LyssnaError("server-refused", { status, model: options.model || "–" });
  return read(modelsSchema, body)
    .data.map(({ id }) => id)
    .filter((id) => !isElsewhere(id));
}

/** Looks whether the server is there and has the model. Throws as `listServerModels` does, server-elsewhere and server-no-model. */
export async function openServer(options: ServerOptions, signal: AbortSignal): Promise<ServerModel> {
  if (isElsewhere(options.model)) throw new LyssnaError("server-elsewhere", { model: options.model });
  const models = await listServerModels(options, signal);
  const name = options.model === "" ? models[0] : models.find((id) => id === options.model);
  if (name === undefined) throw new LyssnaError("server-no-model");
  const contextTokens = await contextOf(options, signal);
  let takesSchema = true;

  async function answer(asked: TextRequest, work: TextWork): Promise<TextAnswer> {
    const tokens = estimate(asked.system) + estimate(`${asked.shared}${asked.task}`) + asked.maxTokens;
    if (tokens > contextTokens) throw new LyssnaError("prompt-too-long", { tokens, most: contextTokens });
    const body = {
      model: name,
      messages: [
        { role: "system", content: asked.system },
        { role: "user", content: `${asked.shared}\n\n${asked.task}`.trim() },
      ],
      temperature: 0,
      max_tokens: asked.maxTokens,
      stream: false,
    };
    const format = {
      type: "json_schema",
      json_schema: { name: "answer", strict: true, schema: asJsonSchema(asked.schema) },
    };
    let reply = await request(
      "/v1/chat/completions",
      takesSchema ? { ...body, response_format: format } : body,
      options,
      work.signal,
    );
    if (takesSchema && (reply.status === 400 || reply.status === 422)) {
      // Some servers know no schema. What comes is read as strictly either way.
      takesSchema = false;
      reply = await request("/v1/chat/completions", body, options, work.signal);
    }
    if (reply.status !== 200) throw new LyssnaError("server-refused", { status: reply.status, model: name ?? "" });
    const [choice] = read(completionSchema, reply.body).choices;
    const text = jsonIn(choice?.message.content ?? "");
    return { text, isWhole: choice?.finish_reason !== "length" && isJson(text) };
  }

  return {
    name,
    contextTokens,
    countTokens: async (texts) => texts.map(estimate),
    answer,
  };
}

/** What llama-server says of itself; the others say nothing of the sort. */
async function contextOf(options: ServerOptions, signal: AbortSignal): Promise<number> {
  try {
    const { status, body } = await request("/props", null, options, signal);
    if (status !== 200) return usualContext;
    return Math.min(contextMost, read(propsSchema, body).default_generation_settings.n_ctx);
  } catch (error) {
    if (signal.aborted || (error instanceof LyssnaError && error.code === "server-not-local")) throw error;
    return usualContext;
  }
}

/** More than any tokenizer makes of it: two plain letters, or one of another alphabet, for a token. */
export function estimate(text: string): number {
  const others = text.match(/[^\x20-\x7E]/gu)?.length ?? 0;
  return Math.ceil((text.length - others) / 2) + others;
}

interface Reply {
  readonly status: number;
  readonly body: string;
}

async function request(
  path: string,
  body: object | null,
  { ask, address, limits }: ServerOptions,
  signal: AbortSignal,
): Promise<Reply> {
  const { answerMs, listMs, mostBytes } = { ...usualLimits, ...limits };
  const withinMs = body === null ? listMs : answerMs;
  const late = AbortSignal.timeout(withinMs);
  const init: RequestInit =
    body === null
      ? { method: "GET" }
      : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  try {
    signal.throwIfAborted();
    const response = await ask(address, path, { ...init, signal: AbortSignal.any([signal, late]) });
    return { status: response.status, body: await readBounded(response, mostBytes) };
  } catch (error) {
    if (signal.aborted) throw new LyssnaError("cancelled");
    if (error instanceof LyssnaError) throw error;
    if (late.aborted) throw new LyssnaError("server-too-slow", { minutes: Math.max(1, Math.round(withinMs / 60_000)) });
    // A redirection that the host itself has stopped says so in words.
    if (error instanceof Error && /redirect/iu.test(error.message)) throw new LyssnaError("server-not-local");
    // The cause may hold what was sent.
    throw new LyssnaError("server-unreachable", { address });
  }
}

async function readBounded(response: Response, mostBytes: number): Promise<string> {
  if (response.body === null) return "";
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw new LyssnaError("server-answer-odd");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function read<Schema extends z.ZodType>(schema: Schema, text: string): z.infer<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new LyssnaError("server-answer-odd");
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new LyssnaError("server-answer-odd");
  return parsed.data;
}

/** The answer without what some models think aloud before it, and without the fence that some put around it. */
function jsonIn(content: string): string {
  const said = content.replace(/^\s*<think>[\s\S]*?<\/think>/u, "").trim();
  return /^```(?:json)?\s*([\s\S]*?)\s*```$/u.exec(said)?.[1] ?? said;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
