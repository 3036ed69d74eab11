// What can be done with a line: write over it, give it to somebody, strike it. Seen when the line is pointed at or reached.
// Every line has them while one scrolls: plain buttons until one is pressed, and only then the menu or the sheet it opens.
import { Pencil } from "lucide-react";
import { type RefObject, useRef, useState } from "react";
import { Menu, MenuItem } from "react-aria-components/Menu";
import { Popover } from "react-aria-components/Popover";
import type { Paragraph } from "../meeting/paragraphs.ts";
import "../parts/float.css";
import { useTexts } from "../texts/i18n.ts";
import { clock } from "../words/time.ts";
import "./correct.css";
import { GiveLine } from "./GiveLine.tsx";
import { HeardLine } from "./HeardLine.tsx";
import { StrikeLine } from "./StrikeLine.tsx";
import { useCorrecting } from "./use-corrections.ts";

type Action = "give" | "heard" | "strike";
const actions = [
  ["give", "correct.give.open"],
  ["heard", "correct.heard.open"],
  ["strike", "correct.strike.open"],
] as const;

export function LineTools({ line }: { readonly line: Paragraph }) {
  const { t, language } = useTexts();
  const { editing } = useCorrecting();
  const more = useRef<HTMLButtonElement>(null);
  const [asked, setAsked] = useState<"more" | Action | null>(null);
  const time = clock(line.startMs);
  const isStruck = line.segments.every(({ state }) => state === "struck");
  const close = (isOpen: boolean) => {
    if (!isOpen) setAsked(null);
  };
  if (isStruck) return null;
  return (
    <div className="line-tools" lang={language}>
      <button
        type="button"
        className="button button-plain button-small line-edit"
        aria-label={t("correct.editFull", { time })}
        onClick={() => editing.set({ lineId: line.id, caret: null })}
      >
        <Pencil size={15} strokeWidth={1.75} aria-hidden />
        {t("correct.edit")}
      </button>
      <button
        ref={more}
        type="button"
        className="button button-plain button-small"
        aria-label={t("correct.moreFull", { time })}
        aria-haspopup="menu"
        aria-expanded={asked === "more"}
        onClick={() => setAsked("more")}
      >
        {t("correct.more")}
      </button>
      {asked === "more" && <More trigger={more} time={time} onChoose={setAsked} onOpenChange={close} />}
      {asked === "give" && <GiveLine line={line} open onOpenChange={close} />}
      {asked === "heard" && <HeardLine line={line} open onOpenChange={close} />}
      {asked === "strike" && <StrikeLine line={line} open onOpenChange={close} />}
    </div>
  );
}

interface MoreProps {
  readonly trigger: RefObject<HTMLButtonElement | null>;
  readonly time: string;
  readonly onChoose: (action: Action) => void;
  readonly onOpenChange: (open: boolean) => void;
}

function More({ trigger, time, onChoose, onOpenChange }: MoreProps) {
  const { t } = useTexts();
  return (
    <Popover triggerRef={trigger} isOpen onOpenChange={onOpenChange} className="float" placement="bottom end">
      {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- a menu that is opened takes the focus (WAI-ARIA, menu button). */}
      <Menu className="menu" aria-label={t("correct.moreFull", { time })} autoFocus="first">
        {actions.map(([action, words]) => (
          <MenuItem key={action} className="menu-item" onAction={() => onChoose(action)}>
            {t(words)}
          </MenuItem>
        ))}
      </Menu>
    </Popover>
  );
}
