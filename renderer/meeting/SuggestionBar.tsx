// A quiet line above the transcript: how many words of the glossary may have been misheard. It opens the list of them.
import { BookA } from "lucide-react";
import { useState } from "react";
import { DialogTrigger } from "react-aria-components/Dialog";
import type { Transcript } from "../../electron/contract.ts";
import { Panel } from "../parts/Panel.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { useShortcuts } from "../shortcuts/use-shortcuts.ts";
import { useTexts } from "../texts/i18n.ts";
import { SuggestionList } from "./SuggestionList.tsx";
import "./suggestions.css";
import { useSuggestions } from "./use-suggestions.ts";

interface SuggestionBarProps {
  readonly meetingId: string;
  readonly transcript: Transcript;
  readonly onChanged: () => void;
}

export function SuggestionBar({ meetingId, transcript, onChanged }: SuggestionBarProps) {
  const { t } = useTexts();
  const suggestions = useSuggestions(meetingId, transcript, onChanged);
  const [open, setOpen] = useState(false);
  const count = suggestions.left.length;
  useShortcuts({ o: () => setOpen(count > 0) });
  /** The last one is answered and the line goes: the focus stays in the transcript. */
  const end = () => {
    setOpen(false);
    document.querySelector<HTMLElement>(".transcript button")?.focus();
  };
  if (count === 0) return null;
  return (
    <DialogTrigger isOpen={open} onOpenChange={setOpen}>
      <TextButton small icon={BookA}>
        {t("suggestions.count", { count })}
      </TextButton>
      <Panel title={t("suggestions.title")} placement="bottom start" className="panel suggestion-panel">
        {() => <SuggestionList transcript={transcript} suggestions={suggestions} onEnd={end} />}
      </Panel>
    </DialogTrigger>
  );
}
