// What can be done with the transcript as a whole: find and replace, take back, do again, look back.
import { History as HistoryIcon, Redo2, Replace, Undo2 } from "lucide-react";
import { useState } from "react";
import { TextButton } from "../parts/TextButton.tsx";
import { useCell } from "../state/cell.ts";
import { useTexts } from "../texts/i18n.ts";
import "./correct.css";
import { FindReplace } from "./FindReplace.tsx";
import { History } from "./History.tsx";
import { useCorrecting } from "./use-corrections.ts";

export function CorrectBar() {
  const { t } = useTexts();
  const { transcript, undo, redo } = useCorrecting();
  const [open, setOpen] = useState<"find" | "history" | null>(null);
  const close = (isOpen: boolean) => {
    if (!isOpen) setOpen(null);
  };
  return (
    <>
      <TextButton small kind="plain" icon={Replace} onPress={() => setOpen("find")}>
        {t("correct.find.open")}
      </TextButton>
      {transcript.editedAt !== undefined && (
        <>
          <TextButton small kind="plain" icon={Undo2} onPress={() => void undo()}>
            {t("correct.undo")}
          </TextButton>
          <TextButton small kind="plain" icon={Redo2} onPress={() => void redo()}>
            {t("correct.redo")}
          </TextButton>
          <TextButton small kind="plain" icon={HistoryIcon} onPress={() => setOpen("history")}>
            {t("correct.history.open")}
          </TextButton>
        </>
      )}
      <Unkept />
      <FindReplace open={open === "find"} onOpenChange={close} />
      <History open={open === "history"} onOpenChange={close} />
    </>
  );
}

/** What could not be kept is not lost: it stands here until the person has taken it or let it go. */
function Unkept() {
  const { t } = useTexts();
  const { transcript, unkept } = useCorrecting();
  const text = useCell(unkept);
  if (text === null) return null;
  return (
    <div role="alert" className="line-moved unkept">
      <p>{t("correct.unkept.what")}</p>
      <blockquote className="line-quote" lang={transcript.language}>
        {text}
      </blockquote>
      <div className="line-foot">
        <TextButton small kind="plain" onPress={() => unkept.set(null)}>
          {t("correct.unkept.close")}
        </TextButton>
      </div>
    </div>
  );
}
