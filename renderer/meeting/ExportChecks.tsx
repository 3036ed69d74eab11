// What a document shows beside the text itself. Only what the format can do is asked.
import type { ExportFormat, Settings } from "../../electron/contract.ts";
import { useOpenMasking } from "../masking/use-masking.ts";
import { CheckBox } from "../parts/CheckBox.tsx";
import { useTexts } from "../texts/i18n.ts";

type ExportChoice = Settings["exportChoice"];

/** Those that people read as they are: a table or a data file has neither sources nor sentences to shorten. */
const forReading: ReadonlySet<ExportFormat> = new Set(["docx", "pdf", "html", "md", "txt"]);

interface ExportChecksProps {
  readonly choice: ExportChoice;
  readonly onChange: (change: Partial<ExportChoice>) => void;
}

export function ExportChecks({ choice, onChange }: ExportChecksProps) {
  const { t } = useTexts();
  const masking = useOpenMasking();
  const isMasked = masking?.on === true;
  const readable = choice.what === "summary" && forReading.has(choice.format);
  const hints = [
    isMasked && t("masking.exportHint"),
    !isMasked && !choice.names && t("export.namelessHint"),
    readable && choice.client && t("export.clientHint"),
    choice.format === "ics" && t("export.calendarHint"),
  ].filter((hint) => typeof hint === "string");
  return (
    <div className="export-checks">
      {readable && (
        <>
          <CheckBox label={t("export.client")} on={choice.client} onChange={(client) => onChange({ client })} />
          {!choice.client && (
            <CheckBox
              label={t("export.citations")}
              on={choice.citations}
              onChange={(citations) => onChange({ citations })}
            />
          )}
        </>
      )}
      {masking !== null && (
        <CheckBox label={t("masking.button")} on={masking.on} onChange={(on) => void masking.turn(on)} />
      )}
      {!isMasked && <CheckBox label={t("export.names")} on={choice.names} onChange={(names) => onChange({ names })} />}
      {hints.map((hint) => (
        <p key={hint} className="quiet export-hint">
          {hint}
        </p>
      ))}
    </div>
  );
}
