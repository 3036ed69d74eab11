// Main's snapshots as the views see them: whole, always the latest. Runs in the window.
import type { SnapshotName, Snapshots } from "../../electron/contract.ts";
import { type Cell, createCell, useCell } from "./cell.ts";

type Cells = { readonly [Name in SnapshotName]: Cell<Snapshots[Name]> };

// Spelled out here: the contract's own list would bring its schemas into the window.
const names = {
  meetings: true,
  jobs: true,
  models: true,
  languageModels: true,
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
} as const satisfies Record<SnapshotName, true>;

let cells: Cells | null = null;

/** Listens to every snapshot and resolves when the first of each has come. Called once, before the first view. */
export async function openSnapshots(): Promise<void> {
  const open = <Name extends SnapshotName>(name: Name) =>
    new Promise<Cell<Snapshots[Name]>>((resolve) => {
      let cell: Cell<Snapshots[Name]> | null = null;
      window.lyssna.on(name, (snapshot) => {
        if (cell === null) resolve((cell = createCell(snapshot)));
        else cell.set(snapshot);
      });
    });
  const opened = await Promise.all(
    (Object.keys(names) as SnapshotName[]).map(async (name) => [name, await open(name)]),
  );
  cells = Object.fromEntries(opened) as Cells;
}

export function snapshotCell<Name extends SnapshotName>(name: Name): Cells[Name] {
  if (cells === null) throw new Error("openSnapshots comes first");
  return cells[name];
}

export const useSnapshot = <Name extends SnapshotName>(name: Name): Snapshots[Name] =>
  useCell<Snapshots[Name]>(snapshotCell(name));
