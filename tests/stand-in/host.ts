// Starts the built main under Node with the stand-in in place of Electron, and shows its windows in Chromium.
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { BrowserContext, Page } from "playwright-core";
import { borrowBrowser } from "./browser.ts";
import { fromShown, type HostRequest, type MainRequest, type ToHost, type ToMain } from "./messages.ts";
import { openPage, type WindowPage } from "./pages.ts";

const closingMs = 5000;
const root = fileURLToPath(new URL("../..", import.meta.url));

/** What a person does in a dialog. */
export interface DialogAnswers {
  open(
    page: Page | null,
    kind: { readonly directories: boolean; readonly multiple: boolean },
  ): Promise<readonly string[]>;
  save(page: Page | null, defaultPath: string): Promise<string | null>;
  copied(page: Page | null, text: string): Promise<void>;
}

export interface StandInOptions {
  readonly userDataDir: string;
  readonly dialogs: DialogAnswers;
  readonly headless: boolean;
  /** A WAV file that the microphone hears, where there is no screen. */
  readonly microphone?: string;
  /** Further switches for main, for example "--stand-in-no-keychain". */
  readonly switches?: readonly string[];
  /** Turns the page's policy off, to see whether what lies behind it holds too. */
  readonly bypassCsp?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

export interface StandIn {
  readonly main: ChildProcess;
  /** The first window, once its page is loaded; null if main ended without one. */
  readonly firstPage: Promise<Page | null>;
  readonly ended: Promise<number | null>;
  /** Process numbers of utility processes, latest last. */
  readonly utilities: readonly number[];
  /** What main said in error boxes. */
  readonly errorBoxes: readonly string[];
  /** What main asked the system to tell, title and words. */
  readonly notifications: readonly string[];
  /** The person looks at the app, or at something else. */
  lookAt(on: boolean): void;
  /** How often main asked for its window to be brought forward. */
  broughtForward(): number;
  askMain(request: MainRequest): Promise<unknown>;
  power(event: "suspend" | "resume" | "lock-screen" | "shutdown" | "on-battery" | "on-ac"): void;
  /** Nobody has touched the computer for so long. */
  idle(seconds: number): void;
  /** Whether the first window is left out of screenshots. */
  isHiddenFromCapture(): boolean;
  /** Hands a file over by an event, as macOS does. */
  openFile(path: string): void;
  /** Presses keys that work from anywhere. */
  shortcut(accelerator: string): void;
  /** Presses the first window's cross. */
  askToClose(): void;
  /** Windows that are open now. */
  pages(): Promise<readonly Page[]>;
  /** Asks main to quit, as the person would. Resolves when it has ended. */
  quit(): Promise<void>;
}

export async function startStandIn(options: StandInOptions): Promise<StandIn> {
  const { browser, release } = await borrowBrowser(options.headless, options.microphone ?? "");
  const context = await browser.newContext({
    viewport: options.headless ? { width: 1280, height: 800 } : null,
    serviceWorkers: "block",
    bypassCSP: options.bypassCsp ?? false,
    locale: "sv-SE",
  });
  // Nothing but a window's own page, which answers for itself, may ask for anything.
  await context.route("**/*", (route) => route.abort("blockedbyclient"));
  const main = fork(
    join(root, "dist", "electron", "main.js"),
    [`--user-data-dir=${options.userDataDir}`, ...(options.switches ?? [])],
    {
      cwd: root,
      execArgv: ["--import", new URL("./register.ts", import.meta.url).href, "--disable-warning=ExperimentalWarning"],
      serialization: "advanced",
      stdio: ["ignore", "inherit", "inherit", "ipc"],
      env: { ...process.env, ...options.env },
    },
  );
  return new Host(main, context, options, release);
}

type WindowMessage = Extract<ToHost, { readonly type: "window" }>;

class Host implements StandIn {
  readonly main: ChildProcess;
  readonly firstPage: Promise<Page | null>;
  readonly ended: Promise<number | null>;
  readonly utilities: number[] = [];
  readonly errorBoxes: string[] = [];
  readonly notifications: string[] = [];
  private readonly context: BrowserContext;
  private readonly options: StandInOptions;
  private readonly windows = new Map<number, Promise<WindowPage>>();
  private readonly shapes = new Map<number, WindowMessage>();
  private readonly crashed = new Set<number>();
  private readonly waiting = new Map<number, (value: unknown) => void>();
  private readonly showFirst: (page: Page | null) => void;
  private readonly hidden = new Set<number>();
  private nextId = 1;
  private fronts = 0;

  constructor(main: ChildProcess, context: BrowserContext, options: StandInOptions, release: () => void) {
    this.main = main;
    this.context = context;
    this.options = options;
    const first = Promise.withResolvers<Page | null>();
    this.firstPage = first.promise;
    this.showFirst = first.resolve;
    main.on("message", (message: ToHost) => void this.take(message).catch(() => {}));
    this.ended = once(main, "exit").then(async ([code]: (number | null)[]) => {
      for (const resolve of this.waiting.values()) resolve(undefined);
      first.resolve(null);
      // A context whose main was killed in the middle of a load was seen never to close; the browser closes it at last.
      await Promise.race([context.close().catch(() => {}), setTimeout(closingMs)]);
      release();
      return code ?? null;
    });
  }

