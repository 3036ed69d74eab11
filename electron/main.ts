// Electron's main process, from start to end. The only file besides preload.ts that imports electron by value:
// everything else gets what it needs of it as arguments.
import { join } from "node:path";
import {
  app,
  BrowserWindow,
  clipboard,
  ClipboardItem,
  desktopCapturer,
  dialog,
  globalShortcut,
  ipcMain,
  Menu,
  nativeTheme,
  Notification,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  safeStorage,
  session,
  shell,
  utilityProcess,
} from "electron";
import { createApp } from "./app.ts";
import type { Recorder } from "./recording/types.ts";
import { createMini } from "./shell/mini-window.ts";
import { openNetwork, type Network, readCount } from "./network.ts";
import { appScheme, defaultSettings, type Settings, type SnapshotName } from "./contract.ts";
import { errorSentence, toErrorData } from "./errors.ts";
import { loadPolicy, policyPath } from "./policy/read-policy.ts";
import { mayReach, noPolicy, type PolicyInForce } from "./policy/state.ts";
import { blockRequests } from "./shell/block-requests.ts";
import { answerCalls } from "./shell/calls.ts";
import { chooseProfile, dataFolder, keepOutOfBackups } from "./shell/data-folder.ts";
import { hostDialogs } from "./shell/dialogs.ts";
import { fetchHereBy } from "./shell/fetch-here.ts";
import { isDownloadAddress } from "./shell/download-hosts.ts";
import { guardEverything } from "./shell/guard-sessions.ts";
import { keychainProtector } from "./shell/key-protector.ts";
import { menuTemplate } from "./shell/menu.ts";
import { watchOpenedFiles } from "./shell/opened-file.ts";
import { notifyWhenReady } from "./shell/notify-ready.ts";
import { keepApp } from "./shell/keep-app.ts";
import { startAddress } from "./shell/own-address.ts";
import { createServe } from "./shell/serve.ts";
import { plainSettingsIn, writeSmall } from "./shell/plain-settings.ts";
import { startInferenceWith } from "./shell/start-inference.ts";
import { frames } from "./shell/stack-frames.ts";
import { watchLock } from "./shell/watch-lock.ts";
import { watchRecording } from "./shell/watch-recording.ts";
import { openKeyring } from "./store/keys/keyring.ts";
import { createSummaryWindows, type SummaryWindows } from "./shell/summary-windows.ts";
import { miniOptions, paperColour, summaryOptions, type WindowParts, windowOptions } from "./shell/window-options.ts";

const here = import.meta.dirname;
const developing = !app.isPackaged;
/** The installed app brings its own; a program can only be started from outside the archive. */
const ffmpegDir = developing ? undefined : join(process.resourcesPath, "ffmpeg");
// The host that the tests use where Electron's own binary is missing is plain Node.
const standIn = !("electron" in process.versions);

const startInference = startInferenceWith(utilityProcess, join(here, "inference", "worker.js"), "ignore");

let window: BrowserWindow | null = null;
let mini: ReturnType<typeof createMini> | null = null;
let summaries: SummaryWindows | null = null;
let recorder: Recorder | null = null;
let settings: Settings = defaultSettings;
let quitting = false;
let policy: PolicyInForce = noPolicy;
const openedFiles = watchOpenedFiles(app);
/** Does nothing until there is something to lock. */
let lockNow = (): void => {};

protocol.registerSchemesAsPrivileged([
  { scheme: appScheme, privileges: { standard: true, secure: true, stream: true, supportFetchAPI: true } },
]);
chooseProfile(app, { platform: process.platform, env: process.env });

const cliAt = process.argv.indexOf("--cli");
if (cliAt > 0) runCommandLine(process.argv.slice(cliAt + 1));
else if (app.requestSingleInstanceLock()) start();
else app.quit();

function start(): void {
  app.enableSandbox();
  guardEverything(app, developing, process.platform === "win32" ? firstScreen : null);
  openedFiles.listen(bringForward);
  app.on("activate", bringForward);
  app.on("window-all-closed", () => app.quit());
  app.whenReady().then(run, (error: unknown) => giveUp(error));
}

/** Its sound is what is wanted; no picture of it is made here. */
async function firstScreen() {
  const [screen] = await desktopCapturer.getSources({ types: ["screen"], thumbnailSize: { width: 0, height: 0 } });
  return screen ?? null;
}

