// The head of the meeting: where one is, what it is called, and what can be done with the whole of it.
import { Pencil } from "lucide-react";
import { type ReactNode, useState } from "react";
import { DialogTrigger } from "react-aria-components/Dialog";
import type { Meeting } from "../../electron/contract.ts";
import { MaskButton } from "../masking/MaskButton.tsx";
import { MoveMeeting } from "../move/MoveMeeting.tsx";
import { AboutOriginal } from "../originals/AboutOriginal.tsx";
import { BackToLibrary } from "../parts/BackToLibrary.tsx";
import { CheckBox } from "../parts/CheckBox.tsx";
import { Field } from "../parts/Field.tsx";
import { Panel } from "../parts/Panel.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { AboutRecording } from "../recording/AboutRecording.tsx";
import { AboutRetention } from "../retention/AboutRetention.tsx";
import { DeleteMeeting } from "../report/DeleteMeeting.tsx";
import { act } from "../state/ask.ts";
import { deleteSoon } from "../state/deleting.ts";
import { go } from "../state/route.ts";
import { useArrival } from "../state/use-arrival.ts";
import { useToday } from "../state/use-today.ts";
import { tourHeading } from "../tour/tour.ts";
import { useTexts } from "../texts/i18n.ts";
import { StartTour } from "../tour/StartTour.tsx";
import { statusInWords } from "../words/job-words.ts";
import { dateAndTime, goesInWords, lengthInWords } from "../words/time.ts";
import { ExportDialog } from "./ExportDialog.tsx";

interface MeetingHeadProps {
  readonly meeting: Meeting;
  readonly hasTranscript: boolean;
  readonly hasSummary: boolean;
  /** At the end of the title's line. */
  readonly choice: ReactNode;
}

export function MeetingHead({ meeting, hasTranscript, hasSummary, choice }: MeetingHeadProps) {
  const { t, language } = useTexts();
  const today = useToday();
  const heading = useArrival(meeting.title, tourHeading);
  const facts = [
    dateAndTime(meeting.recordedAt, language),
    meeting.durationMs > 0 && lengthInWords(meeting.durationMs, t),
    meeting.caseReference && t("meeting.case", { reference: meeting.caseReference }),
    statusInWords(meeting, t),
    meeting.retention?.dueAt && goesInWords(meeting.retention.dueAt, today, t),
    meeting.protectedIdentity && t("protected.name"),
  ].filter(Boolean);
  const remove = () => {
    go({ view: "library" });
    deleteSoon([meeting.id], { deleted: t("meeting.deleted", { title: meeting.title }), undo: t("meeting.undo") });
  };
  return (
    <header className="meeting-head">
      <BackToLibrary />
      <div className="meeting-actions">
        <EditDetails meeting={meeting} />
        <AboutRecording meeting={meeting} />
        <AboutRetention meeting={meeting} />
        <AboutOriginal meetingId={meeting.id} />
        {(hasTranscript || hasSummary) && <MaskButton />}
        {(hasTranscript || hasSummary) && (
          <ExportDialog meeting={meeting} hasTranscript={hasTranscript} hasSummary={hasSummary} />
        )}
        <MoveMeeting meeting={meeting} />
        <DeleteMeeting meeting={meeting} onDelete={remove} />
      </div>
      <div className="meeting-words">
        <h1 ref={heading} tabIndex={-1} className="meeting-title">
          {meeting.title}
        </h1>
        <p className="quiet figures">{facts.join(" · ")}</p>
        {choice}
        {meeting.demonstration && (
          <p className="meeting-demonstration">
            {t("meeting.demonstration")} {!meeting.hasSound && <StartTour small />}
          </p>
        )}
      </div>
    </header>
  );
}

function EditDetails({ meeting }: { readonly meeting: Meeting }) {
  const { t } = useTexts();
  return (
    <DialogTrigger>
      <TextButton kind="plain" icon={Pencil} aria-label={t("meeting.editFull")}>
        {t("meeting.edit")}
      </TextButton>
      <Panel title={t("meeting.editFull")} placement="bottom end" className="panel">
        {(close) => <DetailsForm meeting={meeting} onDone={close} />}
      </Panel>
    </DialogTrigger>
  );
}

function DetailsForm({ meeting, onDone }: { readonly meeting: Meeting; readonly onDone: () => void }) {
  const { t } = useTexts();
  const [title, setTitle] = useState(meeting.title);
  const [caseReference, setCaseReference] = useState(meeting.caseReference);
  const [isProtected, setProtected] = useState(meeting.protectedIdentity === true);
  const save = async () => {
    if (title.trim() === "") return;
    const wasProtected = meeting.protectedIdentity === true;
    if (isProtected !== wasProtected && (await act("meetings.protect", [meeting.id], isProtected)) === undefined)
      return;
    const answer = await act("meetings.update", meeting.id, {
      // The title that names nobody comes with the protection, and goes with it.
      ...(isProtected === wasProtected ? { title: title.trim() } : {}),
      caseReference: caseReference.trim(),
    });
    if (answer !== undefined) onDone();
  };
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Field
        label={t("meeting.title")}
        {...(isProtected ? { hint: t("protected.titleHint") } : {})}
        value={title}
        maxLength={200}
        required
        focusFirst
        onChange={setTitle}
      />
      <Field label={t("meeting.caseReference")} value={caseReference} maxLength={100} onChange={setCaseReference} />
      <CheckBox label={t("protected.name")} hint={t("protected.hint")} on={isProtected} onChange={setProtected} />
      <div className="form-foot">
        <TextButton kind="plain" onPress={onDone}>
          {t("meeting.cancel")}
        </TextButton>
        <TextButton kind="outline" type="submit">
          {t("meeting.save")}
        </TextButton>
      </div>
    </form>
  );
}
