// How every end-to-end test reaches the app: real Electron where its binary is present, else the stand-in. One suite, two hosts.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { electronPath } from "../../build/electron-binary.ts";
import { findFfmpeg } from "../../electron/pipeline/ffmpeg.ts";
import { findChromium } from "../stand-in/find-chromium.ts";
import { startElectron } from "./on-electron.ts";
import { startOnStandIn } from "./on-stand-in.ts";

export interface LaunchOptions {
  /** The profile; a new one, removed at `close`, where none is given. */
  readonly dataDir?: string;
  /** Turns the page's policy off, to see whether what lies behind it holds too. Only on the stand-in. */
  readonly bypassCsp?: boolean;
  /** As if the system had no keychain. Only on the stand-in. */
  readonly noKeychain?: boolean;
  /** Further arguments, such as a file that was opened. */
  readonly args?: readonly string[];
  /** A WAV file that the microphone hears, over and over. Only on the stand-in. */
  readonly microphone?: string;
}

/** What both hosts can do. */
export interface HostedApp {
  readonly page: Page;
  /** The next file dialog is answered with these. */
  nextOpenFiles(paths: readonly string[]): Promise<void>;
  nextSavePath(path: string): Promise<void>;
  clipboard(): Promise<string>;
  /** Drops files from the system's file manager on the window. Only on the stand-in. */
  dropFiles(paths: readonly string[]): Promise<void>;
  /** How often a second start has brought the window forward. */
  broughtForward(): Promise<number>;
  /** The window's own process ends at once, as when it crashes. Only on the stand-in. */
  killWindow(): Promise<void>;
  /** What the system does. Only on the stand-in. */
  power(event: "suspend" | "resume" | "lock-screen"): Promise<void>;
  /** Nobody has touched the computer for so long. Only on the stand-in. */
  idle(seconds: number): Promise<void>;
  /** Whether the window is left out of screenshots. Only on the stand-in. */
  isHiddenFromCapture(): Promise<boolean>;
  /** The system hands a file over by an event, as macOS does. */
  openFile(path: string): Promise<void>;
  /** Keys that work from anywhere. Only on the stand-in. */
  shortcut(accelerator: string): Promise<void>;
  /** Presses the window's cross. Only on the stand-in. */
  askToClose(): Promise<void>;
  /** What the system was asked to tell. Only on the stand-in. */
  notifications(): Promise<readonly string[]>;
  /** The person looks at the app, or at something else. Only on the stand-in. */
  lookAt(on: boolean): Promise<void>;
  /** Windows that are open now. */
  pages(): Promise<readonly Page[]>;
  /** `kill -9` of the latest inference process; false if there was none. */
  killInference(): Promise<boolean>;
  /** `kill -9` of main. The app is then gone; `launchApp` with the same folder starts it anew. */
  killMain(): Promise<void>;
  /** Quits as a person does. */
  quit(): Promise<void>;
}

export interface LaunchedApp extends Omit<HostedApp, "quit"> {
  readonly host: "electron" | "stand-in";
  readonly dataDir: string;
  /** Quits and starts again with the same data. */
  restart(): Promise<LaunchedApp>;
  /** Starts a second app with the same data; resolves when that one has ended by itself. */
  secondStart(args?: readonly string[]): Promise<void>;
  /** Also at the end of a block that holds it by `await using`. More than once does no harm. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Why no window can be opened here, or false. For `test(name, { skip }, …)`. */
export const skipWindow: string | false =
  electronPath() !== null || findChromium() !== null ? false : "neither Electron's binary nor a Chromium is here";

/** For what needs sound to be decoded as well. */
export const skipSound: string | false =
  skipWindow ||
  (await findFfmpeg({ env: process.env }).then(
    () => false as const,
    () => "there is no ffmpeg on this machine",
  ));

/** For what only the stand-in can be asked. */
export const skipStandIn: string | false =
  electronPath() === null ? skipWindow : "Electron itself cannot be asked this; the stand-in can";

export async function launchApp(options: LaunchOptions = {}): Promise<LaunchedApp> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), "lyssna-e2e-")));
  const executable = electronPath();
  const start = (args = options.args) =>
    executable === null
      ? startOnStandIn(dataDir, { ...options, ...(args && { args }) })
      : startElectron(executable, dataDir, args);
  const started = await start();
  if (started === null) throw new Error("the app ended before it showed a window");
  const app = started;
  const { quit, ...rest } = app;
  let ended = false;
  const end = async () => {
    if (!ended) await quit();
    ended = true;
  };
  const close = async () => {
    await end();
    if (options.dataDir === undefined && !handedOn) await removeFolder(dataDir);
  };
  let handedOn = false;
  return {
    ...rest,
    host: executable === null ? "stand-in" : "electron",
    dataDir,
    async restart() {
      await end();
      handedOn = true;
      const next = await launchApp({ ...options, args: [], dataDir });
      if (options.dataDir !== undefined) return next;
      const closeNext = async () => {
        await next.close();
        await removeFolder(dataDir);
      };
      return { ...next, close: closeNext, [Symbol.asyncDispose]: closeNext };
    },
    async secondStart(args = []) {
      const second = await start(args);
      if (second === null) return;
      await second.quit();
      throw new Error("a second app opened a window of its own");
    },
    async killMain() {
      ended = true;
      await app.killMain();
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** On Windows files stay locked for a moment after their process. */
const removeFolder = (dir: string): Promise<void> =>
  rm(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
