// What holds for every session and every page of the process, also those that Electron makes by itself. Runs in main.
import type { App, Session } from "electron";
import { blockRequests } from "./block-requests.ts";
import { isOwnAddress } from "./own-address.ts";
import { guardDownloads, guardNavigation } from "./navigation.ts";
import { type ComputerSound, guardDevices, guardPermissions } from "./permissions.ts";

/**
 * Called before anything is made.
 * @param computerSound where a call's other side may be recorded; null everywhere else
 * @param devTools true in a copy that is not installed: Chromium's developer tools are then pages of their own
 */
export function guardEverything(
  app: Pick<App, "on">,
  devTools: boolean,
  computerSound: ComputerSound | null = null,
): void {
  const isAllowed = (address: string) =>
    isOwnAddress(address) || (devTools && address.startsWith("devtools://devtools/"));
  app.on("session-created", (session) => guardSession(session, isAllowed, computerSound));
  app.on("web-contents-created", (_event, contents) => {
    guardNavigation(contents);
    guardDevices(contents);
  });
}

function guardSession(
  session: Session,
  isAllowed: (address: string) => boolean,
  computerSound: ComputerSound | null,
): void {
  blockRequests(session, isAllowed);
  guardPermissions(session, computerSound);
  guardDownloads(session);
}
