// Calls from main to a worker thread: a message with a method's name and arguments, and one back with its answer.
// Both ends are here, and types tie them together.
import type { MessagePort, Transferable } from "node:worker_threads";
import { Worker } from "node:worker_threads";
import { type ErrorData, fromErrorData, LyssnaError } from "./errors.ts";

/** A worker's calls: synchronous, each with its own arguments. */
export type Calls = Readonly<Record<string, (...args: never[]) => unknown>>;

interface Request {
  readonly call: number;
  readonly method: string;
  readonly args: readonly unknown[];
  readonly nowMs: number;
}

type Reply =
  | { readonly call: number; readonly ok: true; readonly value: unknown }
  | { readonly call: number; readonly ok: false; readonly error: ErrorData };

export interface ServeOptions {
  readonly toErrorData: (error: unknown) => ErrorData;
  /** Told the caller's clock before each call. */
  readonly setNow: (nowMs: number) => void;
  /** Memory that an answer may hand over instead of copying. */
  readonly transfers?: (value: unknown) => readonly Transferable[];
}

/** Answers calls in the worker, one at a time in the order they came. The call "open" makes the others. */
export function serveCalls(port: MessagePort, open: () => Calls, options: ServeOptions): void {
  let methods = new Map<string, Calls[string]>();
  const openMethods = () => {
    methods = new Map(Object.entries(open()));
  };
  port.on("message", ({ call, method, args, nowMs }: Request) => {
    let reply: Reply;
    let transfers: readonly Transferable[] = [];
    try {
      options.setNow(nowMs);
      const handler = method === "open" ? openMethods : methods.get(method);
      if (handler === undefined) throw new LyssnaError("bad-call", { what: method });
      const value = handler(...(args as never[]));
      transfers = options.transfers?.(value) ?? [];
      reply = { call, ok: true, value };
    } catch (error) {
      reply = { call, ok: false, error: options.toErrorData(error) };
    }
    port.postMessage(reply, transfers);
  });
}

export interface Caller<Served extends Calls> {
  /** Must come first, and be answered, before any other call. */
  open(): Promise<void>;
  call<Name extends keyof Served & string>(
    name: Name,
    ...args: Parameters<Served[Name]>
  ): Promise<ReturnType<Served[Name]>>;
  /** Ends the thread. Calls under way are refused. */
  end(): Promise<void>;
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** Starts a worker and answers how to call it. It keeps the process alive only while a call is under way. */
export function startWorker<Served extends Calls>(
  path: string | URL,
  workerData: unknown,
  clock: () => number,
  transferList: Transferable[] = [],
): Caller<Served> {
  const worker = new Worker(path, { workerData, transferList });
  const waiting = new Map<number, Waiting>();
  let calls = 0;
  let ended = false;

  worker.unref();
  const endAll = () => {
    ended = true;
    for (const { reject } of waiting.values()) reject(new LyssnaError("worker-ended"));
    waiting.clear();
  };
  worker.on("message", (reply: Reply) => {
    const caller = waiting.get(reply.call);
    waiting.delete(reply.call);
    if (waiting.size === 0) worker.unref();
    if (reply.ok) caller?.resolve(reply.value);
    else caller?.reject(fromErrorData(reply.error));
  });
  worker.on("error", endAll);
  worker.on("exit", endAll);

  function send(method: string, args: readonly unknown[]): Promise<unknown> {
    if (ended) return Promise.reject(new LyssnaError("worker-ended"));
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const call = ++calls;
    waiting.set(call, { resolve, reject });
    worker.ref();
    const request: Request = { call, method, args, nowMs: clock() };
    worker.postMessage(request);
    return promise;
  }

  return {
    open: async () => void (await send("open", [])),
    call: (name, ...args) => send(name, args) as Promise<ReturnType<Served[typeof name]>>,
    async end() {
      worker.ref();
      await worker.terminate();
      endAll();
    },
  };
}
