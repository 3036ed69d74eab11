// A value that views can watch. Runs in the window.
import { useSyncExternalStore } from "react";

export interface Cell<Value> {
  get(): Value;
  set(value: Value): void;
  /** Returns how to stop. */
  watch(listener: () => void): () => void;
}

export function createCell<Value>(first: Value): Cell<Value> {
  let current = first;
  const listeners = new Set<() => void>();
  return {
    get: () => current,
    set(value) {
      if (Object.is(value, current)) return;
      current = value;
      for (const listener of listeners) listener();
    },
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The cell's value; the component renders again when it changes. */
export const useCell = <Value>(cell: Cell<Value>): Value => useSyncExternalStore(cell.watch, cell.get);

/** A part of the cell's value; the component renders again only when that part changes. */
export const useCellPart = <Value, Part>(cell: Cell<Value>, part: (value: Value) => Part): Part =>
  useSyncExternalStore(cell.watch, () => part(cell.get()));
