// The bridge between the window and main: puts `window.lyssna` in the page. Runs in the window's preload, sandboxed.
// It knows the two sides' channels and nothing else. The contract is only a type here, so that its schemas stay in main.
import { contextBridge, ipcRenderer, webUtils } from "electron";
import type { channels as contractChannels, SnapshotName, WindowApi } from "./contract.ts";

const channels = {
  call: "lyssna:call",
  snapshot: "lyssna:snapshot",
  subscribe: "lyssna:subscribe",
  more: "lyssna:more",
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
    listeners.set(name, those);
    if (known === undefined || name === "meetings") {
      // Main answers with the current snapshot first, then with each change. The meetings come in pieces, of which
      // the latest is not all: they are sent from the beginning.
      void ipcRenderer.invoke(channels.subscribe, name);
    } else if (latest.has(name)) {
      queueMicrotask(() => {
        if (those.has(listener)) listener(latest.get(name) as never);
      });
    }
    return () => void those.delete(listener);
  },
  more: () => void ipcRenderer.invoke(channels.more),
  pathOf: (file) => webUtils.getPathForFile(file),
};

contextBridge.exposeInMainWorld("lyssna", api);
