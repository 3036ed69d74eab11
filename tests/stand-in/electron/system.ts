// `safeStorage`, `dialog`, `clipboard`, `utilityProcess`: what the system gives, under the test's control. Runs in main.
import { fork } from "node:child_process";
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { EventEmitter } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { rawApp } from "./app.ts";
import { ask, onTold, tell } from "./link.ts";
import { known, knownOptions } from "./refuse.ts";
import type { BrowserWindow } from "./windows.ts";

/** Not a keychain: a key in a file beside the data. Good enough to test with, and named so that nobody takes it for more. */
function fakeKeychainKey(): Buffer {
  const path = join(rawApp.getPath("userData"), "fake-keychain-of-the-stand-in");
  try {
    return readFileSync(path);
  } catch {
    const key = randomBytes(32);
    writeFileSync(path, key, { mode: 0o600 });
    return key;
  }
}

export const safeStorage = known("safeStorage", {
  isAsyncEncryptionAvailable: async () => !rawApp.commandLine.hasSwitch("stand-in-no-keychain"),
  getSelectedStorageBackend: () => "unknown",
  async encryptStringAsync(text: string): Promise<Buffer> {
    const nonce = randomBytes(12);
    const cipher = createCipheriv("aes-256-gcm", fakeKeychainKey(), nonce);
    return Buffer.concat([nonce, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
  },
  async decryptStringAsync(bytes: Buffer): Promise<{ shouldReEncrypt: boolean; result: string }> {
    const decipher = createDecipheriv("aes-256-gcm", fakeKeychainKey(), bytes.subarray(0, 12));
    decipher.setAuthTag(bytes.subarray(-16));
    const text = Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]);
    return { shouldReEncrypt: false, result: text.toString("utf8") };
  },
});

interface DialogOptions {
  readonly properties?: readonly string[];
  readonly defaultPath?: string;
}
/** Both calls take a window first, or none. */
type DialogArgs = [BrowserWindow, DialogOptions] | [DialogOptions];
const windowOf = (args: DialogArgs): number => (args.length === 2 ? args[0].id : 0);
const optionsOf = (args: DialogArgs): DialogOptions => {
  const options = args.length === 2 ? args[1] : args[0];
  knownOptions("a dialog", options, ["title", "buttonLabel", "properties", "filters", "defaultPath"]);
  return options;
};

export const dialog = known("dialog", {
  async showOpenDialog(...args: DialogArgs) {
    const { properties = [] } = optionsOf(args);
    const filePaths = (await ask({
      type: "open-dialog",
      window: windowOf(args),
      directories: properties.includes("openDirectory"),
      multiple: properties.includes("multiSelections"),
    })) as readonly string[];
    return { canceled: filePaths.length === 0, filePaths };
  },
  async showSaveDialog(...args: DialogArgs) {
    const { defaultPath = "" } = optionsOf(args);
    const path = (await ask({ type: "save-dialog", window: windowOf(args), defaultPath })) as string | null;
    return { canceled: path === null, filePath: path ?? "" };
  },
  showErrorBox: (_title: string, content: string) => tell({ type: "error-box", content }),
});

/** There is no bin: what is put there is gone. */
export const shell = known("shell", { trashItem: (path: string) => rm(path) });

export class ClipboardItem {
  readonly types: readonly string[];
  readonly items: Readonly<Record<string, string | Blob>>;
  constructor(items: Record<string, string | Blob>) {
    this.items = items;
    this.types = Object.keys(items);
  }
}

export const clipboard = known("clipboard", {
  /** Only the text: what a system does with the other formats is the system's. */
  async write([item]: readonly ClipboardItem[]) {
    const text = item?.items["text/plain"];
    if (typeof text !== "string") throw new Error("the stand-in for electron only knows text on the clipboard");
    tell({ type: "clipboard", text });
  },
  writeText: async (text: string) => tell({ type: "clipboard", text }),
});

interface ForkOptions {
  readonly serviceName: string;
  readonly stdio: "ignore" | "inherit";
  readonly env: Record<string, string>;
}

export const utilityProcess = known("utilityProcess", {
  fork(modulePath: string, args: string[], options: ForkOptions) {
    knownOptions("a utility process", options, ["serviceName", "stdio", "env"]);
    const child = fork(modulePath, args, {
      execArgv: [
        "--import",
        new URL("../utility-port.ts", import.meta.url).href,
        "--disable-warning=ExperimentalWarning",
      ],
      env: options.env,
      serialization: "advanced",
      stdio: [options.stdio, options.stdio, options.stdio, "ipc"],
    });
    const events = new EventEmitter();
    child.on("message", (message) => events.emit("message", message));
    child.on("exit", (code) => events.emit("exit", code ?? 1));
    // A process that could not be started, or that ended while it was written to, tells of it by its exit.
    child.on("error", () => {});
    if (child.pid !== undefined) tell({ type: "utility", pid: child.pid });
    return known("a utility process", {
      on: (name: string, listener: (value: unknown) => void) => void events.on(name, listener),
      postMessage: (message: object) => void (child.connected && child.send(message)),
      kill: () => child.kill(),
    });
  },
});

let onBattery = false;
let idleSeconds = 0;
export const powerMonitor = known(
  "powerMonitor",
  Object.assign(new EventEmitter(), { isOnBatteryPower: () => onBattery, getSystemIdleTime: () => idleSeconds }),
);
onTold("power", ({ event }) => {
  if (event === "on-battery" || event === "on-ac") onBattery = event === "on-battery";
  powerMonitor.emit(event);
});
onTold("idle", ({ seconds }) => void (idleSeconds = seconds));

let blockers = 0;
export const powerSaveBlocker = known("powerSaveBlocker", {
  start(kind: string): number {
    if (kind !== "prevent-app-suspension") throw new Error(`the stand-in for electron does not know ${kind}`);
    return ++blockers;
  },
  stop(_id: number): void {},
});

const shortcuts = new Map<string, () => void>();
export const globalShortcut = known("globalShortcut", {
  register(accelerator: string, run: () => void): boolean {
    shortcuts.set(accelerator, run);
    return true;
  },
  unregister: (accelerator: string) => void shortcuts.delete(accelerator),
});
onTold("shortcut", ({ accelerator }) => shortcuts.get(accelerator)?.());

/** What the system was asked to show is told to the host; nothing is shown. */
export class Notification extends EventEmitter {
  private readonly body: string;

  constructor(options: { readonly title: string; readonly body: string; readonly silent: boolean }) {
    super();
    knownOptions("a notification", options, ["title", "body", "silent"]);
    this.body = `${options.title}: ${options.body}`;
    return known("a notification", this);
  }

  static isSupported(): boolean {
    return true;
  }

  show(): void {
    tell({ type: "notification", text: this.body });
  }

  close(): void {}
}

/** There is no screen to take sound from: Windows alone asks. */
export const desktopCapturer = known("desktopCapturer", { getSources: async () => [] });
