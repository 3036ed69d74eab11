// Keys without modifiers, for the view that is open. Runs in the window.
import { useEffect, useEffectEvent } from "react";

/** Keys by `KeyboardEvent.key`, letters in lower case. */
export type Shortcuts = Readonly<Record<string, () => void>>;

const typing = "input:not([type=range], [type=checkbox], [type=radio]), textarea, select, [contenteditable=true]";
const floating = "[role=dialog], [role=alertdialog], [role=menu], [role=listbox]";
/** On these, space and the arrows already mean something. */
const pressable = "button, a, summary, [role=button], [role=tab], [role=radio], input";

/** Listens while the component is shown. Keys belong to what is being typed, and to what floats, before they belong to us. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const shortcut = useEffectEvent((key: string) => (Object.hasOwn(shortcuts, key) ? shortcuts[key] : undefined));
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      const target = event.target instanceof Element ? event.target : null;
      if (target?.closest(typing) || document.querySelector(floating) !== null) return;
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      if ((key === " " || key.startsWith("Arrow")) && target?.closest(pressable)) return;
      const run = shortcut(key);
      if (run === undefined) return;
      event.preventDefault();
      run();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
}
