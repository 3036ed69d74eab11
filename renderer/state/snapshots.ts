// Main's snapshots as the views see them: whole, always the latest. Runs in the window.
import type { Meeting, SentSnapshots, SnapshotName, Snapshots } from "../../electron/contract.ts";
import { withPiece } from "../../electron/list-pieces.ts";
import { afterPaint } from "./after-paint.ts";
import { type Cell, createCell, useCell } from "./cell.ts";
import { parseAddress } from "./route.ts";

type Cells = { readonly [Name in SnapshotName]: Cell<Snapshots[Name]> };

// Spelled out here: the contract's own list would bring its schemas into the window.
const names = {
  meetings: true,
  jobs: true,
  models: true,
  languageModels: true,
  modelTask: true,
  draft: true,
  settings: true,
  fixed: true,
  liveText: true,
  recording: true,
  originals: true,
  policy: true,
  retention: true,
  lock: true,
  changes: true,
  passage: true,
  opened: true,
  moving: true,
} as const satisfies Record<SnapshotName, true>;

let cells: Cells | null = null;

/** The rest of the meetings is wanted: after the first view, where that begins with their beginning. */
let wantsAll = false;

/** Listens to every snapshot and resolves when the first of each has come. Called once, before the first view. */
export async function openSnapshots(): Promise<void> {
  const open = async (name: SnapshotName) => [name, await (name === "meetings" ? openMeetings() : openWhole(name))];
  cells = Object.fromEntries(await Promise.all((Object.keys(names) as SnapshotName[]).map(open))) as Cells;
}

const openWhole = <Name extends Exclude<SnapshotName, "meetings">>(name: Name): Promise<Cell<SentSnapshots[Name]>> =>
  new Promise((resolve) => {
    let cell: Cell<SentSnapshots[Name]> | null = null;
    window.lyssna.on(name, (snapshot) => {
      if (cell === null) resolve((cell = createCell(snapshot)));
      else cell.set(snapshot);
    });
  });

/** The library begins with its beginning; every other view may need a meeting of any time. */
const openMeetings = (): Promise<Cell<readonly Meeting[]>> =>
  new Promise((resolve) => {
    let cell: Cell<readonly Meeting[]> | null = null;
    let meetings: readonly Meeting[] = [];
    wantsAll = parseAddress(window.location.hash).view !== "library";
    window.lyssna.on("meetings", (piece) => {
      meetings = withPiece(meetings, piece);
      if (!piece.last && wantsAll) afterPaint(() => window.lyssna.more());
      if (cell === null && (piece.last || !wantsAll)) resolve((cell = createCell(meetings)));
      else if (piece.last) cell?.set(meetings);
    });
  });

/** The first view is there: what it did not need may come. */
export function wantAllMeetings(): void {
  if (wantsAll) return;
  wantsAll = true;
  window.lyssna.more();
}

export function snapshotCell<Name extends SnapshotName>(name: Name): Cells[Name] {
  if (cells === null) throw new Error("openSnapshots comes first");
  return cells[name];
}

export const useSnapshot = <Name extends SnapshotName>(name: Name): Snapshots[Name] =>
  useCell<Snapshots[Name]>(snapshotCell(name));
