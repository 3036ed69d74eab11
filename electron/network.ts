// The one place that owns all network. Runs in main and the command line.
// Closed, except while a download that a person or a policy started runs, and then open to the catalogue's hosts alone.
// Every such request is counted, from the first start on. Apart from that there is one way to a server on this machine, which
// goes to no other address.
import { readFileSync } from "node:fs";
import { LyssnaError } from "./errors.ts";
import { isUnder, loopbackServer } from "./loopback.ts";
import type { NetworkStatus } from "./network-status.ts";

export interface Network {
  status(): NetworkStatus;
  /** Opens the network for as long as this runs. */
  during<Result>(download: () => Promise<Result>): Promise<Result>;
  /** Asked about every request before it is sent; one that is let through is counted first. */
  allows(address: string): boolean;
}

/** Asks a server on this machine. Throws server-not-local for any other address and where it sends the request on. */
export type AskHere = (server: string, path: string, init: RequestInit) => Promise<Response>;

/**
 * The way to servers on this machine. Each request is looked at anew: the address as the person wrote it, and the one that
 * is asked. No redirection is followed, no cookie sent, nothing kept.
 * @param reach a fetch that uses no proxy
 */
export function openHere(reach: typeof fetch): AskHere {
  return async (written, path, init) => {
    const server = loopbackServer(written);
    const address = `${server ?? ""}${path}`;
    if (server === null || !isUnder(server, address)) throw new LyssnaError("server-not-local");
    const response = await reach(address, {
      ...init,
      redirect: "manual",
      credentials: "omit",
      cache: "no-store",
      referrerPolicy: "no-referrer",
    });
    const isSentOn = response.type === "opaqueredirect" || (response.status >= 300 && response.status < 400);
    if (!isSentOn) return response;
    await response.body?.cancel().catch(() => {});
    throw new LyssnaError("server-not-local");
  };
}

/** Whether Node's own fetch was told to go by a proxy, which would be another machine. */
export const goesByProxy = (
  env: Readonly<Record<string, string | undefined>>,
  flags: readonly string[] = process.execArgv,
): boolean =>
  (env["NODE_USE_ENV_PROXY"] ?? "") !== "" ||
  [...flags, env["NODE_OPTIONS"] ?? ""].some((flag) => flag.includes("--use-env-proxy"));

export interface NetworkOptions {
  readonly isCatalogueAddress: (address: string) => boolean;
  /** The count as it was kept; null for none. */
  readonly kept: string | null;
  readonly keep: (text: string) => void;
  readonly now?: () => Date;
}

export function openNetwork({ isCatalogueAddress, kept, keep, now = () => new Date() }: NetworkOptions): Network {
  const before = parse(kept);
  const since = before?.since ?? now().toISOString();
  let requests = before?.requests ?? 0;
  let downloads = 0;
  const write = () => keep(`${JSON.stringify({ lyssna: "network/1", requests, since })}\n`);
  if (before === null) write();
  return {
    status: () => ({ requests, since, open: downloads > 0 }),
    async during(download) {
      downloads += 1;
      try {
        return await download();
      } finally {
        downloads -= 1;
      }
    },
    allows(address) {
      if (downloads === 0 || !isCatalogueAddress(address)) return false;
      requests += 1;
      write();
      return true;
    },
  };
}

/** A file that cannot be read begins anew, and says since when. */
function parse(text: string | null): Pick<NetworkStatus, "requests" | "since"> | null {
  try {
    const file: unknown = JSON.parse(text ?? "");
    if (typeof file !== "object" || file === null || !("requests" in file) || !("since" in file)) return null;
    const { requests, since } = file;
    const isCount = typeof requests === "number" && Number.isSafeInteger(requests) && requests >= 0;
    return isCount && typeof since === "string" && !Number.isNaN(Date.parse(since)) ? { requests, since } : null;
  } catch {
    return null;
  }
}

export function readCount(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}
