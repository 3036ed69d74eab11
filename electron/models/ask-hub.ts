// Asks the hub: redirects are followed here, and only to hosts that the catalogue names; what goes wrong has a name; what
// may go right the next time is tried again, a bounded number of times. Runs in main and the command line.
import { setTimeout as pause } from "node:timers/promises";
import { LyssnaError } from "../errors.ts";

export interface HubOptions {
  /** The network comes in as an argument, so that one place owns it. */
  readonly fetch: typeof fetch;
  /** Where the hub answers, for example "https://huggingface.co". */
  readonly hub: string;
  /** Hosts that the hub may send us on to, with their subdomains. */
  readonly hosts: readonly string[];
  readonly signal: AbortSignal;
  /** Waits between tries; a test's clock is not the computer's. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
  /** A connection on which nothing came for so long is dead. */
  readonly silenceMs?: number;
}

/**
 * What came in the way. "cut": no connection, or one that broke; "busy": the server asks us to come back later; "server":
 * it has a problem of its own; "gone": what was asked for is not there, or not for us.
 */
export class HubTrouble extends Error {
  readonly kind: "cut" | "busy" | "server" | "gone";
  readonly status: number;
  /** How long the server asks us to wait, where it does. */
  readonly askedMs: number | null;

  constructor(kind: HubTrouble["kind"], status = 0, askedMs: number | null = null, options?: ErrorOptions) {
    super(kind, options);
    this.kind = kind;
    this.status = status;
    this.askedMs = askedMs;
  }
}

const mostRedirects = 5;
/** Waits between tries, while nothing comes. */
const waitsMs = [1000, 2000, 4000, 8000, 16_000] as const;
/** A server that asks for more is heeded by the person, not by a program that seems to hang. */
const mostAskedMs = 5 * 60_000;
const usualSilenceMs = 60_000;

/** The answer to a request. Throws HubTrouble, and what `fetch` refuses with. */
export async function askHub(url: string, headers: Record<string, string>, options: HubOptions): Promise<Response> {
  let address = new URL(url);
  for (let hop = 0; hop <= mostRedirects; hop++) {
    if (!mayAsk(address, options)) throw new LyssnaError("download-elsewhere", { host: address.hostname });
    const asked = address;
    const response = await overNetwork(() =>
      options.fetch(asked, { headers, redirect: "manual", signal: options.signal }),
    );
    const next = response.headers.get("location");
    if (response.status >= 300 && response.status < 400 && next !== null) {
      await response.body?.cancel();
      address = new URL(next, address);
      continue;
    }
    if (response.ok) return response;
    await response.body?.cancel().catch(() => {});
    throw troubleOf(response);
  }
  throw new HubTrouble("gone", 310);
}

function troubleOf({ status, headers }: Response): HubTrouble {
  const askedMs = waitAsked(headers.get("retry-after"), Date.now());
  if (status === 429) return new HubTrouble("busy", status, askedMs);
  if (status >= 500 || status === 408) return new HubTrouble("server", status, askedMs);
  return new HubTrouble("gone", status);
}

/** Milliseconds by a Retry-After header, which names seconds or a date. Null where it names neither. */
export function waitAsked(header: string | null, nowMs: number): number | null {
  if (header === null) return null;
  if (/^\d{1,9}$/u.test(header.trim())) return Number(header) * 1000;
  // Date.parse takes "-5" for a year.
  const date = /[a-z]{3}/iu.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(date) ? null : Math.max(0, date - nowMs);
}

/** Whatever the network throws is a cut; what we or a policy refuse with stays what it is. */
export async function overNetwork<Result>(ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof LyssnaError || error instanceof HubTrouble) throw error;
    throw new HubTrouble("cut", 0, null, { cause: error });
  }
}

/** The chunks of an answer's body. Throws HubTrouble when it breaks, or when nothing comes for too long. */
export async function* chunksOf(response: Response, options: HubOptions): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader();
  if (reader === undefined) return;
  try {
    for (;;) {
      const { value, done } = await overNetwork(() => within(options.silenceMs ?? usualSilenceMs, reader.read()));
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

async function within<Result>(ms: number, work: Promise<Result>): Promise<Result> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new HubTrouble("cut")), ms);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Tries until it goes well. A try that got somewhere (by `hasMoved`) lets the count begin anew. Throws what can be told a
 * person when it is enough, and anything but HubTrouble at once.
 */
export async function tryAgain<Result>(
  model: string,
  attempt: () => Promise<Result>,
  hasMoved: () => boolean,
  {
    signal,
    wait = (ms, ended) => pause(ms, undefined, { signal: ended }),
    onWait,
    mostCuts = waitsMs.length,
  }: HubOptions & WaitOptions,
): Promise<Result> {
  for (let failures = 0; ; failures++) {
    try {
      return await attempt();
    } catch (error) {
      if (signal.aborted) throw new LyssnaError("cancelled");
      if (!(error instanceof HubTrouble)) throw error;
      if (hasMoved()) failures = 0;
      const usualMs = error.kind === "cut" && failures >= mostCuts ? undefined : waitsMs[failures];
      const ms = error.askedMs === null ? usualMs : Math.max(error.askedMs, 1000);
      if (error.kind === "gone" || usualMs === undefined || ms === undefined || ms > mostAskedMs)
        throw tellTrouble(model, error);
      onWait?.(ms);
      await wait(ms, signal);
    }
  }
}

export interface WaitOptions {
  /** Is told that nothing comes for so many milliseconds. */
  readonly onWait?: (ms: number) => void;
  /** Where nothing has come at all, the network is not there: whoever waits is told soon. */
  readonly mostCuts?: number;
}

function tellTrouble(model: string, trouble: HubTrouble): LyssnaError {
  const options = { cause: trouble };
  const { kind, status, askedMs } = trouble;
  switch (kind) {
    case "busy":
      return new LyssnaError("download-busy", { model, minutes: Math.ceil((askedMs ?? 60_000) / 60_000) }, options);
    case "server":
      return new LyssnaError("download-server", { model, status }, options);
    case "gone":
      return new LyssnaError("download-gone", { model, status }, options);
    case "cut":
      return new LyssnaError("download-failed", { model }, options);
  }
}

const mayAsk = (address: URL, { hub, hosts }: HubOptions): boolean =>
  address.origin === new URL(hub).origin ||
  (address.protocol === "https:" &&
    hosts.some((host) => address.hostname === host || address.hostname.endsWith(`.${host}`)));
