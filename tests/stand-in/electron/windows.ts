// `BrowserWindow`, `ipcMain`, `Menu`, `nativeTheme`: what a window is to main. Runs in main.
import { EventEmitter } from "node:events";
import { rawApp } from "./app.ts";
import { answer, ask, onTold, tell } from "./link.ts";
import { known, knownOptions } from "./refuse.ts";
import { isPrivileged, session, type Session } from "./sessions.ts";

interface WebPreferences {
  readonly preload: string;
  readonly session?: Session;
  readonly sandbox: boolean;
  readonly contextIsolation: boolean;
  readonly nodeIntegration: boolean;
  readonly webSecurity: boolean;
}

interface WindowOptions {
  readonly width: number;
  readonly height: number;
  readonly webPreferences: WebPreferences;
}

const windowSettings = (
  "title width height minWidth minHeight show backgroundColor webPreferences autoHideMenuBar alwaysOnTop skipTaskbar " +
  "minimizable maximizable fullscreenable"
).split(" ");
const pageSettings = (
  "preload session devTools sandbox contextIsolation nodeIntegration nodeIntegrationInWorker " +
  "nodeIntegrationInSubFrames webSecurity allowRunningInsecureContent experimentalFeatures webviewTag " +
  "navigateOnDragDrop safeDialogs plugins images webgl spellcheck backgroundThrottling"
).split(" ");

let nextWindow = 1;
/** Whether the person looks at the app at all: the test's to say. */
let isLookedAt = true;
const windows = new Map<number, BrowserWindow>();

type OpenHandler = (details: { readonly url: string }) => { readonly action: "allow" | "deny" };

class WebContents extends EventEmitter {
  readonly id: number;
  private readonly isGone: () => boolean;
  openHandler: OpenHandler = () => ({ action: "allow" });

  constructor(id: number, isGone: () => boolean) {
    super();
    this.id = id;
    this.isGone = isGone;
  }

  isDestroyed(): boolean {
    return this.isGone();
  }

  send(channel: string, ...args: unknown[]): void {
    tell({ type: "send", window: this.id, channel, args: structuredClone(args) });
  }

  sendInputEvent(event: { readonly type: string; readonly keyCode: string }): void {
    if (event.type === "char") tell({ type: "input", window: this.id, key: event.keyCode });
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.openHandler = handler;
  }
}

export class BrowserWindow extends EventEmitter {
  readonly id = nextWindow++;
  readonly webContents: WebContents;
  readonly session: Session;
  private destroyed = false;

  constructor(options: WindowOptions) {
    super();
    const { webPreferences } = options;
    knownOptions("a window", options, windowSettings);
    knownOptions("a page", webPreferences, pageSettings);
    const { sandbox, contextIsolation, nodeIntegration, webSecurity } = webPreferences;
    if (!sandbox || !contextIsolation || nodeIntegration || !webSecurity) {
      throw new Error("the stand-in for electron only knows windows that are sandboxed and isolated");
    }
    this.session = webPreferences.session ?? session.defaultSession;
    this.webContents = known("webContents", new WebContents(this.id, () => this.destroyed));
    windows.set(this.id, this);
    rawApp.emit("web-contents-created", {}, this.webContents);
    tell({
      type: "window",
      window: this.id,
      options: { width: options.width, height: options.height },
      preload: webPreferences.preload,
    });
    return known("window", this);
  }

  async loadURL(url: string): Promise<void> {
    const scheme = new URL(url).protocol.slice(0, -1);
    if (!isPrivileged(scheme)) throw new Error(`the scheme ${scheme} was not registered as privileged`);
    const failure = await ask({ type: "load", window: this.id, url });
    if (typeof failure === "string") throw new Error(failure);
  }

  reload(): void {
    tell({ type: "reload", window: this.id });
  }

  show(): void {
    tell({ type: "front", window: this.id });
  }

  focus(): void {
    tell({ type: "front", window: this.id });
  }

