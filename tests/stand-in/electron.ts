// In place of the module `electron`, for main under plain Node: what Lyssna uses, no more. See README.md.
export { app } from "./electron/app.ts";
export { protocol, session } from "./electron/sessions.ts";
export {
  clipboard,
  ClipboardItem,
  desktopCapturer,
  dialog,
  globalShortcut,
  Notification,
  powerMonitor,
  powerSaveBlocker,
  safeStorage,
  shell,
  utilityProcess,
} from "./electron/system.ts";
export { BrowserWindow, ipcMain, Menu, nativeTheme } from "./electron/windows.ts";
