// Deleting originals: which files, where they go, and where copies may remain.
import type { OriginalFile } from "../../electron/contract.ts";
import { SheetDialog } from "../parts/SheetDialog.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { act } from "../state/ask.ts";
import { tell, tellDone } from "../state/notices.ts";
import { useTexts } from "../texts/i18n.ts";
import "./originals.css";

interface RemoveOriginalsProps {
  readonly originals: readonly OriginalFile[];
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export function RemoveOriginals({ originals, open, onOpenChange }: RemoveOriginalsProps) {
  const { t } = useTexts();
  const count = originals.length;
  const remove = async () => {
    onOpenChange(false);
    const left = await act(
      "originals.remove",
      originals.map(({ meetingId }) => meetingId),
    );
    if (left === undefined) return;
    if (left.length < count) tellDone(t("originals.removed", { count: count - left.length }));
    if (left.length > 0) tell({ kind: "done", text: t("originals.refused", { count: left.length }) });
  };
  return (
    <SheetDialog title={t("originals.ask", { count })} open={open} onOpenChange={onOpenChange} asks>
      <ul className="originals-files">
        {originals.map(({ meetingId, file }) => (
          <li key={meetingId}>{file}</li>
        ))}
      </ul>
      <p>{t("originals.kept", { count })}</p>
      <p>{t("originals.copies")}</p>
      <div className="form-foot">
        <TextButton kind="plain" onPress={() => onOpenChange(false)}>
          {t("originals.cancel")}
        </TextButton>
        <TextButton kind="primary" onPress={() => void remove()}>
          {t("originals.do")}
        </TextButton>
      </div>
    </SheetDialog>
  );
}
