// Where one was before the help was opened, so that closing it leads back there. Runs in the window.
import { addressOf } from "../state/route.ts";

const library = addressOf({ view: "library" });
const isHelp = (hash: string) => hash.startsWith(addressOf({ view: "help", section: null }));
let before = library;

window.addEventListener("hashchange", ({ oldURL, newURL }) => {
  const [from, to] = [new URL(oldURL).hash, new URL(newURL).hash];
  if (isHelp(to) && !isHelp(from)) before = from || library;
});

/** The address to go back to. */
export const cameFrom = (): string => before;
