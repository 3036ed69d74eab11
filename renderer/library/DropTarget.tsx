// Files may be dropped anywhere on the window; while they hover, it says so.
import { FileInput } from "lucide-react";
import { useEffect, useState } from "react";
import { useTexts } from "../texts/i18n.ts";
import "./drop-target.css";
import { importDropped } from "./import-files.ts";

export function DropTarget() {
  const { t } = useTexts();
  const over = useFileDrop((files) => void importDropped(files, t));
  if (!over) return null;
  return (
    <div className="drop-target" aria-hidden>
      <div className="drop-target-sheet">
        <FileInput size={32} strokeWidth={1.25} />
        <p className="drop-target-title">{t("library.drop")}</p>
        <p className="quiet">{t("library.dropHint")}</p>
      </div>
    </div>
  );
}

/** True while files are held over the window. */
function useFileDrop(onDrop: (files: readonly File[]) => void): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
    const onDragOver = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = "copy";
      setOver(true);
    };
    const onDragLeave = (event: DragEvent) => {
      // Leaving one element for another is still over the window.
      if (event.relatedTarget === null) setOver(false);
    };
    const onDropped = (event: DragEvent) => {
      // Whatever is dropped: the window must never open it as a page.
      event.preventDefault();
      setOver(false);
      if (holdsFiles(event)) onDrop([...(event.dataTransfer?.files ?? [])]);
    };
    window.addEventListener("dragover", onDragOver);
    window.addEventListener("dragleave", onDragLeave);
    window.addEventListener("drop", onDropped);
    return () => {
      window.removeEventListener("dragover", onDragOver);
      window.removeEventListener("dragleave", onDragLeave);
      window.removeEventListener("drop", onDropped);
    };
  }, [onDrop]);
  return over;
}
