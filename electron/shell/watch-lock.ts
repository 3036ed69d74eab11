// When Lyssna locks by itself: nobody has touched the computer for a while, it sleeps, it is locked, or the panic key is
// pressed. Runs in main.
import type { GlobalShortcut, PowerMonitor } from "electron";
import type { Settings } from "../contract.ts";
import type { LockReason } from "../lock-state.ts";
import type { RecordingState } from "../recorded.ts";

/** From anywhere, unlike the menu's. Unlikely to be taken by another program. */
export const panicKey = "CommandOrControl+Alt+Shift+L";
const lookEveryMs = 10_000;

export interface WatchLockOptions {
  readonly powerMonitor: Pick<PowerMonitor, "on" | "getSystemIdleTime">;
  readonly globalShortcut: Pick<GlobalShortcut, "register">;
  readonly settings: () => Pick<Settings, "lockAfterMinutes" | "lockWithSystem">;
  readonly recording: () => RecordingState["state"] | null;
  /** Without one, locking by itself would keep nobody out. */
  readonly hasPassphrase: () => Promise<boolean>;
  readonly lock: (why: LockReason) => Promise<void>;
}

/** Answers how to stop. */
export function watchLock(options: WatchLockOptions): () => void {
  const { powerMonitor, globalShortcut, settings, recording, hasPassphrase } = options;
  const lock = (why: LockReason) => void options.lock(why).catch(() => {});
  const lockIfKept = async (why: LockReason) => {
    if (await hasPassphrase().catch(() => false)) lock(why);
  };
  const withSystem = (why: LockReason) => () => {
    if (settings().lockWithSystem) void lockIfKept(why);
  };
  powerMonitor.on("suspend", withSystem("sleep"));
  powerMonitor.on("lock-screen", withSystem("system"));
  globalShortcut.register(panicKey, () => lock("person"));
  const timer = setInterval(() => {
    const { lockAfterMinutes } = settings();
    // Whoever listens touches nothing: while a recording runs, stillness means nothing.
    if (lockAfterMinutes === 0 || recording() === "recording") return;
    if (powerMonitor.getSystemIdleTime() >= lockAfterMinutes * 60) void lockIfKept("idle");
  }, lookEveryMs);
  timer.unref();
  return () => clearInterval(timer);
}
