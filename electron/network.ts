// The one place that owns all network. Runs in main and the command line.
// Closed, except while a download that a person or a policy started runs, and then open to the catalogue's hosts alone.
// Every request is counted, from the first start on.
import { readFileSync } from "node:fs";
import type { NetworkStatus } from "./network-status.ts";

export interface Network {
  status(): NetworkStatus;
  /** Opens the network for as long as this runs. */
  during<Result>(download: () => Promise<Result>): Promise<Result>;
  /** Asked about every request before it is sent; one that is let through is counted first. */
  allows(address: string): boolean;
}

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