  broughtForward = (): number => this.fronts;

  askMain(request: MainRequest): Promise<unknown> {
    const id = this.nextId++;
    return new Promise((resolve) => {
      this.waiting.set(id, resolve);
      this.tell({ type: "ask", id, request });
    });
  }

  lookAt: StandIn["lookAt"] = (on) => this.tell({ type: "looked-at", on });
  power: StandIn["power"] = (event) => this.tell({ type: "power", event });
  idle: StandIn["idle"] = (seconds) => this.tell({ type: "idle", seconds });
  isHiddenFromCapture = (): boolean => this.hidden.has([...this.windows.keys()][0] ?? 0);
  openFile: StandIn["openFile"] = (path) => this.tell({ type: "open-file", path });
  shortcut: StandIn["shortcut"] = (accelerator) => this.tell({ type: "shortcut", accelerator });

  askToClose(): void {
    const [first] = this.windows.keys();
    if (first !== undefined) this.tell({ type: "close-asked", window: first });
  }

  async pages(): Promise<readonly Page[]> {
    return Promise.all([...this.windows.values()].map(async (window) => (await window).page));
  }

  async quit(): Promise<void> {
    this.tell({ type: "quit" });
    await this.ended;
  }

  private tell(message: ToMain): void {
    // One that is ending may close the channel in between.
    if (this.main.connected) this.main.send(message, () => {});
  }

  private async take(message: ToHost): Promise<void> {
    switch (message.type) {
      case "answer":
        this.waiting.get(message.id)?.(message.value);
        this.waiting.delete(message.id);
        return;
      case "ask":
        this.tell({ type: "answer", id: message.id, value: await this.answer(message.request) });
        return;
      case "window":
        this.shapes.set(message.window, message);
        await this.openWindow(message);
        return;
      case "reload":
        return this.reload(message.window);
      case "front":
        this.fronts += 1;
        return (await this.pageOf(message.window))?.bringToFront();
      case "destroy": {
        const page = await this.pageOf(message.window);
        this.windows.delete(message.window);
        return page?.close();
      }
      case "send":
        return (await this.windows.get(message.window))?.send(message);
      case "input":
        return (await this.pageOf(message.window))?.keyboard.press(message.key);
      case "theme":
        for (const window of this.windows.values()) await (await window).setTheme(message.source);
        return;
      case "clipboard":
        return this.options.dialogs.copied(await this.anyPage(), message.text);
      case "content-protection":
        if (message.on) this.hidden.add(message.window);
        else this.hidden.delete(message.window);
        return;
      case "error-box":
        this.errorBoxes.push(message.content);
        return;
      case "notification":
        this.notifications.push(message.text);
        return;
      case "utility":
        this.utilities.push(message.pid);
    }
  }

  private async openWindow({ window, options: shape, preload: preloadPath }: WindowMessage): Promise<WindowPage> {
    const askMain = (ask: MainRequest) => this.askMain(ask);
    const opened = openPage({ window, shape, preloadPath, context: this.context, askMain });
    this.windows.set(window, opened);
    const { page } = await opened;
    page.on("close", () => {
      if (this.windows.get(window) === opened) this.tell({ type: "closed", window });
    });
    page.on("crash", () => {
      this.crashed.add(window);
      this.tell({ type: "crashed", window });
    });
    return opened;
  }

  /** A page that crashed is gone for good: another one takes its place. */
  private async reload(window: number): Promise<void> {
    const before = await this.windows.get(window);
    const message = this.shapes.get(window);
    if (before === undefined || message === undefined) return;
    if (!this.crashed.delete(window)) return before.reload();
    const address = fromShown(before.page.url());
    const opened = await this.openWindow(message);
    await before.page.close();
    await opened.load(address);
  }

  private async answer(request: HostRequest): Promise<unknown> {
    switch (request.type) {
      case "load": {
        const window = await this.windows.get(request.window);
        const failure = window === undefined ? "the window is gone" : await window.load(request.url);
        this.tell({ type: "ready-to-show", window: request.window });
        if (window !== undefined && failure === null) this.showFirst(window.page);
        return failure;
      }
      case "open-dialog":
        return this.options.dialogs.open(await this.pageOf(request.window), request);
      case "save-dialog":
        return this.options.dialogs.save(await this.pageOf(request.window), request.defaultPath);
    }
  }

  private async pageOf(window: number): Promise<Page | null> {
    return (await this.windows.get(window))?.page ?? null;
  }

  private async anyPage(): Promise<Page | null> {
    const [first] = this.windows.values();
    return (await first)?.page ?? null;
  }
}
