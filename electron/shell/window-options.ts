// How the window is made. Runs in main. Every setting that security rests on is spelled out, also where it is the default.
import type { BrowserWindowConstructorOptions, Session } from "electron";

/** The paper of renderer/styles/tokens.css, so that the window does not flash before its page is there. */
const paper = { light: "#f6f2ea", dark: "#1b1a18" } as const;

export const paperColour = (dark: boolean): string => (dark ? paper.dark : paper.light);

export interface WindowParts {
  readonly preloadPath: string;
  readonly session: Session;
  readonly dark: boolean;
  /** Developer tools only in a copy that is not installed. */
  readonly devTools: boolean;
}

/** The small window of a recording: above all others, and no larger than its buttons. */
export const miniOptions = (parts: WindowParts): BrowserWindowConstructorOptions => ({
  ...windowOptions(parts),
  width: 420,
  height: 132,
  minWidth: 320,
  minHeight: 110,
  alwaysOnTop: true,
  skipTaskbar: true,
  minimizable: false,
  maximizable: false,
  fullscreenable: false,
});

/** A summary beside its meeting. */
export const summaryOptions = (parts: WindowParts): BrowserWindowConstructorOptions => ({
  ...windowOptions(parts),
  width: 640,
  minWidth: 420,
  minHeight: 400,
});

export const windowOptions = ({
  preloadPath,
  session,
  dark,
  devTools,
}: WindowParts): BrowserWindowConstructorOptions => ({
  title: "Lyssna",
  width: 1280,
  height: 800,
  minWidth: 900,
  minHeight: 600,
  show: false,
  backgroundColor: paperColour(dark),
  webPreferences: {
    preload: preloadPath,
    session,
    devTools,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    safeDialogs: true,
    plugins: false,
    images: true,
    webgl: false,
    // Chromium would fetch dictionaries.
    spellcheck: false,
    // A long transcription goes on being shown also behind other windows.
    backgroundThrottling: false,
  },
});
