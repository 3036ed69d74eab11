// The selected meetings as files, one each, in a folder that the person chooses.
import { useState } from "react";
import type { ExportFormat, Meeting, Settings } from "../../electron/contract.ts";
import { Choice } from "../parts/Choice.tsx";
import { ErrorText } from "../parts/ErrorText.tsx";
import { SheetDialog } from "../parts/SheetDialog.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { ExportChecks } from "../meeting/ExportChecks.tsx";
import { Options } from "../settings/Options.tsx";
import { act } from "../state/ask.ts";
import { useAllowedFormats } from "../state/policy.ts";
import { tellDone } from "../state/notices.ts";
import { useSnapshot } from "../state/snapshots.ts";
import { useTexts } from "../texts/i18n.ts";
import type { ExportedMany } from "../../electron/contract.ts";
import { nothingSelected, selection } from "./selection.ts";

export const formatsOfMany = ["docx", "pdf", "html", "md", "txt", "json"] as const satisfies readonly ExportFormat[];
const parts = ["summary", "transcript"] as const;

interface ExportManyProps {
  readonly meetings: readonly Meeting[];
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export function ExportMany({ meetings, open, onOpenChange }: ExportManyProps) {
  const { t } = useTexts();
  const [done, setDone] = useState<ExportedMany | null>(null);
  const close = () => {
    onOpenChange(false);
    setDone(null);
  };
  const titles = new Map(meetings.map(({ id, title }) => [id, title]));
  return (
    <SheetDialog
      title={t("library.exportMany.title", { count: meetings.length })}
      open={open}
      onOpenChange={(on) => (on ? onOpenChange(true) : close())}
    >
      {done === null ? (
        <ExportForm
          meetings={meetings}
          onClose={close}
          onDone={(result) => {
            if (result.saved > 0) tellDone(t("library.exportMany.saved", { count: result.saved }));
            if (result.left.length > 0) return setDone(result);
            close();
            selection.set(nothingSelected);
          }}
        />
      ) : (
        <>
          <p>{t("library.exportMany.left", { count: done.left.length })}</p>
          <ul className="export-left">
            {done.left.map(({ meetingId, error }) => (
              <li key={meetingId}>
                <strong>{titles.get(meetingId)}</strong> <ErrorText error={error} />
              </li>
            ))}
          </ul>
          <div className="form-foot">
            <TextButton kind="outline" onPress={close}>
              {t("keys.close")}
            </TextButton>
          </div>
        </>
      )}
    </SheetDialog>
  );
}

interface ExportFormProps {
  readonly meetings: readonly Meeting[];
  readonly onClose: () => void;
  readonly onDone: (result: ExportedMany) => void;
}

function ExportForm({ meetings, onClose, onDone }: ExportFormProps) {
  const { t } = useTexts();
  const { exportChoice } = useSnapshot("settings");
  const formats = useAllowedFormats(formatsOfMany);
  const fallback = formats[0] ?? "docx";
  const [choice, setChoice] = useState<Settings["exportChoice"]>({
    ...exportChoice,
    format: formats.find((one) => one === exportChoice.format) ?? fallback,
  });
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    const { what, format, ...options } = choice;
    const result = await act(
      "export.saveMany",
      meetings.map(({ id }) => id),
      format,
      what,
      options,
    );
    setBusy(false);
    if (result) onDone(result);
  };
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Options
        label={t("export.what")}
        options={parts.map((id) => ({ id, title: t(`export.${id}`) }))}
        chosen={choice.what}
        onChoose={(what) => setChoice({ ...choice, what })}
      />
      <Choice
        label={t("export.as")}
        options={formats.map((id) => ({ id, title: t(`export.format.${id}`) }))}
        chosen={choice.format}
        onChoose={(id) => setChoice({ ...choice, format: formats.find((one) => one === id) ?? fallback })}
      />
      <ExportChecks choice={choice} onChange={(change) => setChoice({ ...choice, ...change })} />
      {meetings.some(({ protectedIdentity }) => protectedIdentity) && (
        <p className="quiet">{t("protected.exportHint")}</p>
      )}
      <div className="form-foot">
        <TextButton kind="plain" onPress={onClose}>
          {t("meeting.cancel")}
        </TextButton>
        <TextButton kind="primary" type="submit" isDisabled={busy}>
          {t("library.exportMany.save")}
        </TextButton>
      </div>
    </form>
  );
}
