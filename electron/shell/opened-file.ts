// The file that the system starts the app with, or hands to the one that runs: by double click on a `.lyssna` file. Runs in
// main. macOS has an event of its own for it; Windows and Linux put it among the arguments.
import { resolve } from "node:path";

/**
 * The last argument that names a `.lyssna` file; null where none does. Chromium adds arguments of its own and changes
 * their order, so that no place among them means anything.
 * @param folder where the arguments were given
 */
export function fileAmong(args: readonly string[], folder: string): string | null {
  const named = args.slice(1).findLast((arg) => !arg.startsWith("-") && /\.lyssna$/iu.test(arg));
  return named === undefined ? null : resolve(folder, named);
}
