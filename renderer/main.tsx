// The window's start: what main knows, the texts, then the first view. Runs in the window.
import "./styles/sheets.ts";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App.tsx";
import { followRecording } from "./recording/recorder.ts";
import { ask } from "./state/ask.ts";
import { addressOf } from "./state/route.ts";
import { followLock } from "./lock/follow-lock.ts";
import { openSnapshots, snapshotCell } from "./state/snapshots.ts";
import { startTexts } from "./texts/i18n.ts";

const root = document.getElementById("root");
if (root === null) throw new Error("no root");

const [info] = await Promise.all([ask("app.info"), openSnapshots()]);
followLock();
if (window.location.hash !== addressOf({ view: "mini" })) followRecording();
await startTexts(snapshotCell("settings").get().interfaceLanguage);
createRoot(root).render(
  <StrictMode>
    <App info={info} />
  </StrictMode>,
);
