// The way to a server on this machine: a session of its own that uses no proxy and lets through nothing that is elsewhere.
// Runs in main.
import type { Session } from "electron";
import { isHere } from "../loopback.ts";
import { blockRequests } from "./block-requests.ts";

export function fetchHereBy(session: Pick<Session, "webRequest" | "setProxy" | "fetch">): typeof fetch {
  blockRequests(session, isHere);
  const direct = session.setProxy({ mode: "direct" });
  return (async (address: string, init?: RequestInit) => {
    await direct;
    return session.fetch(address, init);
  }) as typeof fetch;
}
