// What the system does to a recording, and what a recording asks of the system. Runs in main.
// The machine is kept awake, keys work from anywhere, and sleep, a lost window and a closed one are met without loss.
import type { BrowserWindow, GlobalShortcut, PowerMonitor, PowerSaveBlocker } from "electron";
import type { Recorder } from "../recording/types.ts";
import type { RecordingState } from "../recorded.ts";

export interface WatchOptions {
  readonly recorder: () => Recorder | null;
  readonly powerMonitor: Pick<PowerMonitor, "on">;
  readonly powerSaveBlocker: Pick<PowerSaveBlocker, "start" | "stop">;
  readonly globalShortcut: Pick<GlobalShortcut, "register" | "unregister">;
}

export interface RecordingWatch {
  /** With every change of the recording. */
  changed(state: RecordingState | null): void;
  /** The window that records: what becomes of it is met. */
  guard(window: BrowserWindow, isQuitting: () => boolean, onKept: () => void): void;
}

/** Unlikely to be taken by another program. */
export const recordingKeys = {
  pause: "CommandOrControl+Alt+Shift+P",
  mark: "CommandOrControl+Alt+Shift+M",
  offRecord: "CommandOrControl+Alt+Shift+U",
} as const;

export function watchRecording({
  recorder,
  powerMonitor,
  powerSaveBlocker,
  globalShortcut,
}: WatchOptions): RecordingWatch {
  let blocker: number | null = null;
  const stateNow = () => recorder()?.state() ?? null;
  const quietly = (work: Promise<unknown> | undefined) => void work?.catch(() => {});

  const toggle = () => {
    const state = stateNow()?.state;
    if (state === "recording") quietly(recorder()?.pause("paused"));
    else if (state !== undefined) quietly(recorder()?.resume());
  };
  const keys: readonly (readonly [string, () => void])[] = [
    [recordingKeys.pause, toggle],
    [recordingKeys.mark, () => quietly(recorder()?.mark("important", ""))],
    [recordingKeys.offRecord, () => quietly(recorder()?.pause("off-record"))],
  ];

  powerMonitor.on("suspend", () => {
    if (stateNow()?.state === "recording") quietly(recorder()?.pause("sleep"));
  });

  return {
    changed(state) {
      const runs = state !== null;
      if (runs === (blocker !== null)) return;
      if (runs) {
        blocker = powerSaveBlocker.start("prevent-app-suspension");
        // A key that another program holds is not to be had; the buttons are.
        for (const [key, run] of keys) globalShortcut.register(key, run);
        return;
      }
      if (blocker !== null) powerSaveBlocker.stop(blocker);
      blocker = null;
      for (const [key] of keys) globalShortcut.unregister(key);
    },
    guard(window, isQuitting, onKept) {
      window.on("close", (event) => {
        if (isQuitting() || stateNow() === null) return;
        event.preventDefault();
        recorder()?.staysOpen();
        onKept();
      });
      window.webContents.on("render-process-gone", () => {
        if (isQuitting()) return;
        recorder()?.windowGone();
        window.reload();
      });
    },
  };
}
