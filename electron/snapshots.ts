// The current state shown to people, as whole snapshots. Runs in main. A new listener asks for the current one first.
import type { SnapshotName, Snapshots } from "./contract.ts";

export interface SnapshotHub {
  current<Name extends SnapshotName>(name: Name): Snapshots[Name];
  set<Name extends SnapshotName>(name: Name, value: Snapshots[Name]): void;
  /** Returns how to stop. */
  listen(listener: (name: SnapshotName) => void): () => void;
}

export function createSnapshotHub(first: Snapshots): SnapshotHub {
  const state: { -readonly [Name in SnapshotName]: Snapshots[Name] } = { ...first };
  const listeners = new Set<(name: SnapshotName) => void>();
  return {
    current: (name) => state[name],
    set(name, value) {
      state[name] = value;
      for (const listener of listeners) listener(name);
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
