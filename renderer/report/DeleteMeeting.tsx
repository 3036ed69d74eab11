// Deleting a meeting. Where reports rest on it, that is said before, since what they cite cannot be looked up after.
import { Trash2 } from "lucide-react";
import { DialogTrigger } from "react-aria-components/Dialog";
import type { Meeting } from "../../electron/contract.ts";
import { Panel } from "../parts/Panel.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { useSnapshot } from "../state/snapshots.ts";
import { useTexts } from "../texts/i18n.ts";
import "./report.css";

interface DeleteMeetingProps {
  readonly meeting: Meeting;
  readonly onDelete: () => void;
}

export function DeleteMeeting({ meeting, onDelete }: DeleteMeetingProps) {
  const { t } = useTexts();
  const reports = useSnapshot("meetings").filter(({ sources }) =>
    sources?.some(({ meetingId }) => meetingId === meeting.id),
  );
  if (reports.length === 0)
    return (
      <TextButton kind="plain" icon={Trash2} aria-label={t("meeting.deleteFull")} onPress={onDelete}>
        {t("meeting.delete")}
      </TextButton>
    );
  return (
    <DialogTrigger>
      <TextButton kind="plain" icon={Trash2} aria-label={t("meeting.deleteFull")}>
        {t("meeting.delete")}
      </TextButton>
      <Panel title={t("report.deleteTitle")} placement="bottom end" className="panel">
        {(close) => (
          <div className="form">
            <p>{t("report.deleteWarning", { count: reports.length })}</p>
            <ul className="report-titles">
              {reports.map(({ id, title }) => (
                <li key={id}>{title}</li>
              ))}
            </ul>
            <div className="form-foot">
              <TextButton kind="plain" onPress={close}>
                {t("report.keep")}
              </TextButton>
              <TextButton
                kind="outline"
                onPress={() => {
                  close();
                  onDelete();
                }}
              >
                {t("report.deleteAnyway")}
              </TextButton>
            </div>
          </div>
        )}
      </Panel>
    </DialogTrigger>
  );
}
