// The small window of a recording, above all others. Runs in main.
import type { BrowserWindow } from "electron";
import { startAddress } from "./own-address.ts";

type Mini = Pick<BrowserWindow, "loadURL" | "show" | "close" | "on" | "once">;

export function createMini(make: () => Mini): { toggle(): void; close(): void } {
  let window: Mini | null = null;
  const close = () => {
    const opened = window;
    window = null;
    opened?.close();
  };
  return {
    toggle() {
      if (window !== null) {
        close();
        return;
      }
      const opened = make();
      window = opened;
      opened.once("ready-to-show", () => opened.show());
      opened.on("closed", () => {
        if (window === opened) window = null;
      });
      void opened.loadURL(`${startAddress}#/mini`);
    },
    close,
  };
}
