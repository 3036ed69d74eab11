// Both beside each other, or one alone.
import { SquareArrowOutUpRight } from "lucide-react";
import { ToggleButton } from "react-aria-components/ToggleButton";
import { ToggleButtonGroup } from "react-aria-components/ToggleButtonGroup";
import { TextButton } from "../parts/TextButton.tsx";
import { act } from "../state/ask.ts";
import { useTexts } from "../texts/i18n.ts";
import type { PaneState } from "./panes.ts";

interface PaneChoiceProps {
  readonly meetingId: string;
  readonly panes: PaneState;
}

export function PaneChoice({ meetingId, panes: { choices, shown, choose } }: PaneChoiceProps) {
  const { t } = useTexts();
  // Where there is room for one, there is nothing that "only" could leave out.
  const isOnlyOne = choices.length < 3;
  return (
    <div className="pane-line">
      <ToggleButtonGroup
        className="pane-choice"
        aria-label={t("meeting.panes")}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[shown]}
        onSelectionChange={(keys) => {
          const chosen = choices.find((id) => keys.has(id));
          if (chosen) choose(chosen);
        }}
      >
        {choices.map((id) => (
          <ToggleButton key={id} id={id} className="button button-plain button-small pane-button">
            {t(isOnlyOne && id !== "both" ? `meeting.${id}` : `panes.${id}`)}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      <TextButton
        kind="plain"
        small
        icon={SquareArrowOutUpRight}
        aria-label={t("panes.ownFull")}
        onPress={() => void act("windows.summary", meetingId)}
      >
        {t("panes.own")}
      </TextButton>
    </div>
  );
}
