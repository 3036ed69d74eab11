// The file that the system starts the app with, or hands to the one that runs: by double click on a `.lyssna` file. Runs in
// main. macOS has an event of its own for it; Windows and Linux put it among the arguments.
import { resolve } from "node:path";
import type { App } from "electron";

/**
 * The last argument that names a `.lyssna` file; null where none does. Chromium adds arguments of its own and changes
 * their order, so that no place among them means anything.
 * @param folder where the arguments were given
 */
export function fileAmong(args: readonly string[], folder: string): string | null {
  const named = args.slice(1).findLast((arg) => !arg.startsWith("-") && /\.lyssna$/iu.test(arg));
  return named === undefined ? null : resolve(folder, named);
}

export interface OpenedFiles {
  /** Begins to hear of files, also of the one that the app was started with; called before the app is ready. */
  listen(bringForward: () => void): void;
  /** Whoever shows them from now on; what came before is handed over at once. */
  handTo(open: (path: string) => void): void;
}

export function watchOpenedFiles(app: Pick<App, "on">): OpenedFiles {
  let waiting: string | null = null;
  let open = (path: string): void => void (waiting = path);
  return {
    listen(bringForward) {
      app.on("second-instance", (_event, args, folder) => {
        bringForward();
        const file = fileAmong(args, folder);
        if (file !== null) open(file);
      });
      app.on("open-file", (event, path) => {
        event.preventDefault();
        bringForward();
        open(path);
      });
      waiting = fileAmong(process.argv, process.cwd());
    },
    handTo(show) {
      open = show;
      if (waiting !== null) show(waiting);
      waiting = null;
    },
  };
}
