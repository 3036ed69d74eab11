// The app's menu as data. Runs in main. The window listens for keys by itself: a menu item with a plain key presses it.
import type { MenuItemConstructorOptions } from "electron";
import type { InterfaceLanguage } from "../formats.ts";
import { shellText } from "./texts.ts";

export interface MenuParts {
  readonly language: InterfaceLanguage;
  readonly platform: NodeJS.Platform;
  readonly devTools: boolean;
  /** Presses a key of renderer/shortcuts in the window. */
  readonly press: (key: string) => void;
  /** Shows a view by its address, such as "#/settings/general". */
  readonly show: (address: string) => void;
  readonly lock: () => void;
}

export function menuTemplate({
  language,
  platform,
  devTools,
  press,
  show,
  lock,
}: MenuParts): MenuItemConstructorOptions[] {
  const text = shellText(language);
  const mac = platform === "darwin";
  const line = { type: "separator" } as const;
  const key = (label: string, shortcut: string): MenuItemConstructorOptions => ({
    label,
    accelerator: shortcut.toUpperCase(),
    // Shown, not taken: in a text field the letter must stay a letter.
    registerAccelerator: false,
    click: () => press(shortcut),
  });
  const settings: MenuItemConstructorOptions = {
    label: text.settings,
    accelerator: "CmdOrCtrl+,",
    click: () => show("#/settings/general"),
  };
  const lockItem: MenuItemConstructorOptions = { label: text.lock, accelerator: "CmdOrCtrl+Shift+L", click: lock };
  const about: MenuItemConstructorOptions = { label: text.about, click: () => show("#/settings/about") };

  const appMenu: MenuItemConstructorOptions = {
    label: "Lyssna",
    submenu: [
      about,
      line,
      settings,
      lockItem,
      line,
      { role: "hide", label: text.hide },
      { role: "hideOthers", label: text.hideOthers },
      { role: "unhide", label: text.showAll },
      line,
      { role: "quit", label: text.quit },
    ],
  };
  const fileMenu: MenuItemConstructorOptions = {
    label: text.file,
    submenu: [
      key(`${text.import}…`, "i"),
      key(`${text.importFolder}…`, "f"),
      ...(mac ? [] : [line, settings, lockItem, line, { role: "quit", label: text.quit } as const]),
    ],
  };
  const editMenu: MenuItemConstructorOptions = {
    label: text.edit,
    submenu: [
      { role: "undo", label: text.undo },
      { role: "redo", label: text.redo },
      line,
      { role: "cut", label: text.cut },
      { role: "copy", label: text.copy },
      { role: "paste", label: text.paste },
      { role: "selectAll", label: text.selectAll },
    ],
  };
  const viewMenu: MenuItemConstructorOptions = {
    label: text.view,
    submenu: [
      key(text.search, "/"),
      line,
      { role: "zoomIn", label: text.zoomIn },
      { role: "zoomOut", label: text.zoomOut },
      { role: "resetZoom", label: text.resetZoom },
      line,
      { role: "togglefullscreen", label: text.fullScreen },
      ...(devTools ? [line, { role: "toggleDevTools", label: text.developerTools } as const] : []),
    ],
  };
  const windowMenu: MenuItemConstructorOptions = {
    label: text.window,
    submenu: [
      { role: "minimize", label: text.minimise },
      { role: "close", label: text.close },
    ],
  };
  const helpMenu: MenuItemConstructorOptions = {
    label: text.help,
    role: "help",
    submenu: [
      // The window listens for the key itself, and leaves it alone while something is being written.
      { label: text.helpPage, accelerator: "F1", registerAccelerator: false, click: () => show("#/help") },
      key(text.shortcuts, "?"),
      ...(mac ? [] : [line, about]),
    ],
  };
  return [...(mac ? [appMenu] : []), fileMenu, editMenu, viewMenu, windowMenu, helpMenu];
}
