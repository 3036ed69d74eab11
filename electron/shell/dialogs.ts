// The dialogs and the clipboard as the app asks for them. Runs in main.
import type { BrowserWindow, Dialog } from "electron";
import type { AppHost } from "../app.ts";
import { soundEndings } from "../file-endings.ts";
import type { InterfaceLanguage } from "../formats.ts";
import { type ClipboardParts, copyPrivately } from "./private-clipboard.ts";
import { shellText } from "./texts.ts";

type HostDialogs = Pick<
  AppHost,
  "chooseFiles" | "chooseFolder" | "chooseGlossary" | "chooseOne" | "chooseSavePath" | "copyText"
>;

export interface DialogParts {
  readonly dialog: Pick<Dialog, "showOpenDialog" | "showSaveDialog">;
  readonly clipboard: ClipboardParts;
  /** The window that the dialog belongs to. */
  readonly window: () => BrowserWindow | null;
  readonly language: () => InterfaceLanguage;
}

/** What we read ourselves; people can choose "all files" for the rest. */
const transcriptEndings = ["json", "vtt", "srt", "txt", "docx"];

export function hostDialogs({ dialog, clipboard, window, language }: DialogParts): HostDialogs {
  const open = async (options: Electron.OpenDialogOptions): Promise<readonly string[]> => {
    const parent = window();
    const answer = await (parent === null ? dialog.showOpenDialog(options) : dialog.showOpenDialog(parent, options));
    return answer.canceled ? [] : answer.filePaths;
  };
  return {
    async chooseFiles() {
      const text = shellText(language());
      return open({
        title: text.chooseFiles,
        buttonLabel: text.import,
        // Recent files are the system's memory, not ours: what is opened here is nobody else's business.
        properties: ["openFile", "multiSelections", "dontAddToRecent"],
        filters: [
          { name: text.conversations, extensions: [...soundEndings, ...transcriptEndings] },
          { name: text.allFiles, extensions: ["*"] },
        ],
      });
    },
    async chooseFolder(of) {
      const text = shellText(language());
      const [folder] = await open({
        title: {
          model: text.chooseModelFolder,
          conversations: text.chooseFolder,
          watched: text.chooseWatched,
          export: text.chooseExport,
        }[of],
        properties: ["openDirectory", "createDirectory", "dontAddToRecent"],
      });
      return folder ?? null;
    },
    async chooseGlossary() {
      const text = shellText(language());
      const [file] = await open({
        title: text.chooseGlossary,
        properties: ["openFile", "dontAddToRecent"],
        filters: [
          { name: text.glossaries, extensions: ["json"] },
          { name: text.allFiles, extensions: ["*"] },
        ],
      });
      return file ?? null;
    },
    async chooseOne(what) {
      const text = shellText(language());
      const { title, name, extensions } = {
        template: { title: text.chooseTemplate, name: text.templates, extensions: ["lyssna", "json"] },
        document: { title: text.chooseDocument, name: text.documents, extensions: ["docx", "html", "htm", "txt"] },
        package: { title: text.choosePackage, name: text.packages, extensions: ["lyssna"] },
        logo: { title: text.chooseLogo, name: text.pictures, extensions: ["png", "jpg", "jpeg"] },
        modelPackage: { title: text.chooseModelPackage, name: text.modelPackages, extensions: ["zip"] },
      }[what];
      const [file] = await open({
        title,
        properties: ["openFile", "dontAddToRecent"],
        filters: [
          { name, extensions },
          { name: text.allFiles, extensions: ["*"] },
        ],
      });
      return file ?? null;
    },
    async chooseSavePath(suggestedName, extension) {
      const options: Electron.SaveDialogOptions = {
        title: shellText(language()).saveAs,
        defaultPath: `${suggestedName}.${extension}`,
        filters: [{ name: extension.toUpperCase(), extensions: [extension] }],
        properties: ["dontAddToRecent", "showOverwriteConfirmation", "createDirectory"],
      };
      const parent = window();
      const answer = await (parent === null ? dialog.showSaveDialog(options) : dialog.showSaveDialog(parent, options));
      return answer.canceled || answer.filePath === "" ? null : answer.filePath;
    },
    copyText: (text) => copyPrivately(text, clipboard),
  };
}
