// Which meetings are selected, to do something with all of them at once. Pure but for the cell.
import { createCell } from "../state/cell.ts";

export interface Selection {
  /** Boxes to tick are shown. */
  readonly on: boolean;
  readonly ids: ReadonlySet<string>;
  /** Where a stretch begins that Shift extends. */
  readonly anchor: string | null;
}

export const nothingSelected: Selection = { on: false, ids: new Set(), anchor: null };
export const selection = createCell<Selection>(nothingSelected);

export function toggled({ ids }: Selection, id: string): Selection {
  const now = new Set(ids);
  if (!now.delete(id)) now.add(id);
  return { on: true, ids: now, anchor: id };
}

/** From where the last one was selected to this one, in the order in which they are shown. */
export function extended({ ids, anchor }: Selection, id: string, order: readonly string[]): Selection {
  const [from, to] = [order.indexOf(anchor ?? id), order.indexOf(id)];
  if (to < 0) return { on: true, ids, anchor };
  const first = from < 0 ? to : Math.min(from, to);
  const stretch = order.slice(first, Math.max(from, to) + 1);
  return { on: true, ids: new Set([...ids, ...stretch]), anchor: from < 0 ? id : anchor };
}

export const allOf = (order: readonly string[]): Selection => ({ on: true, ids: new Set(order), anchor: null });

/** Without those that are no longer shown: nothing is done to what one does not see. */
export function onlyShown(now: Selection, order: readonly string[]): Selection {
  const shown = new Set(order);
  const ids = new Set([...now.ids].filter((id) => shown.has(id)));
  return ids.size === now.ids.size ? now : { ...now, ids };
}
