// Where the review stands, in words; undo and redo, earlier versions, approval.
import { BadgeCheck, History, Languages, Redo2, Undo2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import { isApprovable, openQuestions } from "../../electron/summary/review.ts";
import { Field } from "../parts/Field.tsx";
import { SheetDialog } from "../parts/SheetDialog.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { Renditions } from "../renditions/Renditions.tsx";
import { act, ask } from "../state/ask.ts";
import { tellDone } from "../state/notices.ts";
import { useSnapshot } from "../state/snapshots.ts";
import { useAnswer } from "../state/use-answer.ts";
import { useTexts } from "../texts/i18n.ts";
import { useLanguageEngine } from "../words/use-engines.ts";
import { dateAndTime } from "../words/time.ts";
import { goToNextOpen } from "./next-open.ts";
import type { Review } from "./use-review.ts";
import { Versions } from "./Versions.tsx";
import "./review.css";

interface ReviewHeadProps {
  readonly review: Review;
  /** Stands among the tools. */
  readonly copyAll: ReactNode;
}

export function ReviewHead({ review, copyAll }: ReviewHeadProps) {
  const { t, language } = useTexts();
  const [asking, setAsking] = useState(false);
  const [looking, setLooking] = useState(false);
  const [translating, setTranslating] = useState(false);
  const engine = useLanguageEngine();
  const { meetingId } = review.version;
  const { value: renditions = [] } = useAnswer(meetingId, "renditions", () => ask("renditions.list", meetingId));
  const { version } = review;
  const { approvedAt, approvedBy, savedAt } = version;
  const approved = version.state === "approved" && approvedAt !== undefined;
  const left = openQuestions(version.summary).length;
  const translate = async () => {
    // What is made of it is made of what is shown.
    await review.settled();
    setTranslating(true);
  };
  const askForName = async () => {
    await review.settled();
    setAsking(true);
  };
  return (
    <div className="review-head">
      <p className="review-state" data-approved={approved || undefined}>
        {approved
          ? t("review.approvedBy", { name: approvedBy ?? "", date: dateAndTime(approvedAt, language) })
          : version.state === "edited" && savedAt !== undefined
            ? t("review.edited")
            : t("summary.draft")}
      </p>
      {left > 0 && (
        <p className="review-left">
          <span>{t("review.left", { count: left })}</span>
          <TextButton kind="outline" small onPress={goToNextOpen}>
            {t("review.toNext")}
          </TextButton>
        </p>
      )}
      <div className="review-tools">
        {!approved && (
          <TextButton kind="outline" small icon={BadgeCheck} onPress={() => void askForName()}>
            {t("review.approve")}
          </TextButton>
        )}
        {copyAll}
        {review.undo && (
          <TextButton kind="plain" small icon={Undo2} onPress={review.undo}>
            {t("review.undo")}
          </TextButton>
        )}
        {review.redo && (
          <TextButton kind="plain" small icon={Redo2} onPress={review.redo}>
            {t("review.redo")}
          </TextButton>
        )}
        {(engine !== null || renditions.length > 0) && (
          <TextButton kind="plain" small icon={Languages} onPress={() => void translate()}>
            {t("renditions.title")}
          </TextButton>
        )}
        {version.version > 1 && (
          <TextButton kind="plain" small icon={History} onPress={() => setLooking(true)}>
            {t("review.versions")}
          </TextButton>
        )}
      </div>
      <SheetDialog title={t("review.approve")} open={asking} onOpenChange={setAsking}>
        <Approve review={review} onDone={() => setAsking(false)} />
      </SheetDialog>
      <SheetDialog title={t("review.versions")} open={looking} onOpenChange={setLooking}>
        <Versions review={review} onDone={() => setLooking(false)} />
      </SheetDialog>
      <SheetDialog title={t("renditions.title")} open={translating} onOpenChange={setTranslating}>
        <Renditions meetingId={meetingId} summary={version.summary} onClose={() => setTranslating(false)} />
      </SheetDialog>
    </div>
  );
}

function Approve({ review, onDone }: { readonly review: Review; readonly onDone: () => void }) {
  const { t } = useTexts();
  const { reviewerName } = useSnapshot("settings");
  const [name, setName] = useState(reviewerName);
  const { summary } = review.version;
  if (!isApprovable(summary)) {
    return (
      <>
        <p>{t("review.notYet", { count: openQuestions(summary).length })}</p>
        <div className="form-foot">
          <TextButton
            kind="primary"
            onPress={() => {
              onDone();
              goToNextOpen();
            }}
          >
            {t("review.toThem")}
          </TextButton>
        </div>
      </>
    );
  }
  const approve = async () => {
    if (name.trim() === "" || !(await review.approve(name.trim()))) return;
    await act("settings.set", { reviewerName: name.trim() });
    tellDone(t("review.approved"));
    onDone();
  };
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        void approve();
      }}
    >
      <p>{t("review.approveHint")}</p>
      <Field label={t("review.name")} value={name} maxLength={100} required focusFirst onChange={setName} />
      <div className="form-foot">
        <TextButton kind="primary" type="submit">
          {t("review.approveNow")}
        </TextButton>
        <TextButton kind="plain" onPress={onDone}>
          {t("meeting.cancel")}
        </TextButton>
      </div>
    </form>
  );
}
