// What can be done with a line: write over it, give it to somebody, strike it. Seen when the line is pointed at or reached.
import { Pencil } from "lucide-react";
import { useState } from "react";
import { Button } from "react-aria-components/Button";
import { Menu, MenuItem, MenuTrigger } from "react-aria-components/Menu";
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

export function LineTools({ line }: { readonly line: Paragraph }) {
  const { t, language } = useTexts();
  const { editing } = useCorrecting();
  const [asked, setAsked] = useState<"give" | "heard" | "strike" | null>(null);
  const time = clock(line.startMs);
  const isStruck = line.segments.every(({ state }) => state === "struck");
  const close = (isOpen: boolean) => {
    if (!isOpen) setAsked(null);
  };
  if (isStruck) return null;
  return (
    <div className="line-tools" lang={language}>
      <Button
        className="button button-plain button-small line-edit"
        aria-label={t("correct.editFull", { time })}
        onPress={() => editing.set({ lineId: line.id, caret: null })}
      >
        <Pencil size={15} strokeWidth={1.75} aria-hidden />
        {t("correct.edit")}
      </Button>
      <MenuTrigger>
        <Button className="button button-plain button-small" aria-label={t("correct.moreFull", { time })}>
          {t("correct.more")}
        </Button>
        <Popover className="float" placement="bottom end">
          <Menu className="menu">
            <MenuItem className="menu-item" onAction={() => setAsked("give")}>
              {t("correct.give.open")}
            </MenuItem>
            <MenuItem className="menu-item" onAction={() => setAsked("heard")}>
              {t("correct.heard.open")}
            </MenuItem>
            <MenuItem className="menu-item" onAction={() => setAsked("strike")}>
              {t("correct.strike.open")}
            </MenuItem>
          </Menu>
        </Popover>
      </MenuTrigger>
      {/* Only what is asked for: a row that is scrolled past is drawn in a millisecond. */}
      {asked === "give" && <GiveLine line={line} open onOpenChange={close} />}
      {asked === "heard" && <HeardLine line={line} open onOpenChange={close} />}
      {asked === "strike" && <StrikeLine line={line} open onOpenChange={close} />}
    </div>
  );
}