  static getAllWindows(): readonly BrowserWindow[] {
    return [...windows.values()];
  }

  isFocused(): boolean {
    return isLookedAt;
  }

  isMinimized(): boolean {
    return false;
  }

  restore(): void {}
  setBackgroundColor(_colour: string): void {}

  setContentProtection(on: boolean): void {
    tell({ type: "content-protection", window: this.id, on });
  }

  close(): void {
    let prevented = false;
    this.emit("close", { preventDefault: () => (prevented = true) });
    if (!prevented) this.gone();
  }

  /** The person closed it, or the app ends. */
  gone(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    windows.delete(this.id);
    tell({ type: "destroy", window: this.id });
    this.emit("closed");
    if (windows.size === 0) rawApp.emit("window-all-closed");
  }
}

rawApp.closeWindows = () => {
  rawApp.removeAllListeners("window-all-closed");
  for (const window of windows.values()) window.gone();
};
onTold("crashed", ({ window }) =>
  windows.get(window)?.webContents.emit("render-process-gone", {}, { reason: "crashed", exitCode: 1 }),
);
onTold("closed", ({ window }) => windows.get(window)?.gone());
onTold("close-asked", ({ window }) => windows.get(window)?.close());
onTold("looked-at", ({ on }) => {
  isLookedAt = on;
  const [first] = windows.values();
  rawApp.emit(on ? "browser-window-focus" : "browser-window-blur", {}, first);
});
onTold("ready-to-show", ({ window }) => windows.get(window)?.emit("ready-to-show"));

type InvokeHandler = (event: object, ...args: unknown[]) => unknown;
const invokeHandlers = new Map<string, InvokeHandler>();

export const ipcMain = known("ipcMain", {
  handle: (channel: string, handler: InvokeHandler) => void invokeHandlers.set(channel, handler),
});

answer("invoke", async ({ window, frame, channel, args }) => {
  const handler = invokeHandlers.get(channel);
  const sender = windows.get(window)?.webContents;
  if (handler === undefined || sender === undefined) return { ok: false, message: `No handler for '${channel}'` };
  const senderFrame = { url: frame.url, parent: frame.isMain ? null : {} };
  try {
    return { ok: true, value: structuredClone(await handler({ sender, senderFrame }, ...args)) };
  } catch (error) {
    return { ok: false, message: String(error) };
  }
});
answer("request", ({ window, url, method, headers }) => windows.get(window)?.session.answer(url, method, headers));
answer(
  "permission",
  ({ window, permission, media, url }) => windows.get(window)?.session.isGranted(permission, media, url) ?? false,
);
answer("window-open", ({ window, url }) => windows.get(window)?.webContents.openHandler({ url }).action ?? "deny");
answer("navigate", ({ window, url, isMainFrame }) => {
  const contents = windows.get(window)?.webContents;
  let prevented = false;
  const event = { url, isMainFrame, preventDefault: () => (prevented = true) };
  contents?.emit("will-frame-navigate", event);
  if (isMainFrame) contents?.emit("will-navigate", event);
  return prevented ? "prevented" : "allowed";
});
answer("download", ({ window }) => {
  let prevented = false;
  windows.get(window)?.session.emit("will-download", { preventDefault: () => (prevented = true) });
  return prevented ? "prevented" : "allowed";
});

let menu: unknown = null;
export const Menu = known("Menu", {
  buildFromTemplate: (template: unknown) => template,
  setApplicationMenu: (built: unknown) => void (menu = built),
  getApplicationMenu: () => menu,
});

class NativeTheme extends EventEmitter {
  private source: "system" | "light" | "dark" = "system";

  get shouldUseDarkColors(): boolean {
    return this.source === "dark";
  }

  get themeSource() {
    return this.source;
  }

  set themeSource(source) {
    if (source === this.source) return;
    this.source = source;
    tell({ type: "theme", source });
    this.emit("updated");
  }
}
export const nativeTheme = known("nativeTheme", new NativeTheme());
