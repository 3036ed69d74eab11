// Dialogs for a person at the stand-in: Chromium's own file chooser, and a folder for what is saved. Runs in the host.
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, parse } from "node:path";
import type { Page } from "playwright-core";
import type { DialogAnswers } from "./host.ts";
import { filesName } from "./page-side.ts";
import { filePaths } from "./pages.ts";

export const interactiveDialogs: DialogAnswers = {
  async open(page, { directories, multiple }) {
    if (page === null) return [];
    const inside = await chooseInPage(page, directories, multiple);
    const paths = await filePaths(page, inside.length);
    await page.evaluate((key) => void delete (window as unknown as Record<string, unknown>)[key], filesName);
    if (!directories) return paths;
    // A folder is chosen as the files in it: "model/config.json" lies one step below its parent.
    const [first = ""] = paths;
    const depth = (inside[0] ?? "").split("/").length - 1;
    return first === "" ? [] : [Array.from({ length: depth }).reduce<string>((path) => dirname(path), first)];
  },
  async save(_page, defaultPath) {
    const { name, ext } = parse(defaultPath);
    const folder = [join(homedir(), "Downloads"), homedir()].find((path) => existsSync(path)) ?? homedir();
    const candidates = Array.from({ length: 1000 }, (_, index) => (index === 0 ? name : `${name} (${index + 1})`));
    const path = candidates.map((candidate) => join(folder, candidate + ext)).find((free) => !existsSync(free)) ?? null;
    if (path !== null) process.stderr.write(`Saved as ${path}\n`);
    return path;
  },
  async copied(page, text) {
    await page?.evaluate((copied) => {
      const field = document.createElement("textarea");
      field.value = copied;
      document.body.append(field);
      field.select();
      // The newer way needs a permission, which the app rightly does not have.
      document.execCommand("copy");
      field.remove();
    }, text);
  },
};

/** Opens the chooser. The files stay in the page; their paths inside a chosen folder come back. */
const chooseInPage = (page: Page, directories: boolean, multiple: boolean): Promise<readonly string[]> =>
  page.evaluate(
    ({ key, folder, several }) =>
      new Promise<string[]>((resolve) => {
        const input = document.createElement("input");
        input.type = "file";
        input.multiple = several;
        input.webkitdirectory = folder;
        const end = () => {
          const files = [...(input.files ?? [])];
          (window as unknown as Record<string, unknown>)[key] = files;
          resolve(files.map(({ webkitRelativePath, name }) => webkitRelativePath || name));
        };
        input.addEventListener("change", end);
        input.addEventListener("cancel", end);
        input.click();
      }),
    { key: filesName, folder: directories, several: multiple },
  );
