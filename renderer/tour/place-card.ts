// Where the tour's card stands: beside what it speaks of, never over it where there is room, always within the window. Pure.

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

type Size = Pick<Box, "width" | "height">;
export type Place = Pick<Box, "left" | "top">;

/** Between the card and what it speaks of, and between the card and the window's edge, in CSS pixels. */
export const gapPx = 12;

/** Below, above, right or left of the target, in that order; at the foot of the window where none of them has room. */
export function placeCard(card: Size, target: Box | null, window: Size): Place {
  const within = ({ left, top }: Place): Place => ({
    left: clamp(left, gapPx, window.width - card.width - gapPx),
    top: clamp(top, gapPx, window.height - card.height - gapPx),
  });
  const foot = within({ left: (window.width - card.width) / 2, top: window.height - card.height - gapPx });
  if (target === null) return foot;
  const right = target.left + target.width;
  const bottom = target.top + target.height;
  const candidates: readonly Place[] = [
    { left: target.left, top: bottom + gapPx },
    { left: target.left, top: target.top - card.height - gapPx },
    { left: right + gapPx, top: target.top },
    { left: target.left - card.width - gapPx, top: target.top },
  ];
  return candidates.map(within).find((place) => !overlap({ ...place, ...card }, target)) ?? foot;
}

/** The least wins over the most: a card larger than the window begins in sight. */
const clamp = (value: number, least: number, most: number): number => Math.max(least, Math.min(value, most));

export const overlap = (one: Box, other: Box): boolean =>
  one.left < other.left + other.width &&
  other.left < one.left + one.width &&
  one.top < other.top + other.height &&
  other.top < one.top + one.height;
