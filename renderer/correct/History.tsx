// Every change of the transcript, latest first: when, what stood there, what stands there now.
import type { MadeCorrection } from "../../electron/contract.ts";
import type { Segment } from "../../electron/formats.ts";
import { ErrorText } from "../parts/ErrorText.tsx";
import { SheetDialog } from "../parts/SheetDialog.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { ask } from "../state/ask.ts";
import { useAnswer } from "../state/use-answer.ts";
import { useTexts } from "../texts/i18n.ts";
import { dateAndTime } from "../words/time.ts";
import "./correct.css";
import { useCorrecting } from "./use-corrections.ts";

interface HistoryProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export function History({ open, onOpenChange }: HistoryProps) {
  const { t } = useTexts();
  return (
    <SheetDialog title={t("correct.history.title")} open={open} onOpenChange={onOpenChange}>
      <Changes onDone={() => onOpenChange(false)} />
    </SheetDialog>
  );
}

const shownChanges = 200;

function Changes({ onDone }: { readonly onDone: () => void }) {
  const { t, language } = useTexts();
  const { meetingId, transcript, undoAll } = useCorrecting();
  const { value: made, error } = useAnswer(meetingId, transcript.editedAt ?? "", () =>
    ask("corrections.list", meetingId),
  );
  if (error !== null)
    return (
      <p role="alert">
        <ErrorText error={error} />
      </p>
    );
  return (
    <>
      <ol className="history" aria-label={t("correct.history.title")}>
        {made
          ?.toReversed()
          .slice(0, shownChanges)
          .map((change) => (
            <li key={change.number} data-undone={change.undone || undefined}>
              <p className="quiet figures">
                {dateAndTime(change.at, language)} · {t(`correct.history.kinds.${change.correction.kind}`)}
                {change.undone && ` · ${t("correct.history.undone")}`}
              </p>
              <Difference change={change} lang={transcript.language} />
            </li>
          ))}
      </ol>
      {made?.some(({ undone }) => !undone) === true && (
        <div className="form-foot">
          <TextButton
            kind="plain"
            onPress={() => {
              void undoAll();
              onDone();
            }}
          >
            {t("correct.history.undoAll")}
          </TextButton>
        </div>
      )}
    </>
  );
}

const shownHunks = 3;

function Difference({ change, lang }: { readonly change: MadeCorrection; readonly lang: string }) {
  const { t } = useTexts();
  const { hunks, kind } = change.correction;
  if (kind === "speaker" || kind === "speakers")
    return <p className="quiet">{t("correct.history.lines", { count: hunks.length })}</p>;
  return (
    <>
      {hunks.slice(0, shownHunks).map(({ before, after }) => (
        <p key={before[0]?.id} lang={lang}>
          <del>{said(before)}</del> <ins>{said(after)}</ins>
        </p>
      ))}
      {hunks.length > shownHunks && (
        <p className="quiet">{t("correct.history.more", { count: hunks.length - shownHunks })}</p>
      )}
    </>
  );
}

const said = (segments: readonly Segment[]): string => segments.map(({ text }) => text.trim()).join(" / ");
