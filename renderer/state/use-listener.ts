// An event of an element and all that is in it, heard in one place. Runs in the window.
// For what a pointer or an arrow key may do besides the controls that stand there for the same thing.
import { type RefObject, useEffect, useEffectEvent } from "react";

export function useListener<Name extends keyof HTMLElementEventMap>(
  element: RefObject<HTMLElement | null>,
  name: Name,
  run: (event: HTMLElementEventMap[Name]) => void,
): void {
  const latest = useEffectEvent(run);
  useEffect(() => {
    const on = element.current;
    if (on === null) return undefined;
    const listener = (event: HTMLElementEventMap[Name]) => latest(event);
    on.addEventListener(name, listener, { passive: name === "wheel" });
    return () => on.removeEventListener(name, listener);
  }, [element, name]);
}
