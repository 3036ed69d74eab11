// Above the meetings: which of them are shown. Not there while there are few enough to see at once.
import { ToggleButton } from "react-aria-components/ToggleButton";
import { ToggleButtonGroup } from "react-aria-components/ToggleButtonGroup";
import type { Meeting } from "../../electron/contract.ts";
import "../parts/chips.css";
import { Choice } from "../parts/Choice.tsx";
import { useCell } from "../state/cell.ts";
import { useTexts } from "../texts/i18n.ts";
import { casesOf, libraryFilter, standings } from "./filter.ts";
import "./filter-bar.css";

const fewest = 4;

export function FilterBar({ meetings }: { readonly meetings: readonly Meeting[] }) {
  const { t, language } = useTexts();
  const filter = useCell(libraryFilter);
  const cases = casesOf(meetings, language);
  if (meetings.length < fewest) return null;
  return (
    <div className="filter-bar">
      <ToggleButtonGroup
        aria-label={t("library.filter.label")}
        className="chips"
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[filter.standing]}
        onSelectionChange={(keys) =>
          libraryFilter.set({ ...filter, standing: standings.find((one) => keys.has(one)) ?? "all" })
        }
      >
        {standings.map((one) => (
          <ToggleButton key={one} id={one} className="chip">
            {t(`library.filter.${one}`)}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      {cases.length > 0 && (
        <Choice
          label={t("library.filter.case")}
          options={[
            { id: allCases, title: t("library.filter.allCases") },
            ...cases.map((one) => ({ id: one, title: one })),
          ]}
          chosen={filter.caseReference === "" ? allCases : filter.caseReference}
          onChoose={(id) => libraryFilter.set({ ...filter, caseReference: id === allCases ? "" : id })}
        />
      )}
    </div>
  );
}

/** No case is called so. */
const allCases = "\n";
