// Out of the app: summary or transcript, in the format that is wanted.
import { FileOutput } from "lucide-react";
import { Header } from "react-aria-components/Header";
import { Menu, MenuItem, MenuSection, MenuTrigger } from "react-aria-components/Menu";
import { Popover } from "react-aria-components/Popover";
import type { ExportFormat, Meeting } from "../../electron/contract.ts";
import "../parts/float.css";
import { TextButton } from "../parts/TextButton.tsx";
import { act } from "../state/ask.ts";
import { tellDone } from "../state/notices.ts";
import { useTexts } from "../texts/i18n.ts";

type Whole = "summary" | "transcript";

/** What makes sense of each: subtitles only where there are times. */
const formats: Readonly<Record<Whole, readonly ExportFormat[]>> = {
  summary: ["docx", "pdf", "html", "md", "txt", "json", "csv", "ics"],
  transcript: ["docx", "pdf", "html", "md", "txt", "vtt", "srt", "json"],
};

interface ExportMenuProps {
  readonly meeting: Meeting;
  readonly hasTranscript: boolean;
  readonly hasSummary: boolean;
}

export function ExportMenu({ meeting, hasTranscript, hasSummary }: ExportMenuProps) {
  const { t } = useTexts();
  const save = async (format: ExportFormat, what: Whole) => {
    const path = await act("export.save", meeting.id, format, what);
    if (path !== undefined && path !== null) tellDone(t("export.saved", { file: path.split(/[\\/]/u).at(-1) ?? path }));
  };
  const parts: readonly Whole[] = [
    ...(hasSummary ? (["summary"] as const) : []),
    ...(hasTranscript ? (["transcript"] as const) : []),
  ];
  return (
    <MenuTrigger>
      <TextButton kind="plain" icon={FileOutput}>
        {t("export.button")}
      </TextButton>
      <Popover className="float" placement="bottom end">
        <Menu className="menu">
          {parts.map((what) => (
            <MenuSection key={what} className="menu-section">
              <Header className="menu-title">{t(`export.${what}`)}</Header>
              {formats[what].map((format) => {
                const name = t(`export.${what}As`, { format: t(`export.format.${format}`) });
                return (
                  <MenuItem
                    key={format}
                    id={`${what}-${format}`}
                    className="menu-item"
                    textValue={name}
                    onAction={() => void save(format, what)}
                  >
                    {name}
                  </MenuItem>
                );
              })}
            </MenuSection>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
