// A window stays on its one page: no navigation, no new windows, no web views, no downloads. Runs in main.
import type { Session, WebContents } from "electron";
import { isStartPage } from "./own-address.ts";

export type GuardedContents = Pick<WebContents, "on" | "setWindowOpenHandler">;

/** For every WebContents as it is made. Links inside the page only change what stands after "#" and are not asked about. */
export function guardNavigation(contents: GuardedContents): void {
  contents.on("will-navigate", (event) => {
    if (!isStartPage(event.url)) event.preventDefault();
  });
  contents.on("will-frame-navigate", (event) => {
    if (!event.isMainFrame || !isStartPage(event.url)) event.preventDefault();
  });
  contents.on("will-redirect", (event) => event.preventDefault());
  contents.on("will-attach-webview", (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: "deny" }));
}

export function guardDownloads(session: Pick<Session, "on">): void {
  session.on("will-download", (event) => event.preventDefault());
}
