// The meetings that the filter leaves, in their order, and what is done with several of them at once.
import { useEffect, useMemo, useRef, useState } from "react";
import type { Meeting } from "../../electron/contract.ts";
import { TextButton } from "../parts/TextButton.tsx";
import { useShortcuts } from "../shortcuts/use-shortcuts.ts";
import { useCell } from "../state/cell.ts";
import { lastOpened } from "../state/route.ts";
import { useListener } from "../state/use-listener.ts";
import { useToday } from "../state/use-today.ts";
import { useTexts } from "../texts/i18n.ts";
import { dayInWords } from "../words/time.ts";
import { filterMeetings, libraryFilter, sortMeetings, wholeLibrary } from "./filter.ts";
import { groupByDay } from "./group-by-day.ts";
import { MeetingRow } from "./MeetingRow.tsx";
import { moveFocus } from "./move-focus.ts";
import { SelectionBar } from "./SelectionBar.tsx";
import { allOf, extended, nothingSelected, onlyShown, selection, toggled } from "./selection.ts";
import { ShowMore } from "./ShowMore.tsx";

/** Rows that are drawn at once: a high screen full. More come as one scrolls. */
const rowsAtOnce = 40;
const rowsAtATime = 200;

export function Shown({ meetings }: { readonly meetings: readonly Meeting[] }) {
  const { t, language } = useTexts();
  const filter = useCell(libraryFilter);
  const selected = useCell(selection);
  const sorted = useMemo(() => sortMeetings(meetings, filter.sorting, language), [meetings, filter.sorting, language]);
  const shown = useMemo(() => filterMeetings(sorted, filter), [sorted, filter]);
  const order = useMemo(() => shown.map(({ id }) => id), [shown]);
  const list = useRef<HTMLDivElement>(null);

  useEffect(() => selection.set(onlyShown(selection.get(), order)), [order]);
  useEffect(() => () => selection.set(nothingSelected), []);

  const idOf = (target: EventTarget | null): string | null =>
    (target instanceof Element ? target.closest<HTMLElement>("[data-meeting]") : null)?.dataset["meeting"] ?? null;

  useListener(list, "click", (event) => {
    const id = idOf(event.target);
    if (id === null || !(event.target instanceof Element)) return;
    const isLink = event.target.closest("a[data-row]") !== null;
    // Enter on a row opens it, whatever is selected.
    if (!isLink || event.detail === 0) return;
    const now = selection.get();
    if (event.shiftKey) selection.set(extended(now, id, order));
    else if (now.on || event.ctrlKey || event.metaKey) selection.set(toggled(now, id));
    else return;
    event.preventDefault();
  });

  useListener(list, "keydown", (event) => {
    const id = idOf(event.target);
    if (id === null) return;
    const now = selection.get();
    if (event.shiftKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      const page = list.current?.closest("main");
      const from =
        now.anchor === null ? toggled({ ...now, ids: new Set([...now.ids].filter((one) => one !== id)) }, id) : now;
      if (page && moveFocus(page, event.key === "ArrowDown" ? 1 : -1))
        selection.set(extended(from, idOf(document.activeElement) ?? id, order));
      event.preventDefault();
    } else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "a") {
      selection.set(allOf(order));
      event.preventDefault();
    } else if ((event.key === " " && !(event.target instanceof HTMLInputElement)) || event.key.toLowerCase() === "x") {
      selection.set(toggled(now, id));
      event.preventDefault();
    }
  });

  useShortcuts({ Escape: () => selection.set(nothingSelected) });

  if (shown.length === 0)
    return (
      <div className="library-none">
        <p>{t("library.filter.none")}</p>
        <TextButton small kind="outline" onPress={() => libraryFilter.set(wholeLibrary)}>
          {t("library.filter.showAll")}
        </TextButton>
      </div>
    );
  return (
    <>
      <div ref={list} className="library-list" data-selecting={selected.on || undefined}>
        <Rows
          key={filter.sorting}
          meetings={shown}
          byDay={filter.sorting === "latest" || filter.sorting === "oldest"}
          selecting={selected.on}
        />
      </div>
      {selected.on && (
        <SelectionBar meetings={shown} selected={selected.ids} onAll={() => selection.set(allOf(order))} />
      )}
    </>
  );
}

interface RowsProps {
  readonly meetings: readonly Meeting[];
  readonly byDay: boolean;
  readonly selecting: boolean;
}

function Rows({ meetings, byDay, selecting }: RowsProps) {
  const { t, language } = useTexts();
  // With the row that one comes back to.
  const [count, setCount] = useState(() =>
    Math.max(rowsAtOnce, meetings.findIndex(({ id }) => id === lastOpened.get()) + rowsAtOnce),
  );
  const today = useToday();
  const drawn = meetings.slice(0, count);
  const more = count < meetings.length && (
    <ShowMore
      label={t(byDay ? "library.showMore" : "library.showMoreUnsorted")}
      onMore={() => setCount(count + rowsAtATime)}
    />
  );
  if (!byDay)
    return (
      <>
        <ul className="library-day">
          {drawn.map((meeting) => (
            <MeetingRow key={meeting.id} meeting={meeting} today={today} dated selecting={selecting} />
          ))}
        </ul>
        {more}
      </>
    );
  return (
    <>
      {groupByDay(drawn).map((day) => (
        <section key={day.date} className="library-day">
          <h2 className="library-date">{dayInWords(`${day.date}T12:00`, today, language, t)}</h2>
          <ul>
            {day.meetings.map((meeting) => (
              <MeetingRow key={meeting.id} meeting={meeting} today={today} selecting={selecting} />
            ))}
          </ul>
        </section>
      ))}
      {more}
    </>
  );
}
