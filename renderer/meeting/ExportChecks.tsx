// What a document shows beside the text itself. Only what the format can do is asked.
import { Check } from "lucide-react";
import { Checkbox } from "react-aria-components/Checkbox";
import type { ExportFormat, Settings } from "../../electron/contract.ts";
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
  const readable = choice.what === "summary" && forReading.has(choice.format);
  const hints = [
    !choice.names && t("export.namelessHint"),
    readable && choice.client && t("export.clientHint"),
    choice.format === "ics" && t("export.calendarHint"),
  ].filter((hint) => typeof hint === "string");
  return (
    <div className="export-checks">
      {readable && (
        <>
          <Box label={t("export.client")} on={choice.client} onChange={(client) => onChange({ client })} />
          {!choice.client && (
            <Box
              label={t("export.citations")}
              on={choice.citations}
              onChange={(citations) => onChange({ citations })}
            />
          )}
        </>
      )}
      <Box label={t("export.names")} on={choice.names} onChange={(names) => onChange({ names })} />
      {hints.map((hint) => (
        <p key={hint} className="quiet export-hint">
          {hint}
        </p>
      ))}
    </div>
  );
}

interface BoxProps {
  readonly label: string;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}

function Box({ label, on, onChange }: BoxProps) {
  return (
    <Checkbox className="export-check" isSelected={on} onChange={onChange}>
      <span className="export-box" aria-hidden>
        {on && <Check size={14} strokeWidth={2.5} />}
      </span>
      {label}
    </Checkbox>
  );
}
