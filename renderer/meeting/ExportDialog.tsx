// Out of the app: what, in which format, with or without sources and names. Remembers the last choice.
import { FileOutput } from "lucide-react";
import { useState } from "react";
import type { ExportFormat, Meeting, Settings } from "../../electron/contract.ts";
import { Choice } from "../parts/Choice.tsx";
import { Field } from "../parts/Field.tsx";
import { useFixed } from "../parts/FixedWords.tsx";
import { SheetDialog } from "../parts/SheetDialog.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { Options } from "../settings/Options.tsx";
import { act } from "../state/ask.ts";
import { useAllowedFormats } from "../state/policy.ts";
import { tellDone } from "../state/notices.ts";
import { useSnapshot } from "../state/snapshots.ts";
import { useTexts } from "../texts/i18n.ts";
import { ExportChecks } from "./ExportChecks.tsx";
import "./export.css";
import { useCopyWarning } from "./use-copy-warning.ts";

type ExportChoice = Settings["exportChoice"];
type Whole = ExportChoice["what"];

/** What makes sense of each: subtitles only where there are times, tables and calendars only where there are actions. */
type FormatsOf = Readonly<Record<Whole, readonly ExportFormat[]>>;
const sensible: FormatsOf = {
  summary: ["docx", "pdf", "html", "md", "txt", "csv", "ics", "json"],
  transcript: ["docx", "pdf", "html", "md", "txt", "vtt", "srt", "json"],
};
/** Those with a head of the page. */
const withHead: ReadonlySet<ExportFormat> = new Set(["docx", "pdf", "html"]);

interface ExportDialogProps {
  readonly meeting: Meeting;
  readonly hasTranscript: boolean;
  readonly hasSummary: boolean;
}

export function ExportDialog({ meeting, hasTranscript, hasSummary }: ExportDialogProps) {
  const { t } = useTexts();
  const [open, setOpen] = useState(false);
  useCopyWarning();
  const formats: FormatsOf = {
    summary: useAllowedFormats(sensible.summary),
    transcript: useAllowedFormats(sensible.transcript),
  };
  const parts: readonly Whole[] = [
    ...(hasSummary && formats.summary.length > 0 ? (["summary"] as const) : []),
    ...(hasTranscript && formats.transcript.length > 0 ? (["transcript"] as const) : []),
  ];
  if (parts.length === 0) return null;
  return (
    <>
      <TextButton kind="plain" icon={FileOutput} onPress={() => setOpen(true)}>
        {t("export.button")}
      </TextButton>
      <SheetDialog title={t("export.title")} open={open} onOpenChange={setOpen}>
        <ExportForm meeting={meeting} parts={parts} formats={formats} onDone={() => setOpen(false)} />
      </SheetDialog>
    </>
  );
}

interface ExportFormProps {
  readonly meeting: Meeting;
  readonly parts: readonly Whole[];
  readonly formats: FormatsOf;
  readonly onDone: () => void;
}

function ExportForm({ meeting, parts, formats, onDone }: ExportFormProps) {
  const { t } = useTexts();
  const { exportChoice, organisationName } = useSnapshot("settings");
  const organisationFixed = useFixed("organisationName");
  const [choice, setChoice] = useState<ExportChoice>(() => fitting(exportChoice, parts, formats));
  const [organisation, setOrganisation] = useState(organisationName);
  const choose = (change: Partial<ExportChoice>) =>
    setChoice((known) => fitting({ ...known, ...change }, parts, formats));
  const save = async () => {
    const { what, format, ...options } = choice;
    const remembered = { exportChoice: choice, organisationName: organisation.trim() };
    if ((await act("settings.set", remembered)) === undefined) return;
    const path = await act("export.save", meeting.id, format, what, options);
    if (path === undefined || path === null) return;
    tellDone(t("export.saved", { file: path.split(/[\\/]/u).at(-1) ?? path }));
    onDone();
  };
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {parts.length > 1 && (
        <Options
          label={t("export.what")}
          options={parts.map((id) => ({ id, title: t(`export.${id}`) }))}
          chosen={choice.what}
          onChoose={(what) => choose({ what })}
        />
      )}
      <Choice
        label={t("export.as")}
        options={formats[choice.what].map((id) => ({ id, title: t(`export.format.${id}`) }))}
        chosen={choice.format}
        onChoose={(id) => {
          const format = formats[choice.what].find((one) => one === id);
          if (format) choose({ format });
        }}
      />
      <ExportChecks choice={choice} onChange={choose} />
      {withHead.has(choice.format) && (
        <div className="export-head">
          <Field
            label={t("export.organisation")}
            hint={t("export.organisationHint")}
            value={organisation}
            maxLength={120}
            fixed={organisationFixed}
            onChange={setOrganisation}
          />
          {choice.format !== "html" && <Logo />}
        </div>
      )}
      <div className="form-foot">
        <TextButton kind="plain" onPress={onDone}>
          {t("meeting.cancel")}
        </TextButton>
        <TextButton kind="primary" type="submit">
          {t("export.save")}
        </TextButton>
      </div>
    </form>
  );
}

function Logo() {
  const { t } = useTexts();
  const { logoName } = useSnapshot("settings");
  return (
    <div className="export-logo">
      {logoName !== "" && <span className="quiet">{t("export.logo", { file: logoName })}</span>}
      <TextButton kind="outline" small onPress={() => void act("export.chooseLogo")}>
        {t("export.chooseLogo")}
      </TextButton>
      {logoName !== "" && (
        <TextButton kind="plain" small onPress={() => void act("export.removeLogo")}>
          {t("export.removeLogo")}
        </TextButton>
      )}
    </div>
  );
}

/** The choice, as far as there is something to export that way. */
function fitting(choice: ExportChoice, parts: readonly Whole[], formats: FormatsOf): ExportChoice {
  const what = parts.includes(choice.what) ? choice.what : (parts[0] ?? "transcript");
  const format = formats[what].includes(choice.format) ? choice.format : (formats[what][0] ?? "docx");
  return { ...choice, what, format };
}
