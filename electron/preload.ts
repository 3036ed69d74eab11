// The bridge between the window and main: puts `window.lyssna` in the page. Runs in the window's preload, sandboxed.
// It knows the two sides' channels and nothing else. The contract is only a type here, so that its schemas stay in main.
import { contextBridge, ipcRenderer, webUtils } from "electron";
import type { channels as contractChannels, SnapshotName, WindowApi } from "./contract.ts";

const channels = {
  call: "lyssna:call",
  snapshot: "lyssna:snapshot",
  subscribe: "lyssna:subscribe",
} as const satisfies typeof contractChannels;

type Listener = (snapshot: never) => void;

const listeners = new Map<SnapshotName, Set<Listener>>();
const latest = new Map<SnapshotName, unknown>();

ipcRenderer.on(channels.snapshot, (_event, name: SnapshotName, snapshot: unknown) => {
  latest.set(name, snapshot);
  for (const listener of listeners.get(name) ?? []) listener(snapshot as never);
});

const api: WindowApi = {
  call: (name, ...args) => ipcRenderer.invoke(channels.call, name, args),
  on(name, listener) {
    const known = listeners.get(name);
    const those = known ?? new Set<Listener>();
    those.add(listener);
    if (known === undefined) {
      listeners.set(name, those);
      // Main answers with the current snapshot first, then with each change.
      void ipcRenderer.invoke(channels.subscribe, name);
    } else if (latest.has(name)) {
      queueMicrotask(() => {
        if (those.has(listener)) listener(latest.get(name) as never);
      });
    }
    return () => void those.delete(listener);
  },
  pathOf: (file) => webUtils.getPathForFile(file),
};

contextBridge.exposeInMainWorld("lyssna", api);
