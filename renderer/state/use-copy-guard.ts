// Where the organisation has switched off the clipboard, marked text is not taken out of the window by keys, menu or mouse
// either. Runs in the window.
import { useEffect } from "react";
import { tellError } from "./notices.ts";
import { useSnapshot } from "./snapshots.ts";

export function useCopyGuard(): void {
  const { copy, broken, organisation } = useSnapshot("policy");
  useEffect(() => {
    if (copy) return undefined;
    const refuse = (event: Event) => {
      event.preventDefault();
      tellError(broken ?? { code: "policy-forbids", details: { organisation } });
    };
    const keepText = (event: DragEvent) => {
      // A heading of a template is dragged too: that one is an element, marked words are not.
      if (event.target instanceof Text) event.preventDefault();
    };
    document.addEventListener("copy", refuse);
    document.addEventListener("cut", refuse);
    document.addEventListener("dragstart", keepText);
    return () => {
      document.removeEventListener("copy", refuse);
      document.removeEventListener("cut", refuse);
      document.removeEventListener("dragstart", keepText);
    };
  }, [copy, broken, organisation]);
}