/** The installed app as its own command line: there is no plain Node once its fuse is off. */
function runCommandLine(args: readonly string[]): void {
  guardEverything(app, developing);
  app.dock?.hide();
  const stop = new AbortController();
  // Ctrl-C asks Electron to quit: the command stops first, and says so by its exit code.
  app.on("before-quit", (event) => {
    event.preventDefault();
    stop.abort();
  });
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  const end = async () => {
    await app.whenReady();
    const { runCli } = await import("./cli.ts");
    const { stdin, stdout, stderr, env } = process;
    const outside = networkIn(dataFolder(app));
    const host = { stdin, stdout, stderr, env, startInference, ...outside, signal: stop.signal, ffmpegDir };
    app.exit(await runCli(args, { ...host, version: app.getVersion() }));
  };
  end().catch(giveUp);
}

async function run(): Promise<void> {
  const dataDir = dataFolder(app);
  const plain = plainSettingsIn(dataDir);
  const outside = networkIn(dataDir);
  const { lock } = (await readPolicy()).state;
  const keyring = openKeyring({
    dir: dataDir,
    keychain: systemKeychain(lock),
    organisationKey: lock.recoveryKey,
    passphraseRequired: lock.passphraseRequired,
  });
  const opened = keepApp({
    open: (key) => openApp(key, outside),
    keyring,
    info: { version: app.getVersion(), platform: process.platform, standIn },
    plainSettings: plain.current,
    policy: () => policy.state,
    onSnapshot: (name) => void onSnapshot(name),
  });
  settings = { ...settings, ...plain.current() };
  const answerer = answerCalls(ipcMain, { app: opened.current, onUnexpected });
  quitGently(opened.close);

  // Nothing of the page is kept: the session lives in memory.
  const windowSession = session.fromPartition("window");
  windowSession.protocol.handle(
    appScheme,
    createServe({ rendererDir: join(here, "..", "renderer"), sound: async () => (await opened.current()).sound }),
  );
  const notifier = notifyWhenReady({
    make: (options) => new Notification(options),
    mayShow: () =>
      settings.notifyWhenReady && (recorder?.state() ?? null) === null && !isInFront() && Notification.isSupported(),
    language: () => settings.interfaceLanguage,
    onClick: bringForward,
  });
  app.on("browser-window-focus", notifier.seen);
  const watch = watchRecording({ recorder: () => recorder, powerMonitor, powerSaveBlocker, globalShortcut });
  window = openWindow(windowSession);
  watch.guard(window, () => quitting, showRecording);
  openedFiles.handTo(opened.openFile);
  lockNow = () => void opened.lock("person").catch(() => {});
  watchLock({
    powerMonitor,
    globalShortcut,
    settings: () => ({ ...settings, lockAfterMinutes: policy.state.lock.idleMinutes ?? settings.lockAfterMinutes }),
    recording: () => recorder?.state()?.state ?? null,
    hasPassphrase: async () => (await keyring.status()).passphrase,
    lock: opened.lock,
  });
  mini = createMini(() => {
    const small = new BrowserWindow(miniOptions(windowParts(windowSession)));
    small.setContentProtection(isHidden());
    return small;
  });
  summaries = createSummaryWindows(() => {
    const beside = new BrowserWindow(summaryOptions(windowParts(windowSession)));
    beside.setContentProtection(isHidden());
    return beside;
  });
  showMenu();
  await window.loadURL(startAddress);
  await onSnapshot("settings");

  async function onSnapshot(name: SnapshotName): Promise<void> {
    await answerer.sendSnapshot(name);
    if (name === "recording") {
      const now = await opened.current();
      recorder = now.recorder;
      watch.changed(now.snapshot("recording"));
      if (now.snapshot("recording") === null) mini?.close();
    }
    if (name === "jobs") notifier.changed((await opened.current()).snapshot("jobs"));
    if (name !== "settings") return;
    const now = (await opened.current()).snapshot("settings");
    applySettings(now);
    if (!opened.isLocked()) plain.keep(now);
  }
}

const systemKeychain = ({ plainKeychainAllowed }: PolicyInForce["state"]["lock"]) =>
  keychainProtector(safeStorage, {
    platform: process.platform,
    allowPlainText:
      plainKeychainAllowed || (developing && app.commandLine.getSwitchValue("password-store") === "basic"),
  });

