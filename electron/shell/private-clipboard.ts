// Text on the clipboard that the system's history and other machines are asked to leave alone. Runs in main.
import type { Clipboard, ClipboardItem } from "electron";

export interface ClipboardParts {
  readonly clipboard: Pick<Clipboard, "write" | "writeText">;
  readonly clipboardItem: (items: Record<string, string | Blob>) => ClipboardItem;
  readonly platform: NodeJS.Platform;
}

const raw = (format: string) => `electron application/osclipboard;format="${format}"`;
/** A DWORD of 0: no. */
const no = () => new Blob([new Uint8Array(4)]);

/**
 * What each system reads. Windows: "Cloud clipboard and clipboard history formats" in Microsoft's documentation of
 * clipboard formats. macOS: nspasteboard.org, which clipboard managers keep to. Linux: the hint of KDE's clipboard, which
 * others have taken up.
 */
const marks: Partial<Record<NodeJS.Platform, () => Readonly<Record<string, Blob>>>> = {
  win32: () => ({
    [raw("ExcludeClipboardContentFromMonitorProcessing")]: no(),
    [raw("CanIncludeInClipboardHistory")]: no(),
    [raw("CanUploadToCloudClipboard")]: no(),
  }),
  darwin: () => ({ [raw("org.nspasteboard.ConcealedType")]: new Blob([""]) }),
  linux: () => ({ [raw("x-kde-passwordManagerHint")]: new Blob(["secret"]) }),
};

/**
 * Answers true where the system itself promises to keep it out of history and cloud: that is Windows. Elsewhere the mark
 * is a request that a program may overlook, and the answer is false. Where marks cannot be written the text is, alone.
 */
export async function copyPrivately(text: string, parts: ClipboardParts): Promise<boolean> {
  const { clipboard, clipboardItem, platform } = parts;
  try {
    await clipboard.write([clipboardItem({ "text/plain": text, ...marks[platform]?.() })]);
    return platform === "win32";
  } catch {
    await clipboard.writeText(text);
    return false;
  }
}
