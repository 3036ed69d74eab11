// What the recogniser wrote for a line, beside what stands there now, and the way back to it.
import { heardInLine, originalTranscript } from "../../electron/editing/original.ts";
import { textOf } from "../../electron/editing/retell.ts";
import type { Paragraph } from "../meeting/paragraphs.ts";
import { ErrorText } from "../parts/ErrorText.tsx";
import { SheetDialog } from "../parts/SheetDialog.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { ask } from "../state/ask.ts";
import { useAnswer } from "../state/use-answer.ts";
import { useTexts } from "../texts/i18n.ts";
import { useCorrecting } from "./use-corrections.ts";

interface HeardLineProps {
  readonly line: Paragraph;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export function HeardLine({ line, open, onOpenChange }: HeardLineProps) {
  const { t } = useTexts();
  return (
    <SheetDialog title={t("correct.heard.title")} open={open} onOpenChange={onOpenChange}>
      <Heard line={line} onDone={() => onOpenChange(false)} />
    </SheetDialog>
  );
}

function Heard({ line, onDone }: { readonly line: Paragraph; readonly onDone: () => void }) {
  const { t } = useTexts();
  const { meetingId, transcript, restore } = useCorrecting();
  const { value: made, error } = useAnswer(meetingId, transcript.editedAt ?? "", () =>
    ask("corrections.list", meetingId),
  );
  if (error !== null)
    return (
      <p role="alert">
        <ErrorText error={error} />
      </p>
    );
  if (made === undefined) return null;
  const original = originalTranscript(transcript, made).segments;
  const heard = heardInLine(original, transcript.segments, line.segments);
  const now = textOf(line.segments);
  const then = heard === null ? "" : textOf(heard.segments);
  const isSame = then === now;
  return (
    <>
      {heard === null ? (
        <p>{t("correct.heard.struck")}</p>
      ) : isSame ? (
        <p>{t("correct.heard.same")}</p>
      ) : (
        <>
          <p>{t("correct.heard.was")}</p>
          <blockquote className="line-quote" lang={transcript.language}>
            {then === "" ? "–" : then}
          </blockquote>
          <p>{t("correct.heard.now")}</p>
          <blockquote className="line-quote" lang={transcript.language}>
            {now}
          </blockquote>
          {heard.isShared && <p>{t("correct.heard.shared")}</p>}
        </>
      )}
      <div className="form-foot">
        <TextButton kind="plain" onPress={onDone}>
          {t("correct.heard.close")}
        </TextButton>
        {heard !== null && heard.segments.length > 0 && !heard.isShared && !isSame && (
          <TextButton
            kind="primary"
            onPress={() => {
              void restore(line, heard.segments);
              onDone();
            }}
          >
            {t("correct.heard.do")}
          </TextButton>
        )}
      </div>
    </>
  );
}