/** Everything behind the window. */
async function openApp(key: () => Promise<Uint8Array>, outside: ReturnType<typeof networkIn>) {
  const dataDir = dataFolder(app);
  await keepOutOfBackups(dataDir, process.platform);
  return createApp({
    dataDir,
    demonstrationDir: join(here, "..", "models", "demonstration"),
    key,
    startInference,
    ffmpegDir,
    power: {
      onBattery: () => powerMonitor.isOnBatteryPower(),
      onChange(listener) {
        powerMonitor.on("on-battery", listener);
        powerMonitor.on("on-ac", listener);
      },
    },
    ...outside,
    standIn,
    version: app.getVersion(),
    policy: readPolicy,
    trash: (path) => shell.trashItem(path),
    toggleMini: () => mini?.toggle(),
    showSummary: (meetingId) => summaries?.open(meetingId),
    bringForward,
    ...hostDialogs({
      dialog,
      clipboard: { clipboard, clipboardItem: (items) => new ClipboardItem(items), platform: process.platform },
      window: () => window,
      language: () => settings.interfaceLanguage,
    }),
  });
}

/** What the organisation has decided for this computer. A developer may try a file of their own. */
async function readPolicy(): Promise<PolicyInForce> {
  const own = developing ? process.env["LYSSNA_POLICY"] : undefined;
  if (own !== undefined && own !== "") policy = await loadPolicy(own, "any");
  else policy = await loadPolicy(policyPath(process.platform, process.env));
  return policy;
}

/** The one way out: a session of its own, whose requests are let through by the one network object and no other. */
function networkIn(dataDir: string): Record<"fetch" | "fetchHere", typeof fetch> & { readonly network: Network } {
  const path = join(dataDir, "network.json");
  const network = openNetwork({
    isCatalogueAddress: (address) => isDownloadAddress(address) && mayReach(policy.state, address),
    kept: readCount(path),
    keep: (text) => writeSmall(path, text),
  });
  const downloads = session.fromPartition("downloads");
  blockRequests(downloads, network.allows);
  const fetchHere = fetchHereBy(session.fromPartition("this-machine"));
  return { network, fetch: downloads.fetch.bind(downloads) as typeof fetch, fetchHere };
}

function openWindow(windowSession: Electron.Session): BrowserWindow {
  const opened = new BrowserWindow(windowOptions(windowParts(windowSession)));
  opened.setContentProtection(isHidden());
  // A meeting's title must not stand in the task bar.
  opened.on("page-title-updated", (event) => event.preventDefault());
  opened.once("ready-to-show", () => opened.show());
  opened.on("closed", () => {
    window = null;
    // What stands beside it has nothing to stand beside.
    summaries?.closeAll();
  });
  nativeTheme.on("updated", () => window?.setBackgroundColor(paperColour(nativeTheme.shouldUseDarkColors)));
  return opened;
}

const windowParts = (windowSession: Electron.Session): WindowParts => ({
  preloadPath: join(here, "preload.cjs"),
  session: windowSession,
  dark: nativeTheme.shouldUseDarkColors,
  devTools: developing,
});

/** A window that is not to be closed while it records says why. */
function showRecording(): void {
  bringForward();
  void window?.loadURL(`${startAddress}#/record`);
}

/** Left out of screenshots and shared screens, as the organisation or the person wishes. */
const isHidden = (): boolean => policy.state.lock.hideFromCapture ?? settings.hideFromCapture;

function applySettings(now: Settings): void {
  settings = now;
  nativeTheme.themeSource = now.theme;
  for (const shown of BrowserWindow.getAllWindows()) shown.setContentProtection(isHidden());
  showMenu();
}

function showMenu(): void {
  const press = (keyCode: string) => {
    for (const type of ["keyDown", "char", "keyUp"] as const) window?.webContents.sendInputEvent({ type, keyCode });
  };
  const show = (address: string) => void window?.loadURL(startAddress + address);
  const parts = { language: settings.interfaceLanguage, platform: process.platform, devTools: developing };
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate({ ...parts, press, show, lock: () => lockNow() })));
}

function bringForward(): void {
  if (window === null) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

const isInFront = (): boolean => BrowserWindow.getAllWindows().some((opened) => opened.isFocused());

/** Lets the running job stop where it stands and the store close before the process ends. */
function quitGently(close: () => Promise<void>): void {
  let closed = false;
  app.on("before-quit", (event) => {
    quitting = true;
    if (closed) return;
    event.preventDefault();
    const end = () => {
      closed = true;
      app.quit();
    };
    void close().then(end, end);
  });
}

function onUnexpected(call: string, error: unknown): void {
  // Where, not what: a message may hold something that was said. A window that is closing may ask in vain.
  if (developing && window !== null && !quitting)
    process.stderr.write(`${call} failed unexpectedly\n${frames(error)}\n`);
}

function giveUp(error: unknown): void {
  if (developing) process.stderr.write(`${frames(error)}\n`);
  dialog.showErrorBox("Lyssna", errorSentence(toErrorData(error), settings.interfaceLanguage));
  app.exit(1);
}
