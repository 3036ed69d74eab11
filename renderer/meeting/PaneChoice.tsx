// Both beside each other, or one alone.
import { ToggleButton } from "react-aria-components/ToggleButton";
import { ToggleButtonGroup } from "react-aria-components/ToggleButtonGroup";
import { useTexts } from "../texts/i18n.ts";
import type { PaneState } from "./panes.ts";

export function PaneChoice({ panes: { choices, shown, choose } }: { readonly panes: PaneState }) {
  const { t } = useTexts();
  return (
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
          {t(id === "both" ? "panes.both" : `meeting.${id}`)}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
