// Bringing files and folders in, by the dialog or dropped. Runs in the window.
import type { FolderListing, Imported } from "../../electron/contract.ts";
import { act } from "../state/ask.ts";
import { tell, tellDone } from "../state/notices.ts";
import { go } from "../state/route.ts";
import type { Translate } from "../texts/i18n.ts";

/** So many at a time: the library fills while the rest comes in. */
const filesAtOnce = 200;

/** Opens the file dialog; what was chosen then stands in the library. */
export async function chooseFiles(t: Translate): Promise<void> {
  const meetings = await act("import.choose");
  if (meetings === undefined || meetings.length === 0) return;
  go({ view: "library" });
  tellKnown(meetings, t);
}

/** Opens the folder dialog, and takes in what the folder holds. */
export async function chooseFolder(t: Translate): Promise<void> {
  const folder = await act("import.chooseFolder");
  if (folder !== undefined && folder !== null) await takeIn([folder], t);
}

/** Takes in files and folders that were dropped on the window; a template or package is asked about first. */
export async function importDropped(files: readonly File[], t: Translate): Promise<void> {
  const paths = files.map((file) => window.lyssna.pathOf(file)).filter((path) => path !== "");
  const own = paths.findLast(isOwn);
  if (own !== undefined) await act("opened.show", own);
  const others = paths.filter((path) => !isOwn(path));
  if (others.length > 0) await takeIn(others, t);
}

const isOwn = (path: string): boolean => /\.lyssna$/iu.test(path);

async function takeIn(paths: readonly string[], t: Translate): Promise<void> {
  const listing = await act("import.list", [...paths]);
  if (listing === undefined) return;
  const { files } = listing;
  if (files.length > 0) go({ view: "library" });
  for (let at = 0; at < files.length; at += filesAtOnce) {
    const meetings = await act("import.files", files.slice(at, at + filesAtOnce));
    if (meetings === undefined) return;
    tellKnown(meetings, t);
  }
  const words = aboutListing(listing, t);
  if (words !== "") tellDone(words);
}

/** Files that were taken in before are not made anew, unless the person wants it. */
function tellKnown(meetings: readonly Imported[], t: Translate): void {
  const known = meetings.flatMap(({ title, wasThere }) => (wasThere === undefined ? [] : [{ title, ...wasThere }]));
  const [first] = known;
  if (first === undefined) return;
  const close = tell({
    kind: "done",
    text:
      known.length === 1
        ? t("library.known.one", { title: first.title })
        : t("library.known.many", { count: known.length }),
    action: {
      label: t("library.known.again"),
      run() {
        close();
        void act(
          "import.again",
          known.map(({ path }) => path),
        );
      },
    },
  });
}

/** Nothing is passed over in silence. */
function aboutListing({ files, leftOut, closed, more }: FolderListing, t: Translate): string {
  return [
    files.length === 0 && t("library.folder.empty"),
    leftOut > 0 && files.length > 0 && t("library.folder.leftOut", { count: leftOut }),
    closed > 0 && t("library.folder.closed", { count: closed }),
    more && t("library.folder.more"),
  ]
    .filter(Boolean)
    .join(" ");
}
