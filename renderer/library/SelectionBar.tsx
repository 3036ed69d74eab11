// What can be done with the selected meetings: a bar at the foot of the list while something can be selected.
import { FileOutput, FolderPen, Layers, ShieldCheck, Trash2 } from "lucide-react";
import { useState } from "react";
import type { Meeting } from "../../electron/contract.ts";
import { SheetDialog } from "../parts/SheetDialog.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { preselected } from "../report/preselected.ts";
import { canBeSummarised, fewest, most } from "../report/summarised-meetings.ts";
import { useShortcuts } from "../shortcuts/use-shortcuts.ts";
import { act } from "../state/ask.ts";
import { deleteSoon } from "../state/deleting.ts";
import { tellDone } from "../state/notices.ts";
import { useAllowedFormats } from "../state/policy.ts";
import { go } from "../state/route.ts";
import { useSnapshot } from "../state/snapshots.ts";
import { useTexts } from "../texts/i18n.ts";
import { ExportMany, formatsOfMany } from "./ExportMany.tsx";
import "./selection-bar.css";
import { nothingSelected, selection } from "./selection.ts";
import { SetCase } from "./SetCase.tsx";

interface SelectionBarProps {
  readonly meetings: readonly Meeting[];
  readonly selected: ReadonlySet<string>;
  readonly onAll: () => void;
}

export function SelectionBar({ meetings, selected, onAll }: SelectionBarProps) {
  const { t } = useTexts();
  const [open, setOpen] = useState<"case" | "export" | "delete" | null>(null);
  const chosen = meetings.filter(({ id }) => selected.has(id));
  const ids = chosen.map(({ id }) => id);
  const reports = useReportsOn(selected);
  const mayExport = useAllowedFormats(formatsOfMany).length > 0;
  const summarised = canBeSummarised(chosen);
  const mayReport = summarised.length === chosen.length && chosen.length >= fewest && chosen.length <= most;
  const isProtected = chosen.length > 0 && chosen.every(({ protectedIdentity }) => protectedIdentity);
  const leave = () => selection.set(nothingSelected);

  const remove = () => {
    setOpen(null);
    // What is being recorded is ended first.
    const deletable = chosen.filter(({ status }) => status !== "recording").map(({ id }) => id);
    if (deletable.length === 0) return;
    leave();
    deleteSoon(deletable, {
      deleted: t("library.select.deleted", { count: deletable.length }),
      undo: t("meeting.undo"),
    });
  };
  const askToRemove = () => (reports.length > 0 ? setOpen("delete") : remove());
  useShortcuts({ Delete: () => chosen.length > 0 && askToRemove() });

  const protect = async () => {
    if ((await act("meetings.protect", ids, !isProtected)) === undefined) return;
    tellDone(t(isProtected ? "protected.offMany" : "protected.onMany", { count: ids.length }));
    leave();
  };
  const none = chosen.length === 0;
  return (
    <section className="selection-bar" aria-label={t("library.select.bar")}>
      <output className="selection-count">{t("library.select.count", { count: chosen.length })}</output>
      <TextButton kind="quiet" small onPress={onAll} isDisabled={chosen.length === meetings.length}>
        {t("library.select.all")}
      </TextButton>
      <div className="selection-actions">
        <TextButton kind="plain" icon={FolderPen} isDisabled={none} onPress={() => setOpen("case")}>
          {t("library.select.case")}
        </TextButton>
        <TextButton
          kind="plain"
          icon={Layers}
          isDisabled={!mayReport}
          onPress={() => {
            preselected.set(ids);
            leave();
            go({ view: "new-report" });
          }}
        >
          {t("library.select.report")}
        </TextButton>
        {mayExport && (
          <TextButton kind="plain" icon={FileOutput} isDisabled={none} onPress={() => setOpen("export")}>
            {t("library.select.export")}
          </TextButton>
        )}
        <TextButton kind="plain" icon={ShieldCheck} isDisabled={none} onPress={() => void protect()}>
          {t(isProtected ? "protected.turnOff" : "protected.turnOn")}
        </TextButton>
        <TextButton kind="plain" icon={Trash2} isDisabled={none} onPress={askToRemove}>
          {t("library.select.delete")}
        </TextButton>
      </div>
      <SetCase meetings={chosen} open={open === "case"} onOpenChange={(on) => setOpen(on ? "case" : null)} />
      <ExportMany meetings={chosen} open={open === "export"} onOpenChange={(on) => setOpen(on ? "export" : null)} />
      <SheetDialog
        title={t("report.deleteTitle")}
        open={open === "delete"}
        asks
        onOpenChange={(on) => setOpen(on ? "delete" : null)}
      >
        <p>{t("report.deleteWarning", { count: reports.length })}</p>
        <ul className="report-titles">
          {reports.map(({ id, title }) => (
            <li key={id}>{title}</li>
          ))}
        </ul>
        <div className="form-foot">
          <TextButton kind="plain" onPress={() => setOpen(null)}>
            {t("report.keep")}
          </TextButton>
          <TextButton kind="outline" onPress={remove}>
            {t("report.deleteAnyway")}
          </TextButton>
        </div>
      </SheetDialog>
    </section>
  );
}

/** Reports that rest on what is selected and are not selected themselves. */
function useReportsOn(selected: ReadonlySet<string>): readonly Meeting[] {
  return useSnapshot("meetings").filter(
    ({ id, sources }) =>
      !selected.has(id) && sources?.some(({ meetingId }) => meetingId !== null && selected.has(meetingId)) === true,
  );
}
