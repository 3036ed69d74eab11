// Bringing files in, by the dialog or dropped. Runs in the window.
import { act } from "../state/ask.ts";
import { go } from "../state/route.ts";

/** Opens the file dialog; what was chosen then stands in the library. */
export async function chooseFiles(): Promise<void> {
  const meetings = await act("import.choose");
  if (meetings !== undefined && meetings.length > 0) go({ view: "library" });
}

/** Takes in files that were dropped on the window. */
export async function importDropped(files: readonly File[]): Promise<void> {
  const paths = files.map((file) => window.lyssna.pathOf(file)).filter((path) => path !== "");
  if (paths.length === 0) return;
  go({ view: "library" });
  await act("import.files", paths);
}
