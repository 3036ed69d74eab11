// Every request that a session would send is cancelled here, in one place. Runs in main.
import type { Session } from "electron";

export type RequestSession = Pick<Session, "webRequest">;

/**
 * Installed on every session as it is made, also on those that Electron makes by itself.
 * @param isAllowed the addresses that may be asked for
 */
export function blockRequests(session: RequestSession, isAllowed: (address: string) => boolean): void {
  session.webRequest.onBeforeRequest((details, callback) => callback({ cancel: !isAllowed(details.url) }));
}
