// A long list as it moves: its beginning first, the rest behind it, and then only what has changed. Runs anywhere. Pure.
// Ten thousand meetings would otherwise cross to every window at every change, and keep it waiting at its start.

export interface ListPiece<Item> {
  /** To an empty list. */
  readonly first: boolean;
  /** The list is whole with this one. */
  readonly last: boolean;
  /** New or changed items with their places in the list, in order. */
  readonly put: readonly (readonly [at: number, item: Item])[];
  /** Ids of items that are gone. */
  readonly gone: readonly string[];
}

interface Identified {
  readonly id: string;
}

/** As many as fill a screen some times over; what follows comes in larger pieces, between which a window can do its work. */
export const beginning = 200;
const pieceLength = 1000;

/** What brings a listener from `before` to `after`; null for one that knows nothing. Ids are unique in each list. */
export function piecesBetween<Item extends Identified>(
  before: readonly Item[] | null,
  after: readonly Item[],
): readonly ListPiece<Item>[] {
  if (before === null) return wholeIn(after);
  const change = changeBetween(before, after);
  return change.put.length > pieceLength ? wholeIn(after) : [{ first: false, last: true, ...change }];
}

/** The list with a piece laid in; where that is the first one, `list` is forgotten. */
export function withPiece<Item extends Identified>(
  list: readonly Item[],
  { first, put, gone }: ListPiece<Item>,
): readonly Item[] {
  if (first) return put.map(([, item]) => item);
  const away = new Set([...gone, ...put.map(([, { id }]) => id)]);
  const stay = away.size === 0 ? list : list.filter(({ id }) => !away.has(id));
  const next: Item[] = [];
  let taken = 0;
  for (const [at, item] of put) {
    const between = stay.slice(taken, taken + Math.max(0, at - next.length));
    taken += between.length;
    next.push(...between, item);
  }
  return [...next, ...stay.slice(taken)];
}

function wholeIn<Item>(list: readonly Item[]): readonly ListPiece<Item>[] {
  const pieces: ListPiece<Item>[] = [];
  for (let from = 0; from === 0 || from < list.length;) {
    const to = from + (from === 0 ? beginning : pieceLength);
    const put = list.slice(from, to).map((item, index) => [from + index, item] as const);
    pieces.push({ first: from === 0, last: to >= list.length, put, gone: [] });
    from = to;
  }
  return pieces;
}

function changeBetween<Item extends Identified>(
  before: readonly Item[],
  after: readonly Item[],
): Pick<ListPiece<Item>, "put" | "gone"> {
  const places = new Map(before.map(({ id }, index) => [id, index]));
  const put: (readonly [number, Item])[] = [];
  let lastStaying = -1;
  for (const [at, item] of after.entries()) {
    const place = places.get(item.id);
    places.delete(item.id);
    const known = place === undefined ? undefined : before[place];
    // What stays must stay in its order: an item that has moved is taken out and put in anew.
    if (place !== undefined && place > lastStaying && known !== undefined && textOf(known) === textOf(item))
      lastStaying = place;
    else put.push([at, item]);
  }
  return { put, gone: [...places.keys()] };
}

/** Kept as long as the item itself: a list is compared once as the new one and once as the old. */
const texts = new WeakMap<object, string>();

function textOf(item: object): string {
  const known = texts.get(item);
  if (known !== undefined) return known;
  const text = JSON.stringify(item);
  texts.set(item, text);
  return text;
}
