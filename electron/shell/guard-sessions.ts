// What holds for every session and every page of the process, also those that Electron makes by itself. Runs in main.
import type { App, Session } from "electron";
import { blockRequests } from "./block-requests.ts";
import { guardDownloads, guardNavigation } from "./navigation.ts";
import { guardDevices, guardPermissions } from "./permissions.ts";

/** Called before anything is made. */
export function guardEverything(app: Pick<App, "on">): void {
  app.on("session-created", guardSession);
  app.on("web-contents-created", (_event, contents) => {
    guardNavigation(contents);
    guardDevices(contents);
  });
}

function guardSession(session: Session): void {
  blockRequests(session);
  guardPermissions(session);
  guardDownloads(session);
}
