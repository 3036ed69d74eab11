// A passage is struck: what goes, and that nothing brings it back.
import type { Paragraph } from "../meeting/paragraphs.ts";
import { SheetDialog } from "../parts/SheetDialog.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { useTexts } from "../texts/i18n.ts";
import { useCorrecting } from "./use-corrections.ts";

interface StrikeLineProps {
  readonly line: Paragraph;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export function StrikeLine({ line, open, onOpenChange }: StrikeLineProps) {
  const { t } = useTexts();
  const corrections = useCorrecting();
  return (
    <SheetDialog title={t("correct.strike.title")} open={open} onOpenChange={onOpenChange} asks>
      <blockquote className="line-quote">{line.segments.map(({ text }) => text.trim()).join(" ")}</blockquote>
      <p>{t("correct.strike.what")}</p>
      <div className="form-foot">
        <TextButton kind="plain" onPress={() => onOpenChange(false)}>
          {t("correct.cancel")}
        </TextButton>
        <TextButton
          kind="primary"
          onPress={() => {
            onOpenChange(false);
            void corrections.strike(line);
          }}
        >
          {t("correct.strike.do")}
        </TextButton>
      </div>
    </SheetDialog>
  );
}
