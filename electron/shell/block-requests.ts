// Every request that a session would send is cancelled here, in one place. Runs in main.
import type { Session } from "electron";
import { isOwnAddress } from "./own-address.ts";

export type RequestSession = Pick<Session, "webRequest">;

/**
 * Installed on every session as it is made, also on those that Electron makes by itself.
 * @param isAllowed the addresses that may be asked for: the window's own, unless told otherwise
 */
export function blockRequests(session: RequestSession, isAllowed: (address: string) => boolean = isOwnAddress): void {
  session.webRequest.onBeforeRequest((details, callback) => callback({ cancel: !isAllowed(details.url) }));
}
