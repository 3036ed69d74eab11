// Above the meetings: which of them are shown, in which order, and the way to select several. Not there while there are
// few enough to see at once.
import { ListChecks, SlidersHorizontal } from "lucide-react";
import { useId } from "react";
import { DialogTrigger } from "react-aria-components/Dialog";
import { ToggleButton } from "react-aria-components/ToggleButton";
import { ToggleButtonGroup } from "react-aria-components/ToggleButtonGroup";
import type { Meeting } from "../../electron/contract.ts";
import "../parts/chips.css";
import { Choice } from "../parts/Choice.tsx";
import { Panel } from "../parts/Panel.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { useCell } from "../state/cell.ts";
import { useTexts } from "../texts/i18n.ts";
import { casesOf, libraryFilter, narrowed, sortings, standings, templatesOf, wholeLibrary } from "./filter.ts";
import "./filter-bar.css";
import { nothingSelected, selection } from "./selection.ts";

const fewest = 4;

interface FilterBarProps {
  readonly meetings: readonly Meeting[];
  /** Hits are shown: they have an order of their own, and are not selected. */
  readonly searches: boolean;
}

export function FilterBar({ meetings, searches }: FilterBarProps) {
  const { t } = useTexts();
  const filter = useCell(libraryFilter);
  const selecting = useCell(selection).on;
  if (meetings.length < fewest) return null;
  const count = narrowed(filter);
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
      <div className="filter-bar-more">
        <DialogTrigger>
          <TextButton kind="plain" icon={SlidersHorizontal}>
            {count === 0 ? t("library.filter.more") : t("library.filter.moreOn", { count })}
          </TextButton>
          <Panel title={t("library.filter.title")} placement="bottom end" className="panel">
            {() => <Narrow meetings={meetings} />}
          </Panel>
        </DialogTrigger>
        {!searches && (
          <TextButton
            kind="plain"
            icon={ListChecks}
            onPress={() => selection.set(selecting ? nothingSelected : { ...nothingSelected, on: true })}
          >
            {selecting ? t("library.select.done") : t("library.select.begin")}
          </TextButton>
        )}
      </div>
    </div>
  );
}

/** No case and no template is called so. */
const all = "\n";

function Narrow({ meetings }: Pick<FilterBarProps, "meetings">) {
  const { t, language } = useTexts();
  const filter = useCell(libraryFilter);
  const cases = casesOf(meetings, language);
  const templates = templatesOf(meetings, language);
  const given = (id: string): string => (id === all ? "" : id);
  return (
    <div className="form filter-form">
      {cases.length > 0 && (
        <Choice
          label={t("library.filter.case")}
          options={[{ id: all, title: t("library.filter.allCases") }, ...cases.map((one) => ({ id: one, title: one }))]}
          chosen={filter.caseReference || all}
          onChoose={(id) => libraryFilter.set({ ...filter, caseReference: given(id) })}
        />
      )}
      {templates.length > 0 && (
        <Choice
          label={t("library.filter.template")}
          options={[{ id: all, title: t("library.filter.allTemplates") }, ...templates]}
          chosen={filter.templateId || all}
          onChoose={(id) => libraryFilter.set({ ...filter, templateId: given(id) })}
        />
      )}
      <div className="filter-days">
        <Day
          label={t("library.filter.from")}
          value={filter.from}
          onChange={(from) => libraryFilter.set({ ...filter, from })}
        />
        <Day label={t("library.filter.to")} value={filter.to} onChange={(to) => libraryFilter.set({ ...filter, to })} />
      </div>
      <Choice
        label={t("library.sort.label")}
        options={sortings
          .filter((id) => id !== "leaving" || meetings.some(({ retention }) => retention?.dueAt))
          .map((id) => ({ id, title: t(`library.sort.${id}`) }))}
        chosen={filter.sorting}
        onChoose={(id) => libraryFilter.set({ ...filter, sorting: sortings.find((one) => one === id) ?? "latest" })}
      />
      <div className="form-foot">
        <TextButton
          kind="outline"
          isDisabled={narrowed(filter) === 0 && filter.sorting === "latest"}
          onPress={() => libraryFilter.set({ ...wholeLibrary, standing: filter.standing })}
        >
          {t("library.filter.clear")}
        </TextButton>
      </div>
    </div>
  );
}

interface DayProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (day: string) => void;
}

function Day({ label, value, onChange }: DayProps) {
  const id = useId();
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        type="date"
        className="field-input"
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </div>
  );
}
