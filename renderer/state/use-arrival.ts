// Where the focus goes when a view opens: to its heading, so that a screen reader says where one is. Runs in the window.
import { type RefObject, useEffect, useEffectEvent, useRef } from "react";

let arrivals = 0;

/**
 * For a view's heading (with tabIndex -1). The first view of the session leaves the focus alone.
 * `instead` may name a better place, such as the row one came from.
 */
export function useArrival(title: string, instead?: () => HTMLElement | null): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  const arrive = useEffectEvent(() => {
    arrivals += 1;
    if (arrivals === 1) return;
    const place = instead?.() ?? null;
    if (place === null) heading.current?.focus({ preventScroll: true });
    else place.focus();
  });
  useEffect(() => arrive(), []);
  useEffect(() => {
    document.title = title === "Lyssna" ? title : `${title} – Lyssna`;
  }, [title]);
  return heading;
}
