// Main's end of the channel to the host. Runs in main.
import type { HostRequest, MainRequest, ToHost, ToMain } from "../messages.ts";

type Told = Exclude<ToMain, { readonly type: "ask" | "answer" }>;

let nextId = 1;
const waiting = new Map<number, (value: unknown) => void>();
const answerers = new Map<string, (request: never) => unknown>();
const listeners = new Map<string, (message: never) => void>();

export const tell = (message: ToHost): void => void (process.connected && process.send?.(message));

export function ask(request: HostRequest): Promise<unknown> {
  const id = nextId++;
  return new Promise((resolve) => {
    waiting.set(id, resolve);
    tell({ type: "ask", id, request });
  });
}

/** One answerer for each kind of request. */
export function answer<Type extends MainRequest["type"]>(
  type: Type,
  answerer: (request: Extract<MainRequest, { readonly type: Type }>) => unknown,
): void {
  answerers.set(type, answerer);
}

export function onTold<Type extends Told["type"]>(
  type: Type,
  listener: (message: Extract<Told, { readonly type: Type }>) => void,
): void {
  listeners.set(type, listener);
}

process.on("message", (message: ToMain) => {
  if (message.type === "answer") {
    waiting.get(message.id)?.(message.value);
    waiting.delete(message.id);
  } else if (message.type === "ask") void answerAsk(message.id, message.request);
  else listeners.get(message.type)?.(message as never);
});

async function answerAsk(id: number, request: MainRequest): Promise<void> {
  const answerer = answerers.get(request.type);
  if (answerer === undefined) throw new Error(`nobody in the stand-in answers ${request.type}`);
  const value: unknown = await answerer(request as never);
  tell({ type: "answer", id, value });
}
