// Where the focus goes when a view opens: to its heading, so that a screen reader says where one is. Runs in the window.
import { type RefObject, useEffect, useRef } from "react";

let arrivals = 0;

/** For a view's heading (with tabIndex -1). The first view of the session leaves the focus alone. */
export function useArrival(title: string): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    arrivals += 1;
    if (arrivals > 1) heading.current?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    document.title = title === "Lyssna" ? title : `${title} – Lyssna`;
  }, [title]);
  return heading;
}
