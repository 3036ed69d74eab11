// The library: one column of meetings by day, the search field on top, and one thing to do: record. Import beside it.
import { CircleHelp, FileInput, LayoutList, Mic, Settings } from "lucide-react";
import { useMemo, useRef } from "react";
import { OriginalsLine } from "../originals/OriginalsLine.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { AskLink } from "../ask/AskLink.tsx";
import { ReportLink } from "../report/ReportLink.tsx";
import { RetentionLines } from "../retention/RetentionLines.tsx";
import { useShortcuts } from "../shortcuts/use-shortcuts.ts";
import { useCell } from "../state/cell.ts";
import { deleting } from "../state/deleting.ts";
import { addressOf, go, lastOpened } from "../state/route.ts";
import { useSnapshot } from "../state/snapshots.ts";
import { useArrival } from "../state/use-arrival.ts";
import { useListener } from "../state/use-listener.ts";
import { useTexts } from "../texts/i18n.ts";
import { EmptyLibrary } from "./EmptyLibrary.tsx";
import { FilterBar } from "./FilterBar.tsx";
import { chooseFiles, chooseFolder } from "./import-files.ts";
import "./library.css";
import { ModelHint } from "./ModelHint.tsx";
import { moveFocus, rowOf } from "./move-focus.ts";
import { Search } from "./Search.tsx";
import { SearchHits } from "./SearchHits.tsx";
import { searchText } from "./search-text.ts";
import { Shown } from "./Shown.tsx";

export function Library() {
  const { t } = useTexts();
  const hidden = useCell(deleting);
  const query = useCell(searchText);
  const all = useSnapshot("meetings");
  const meetings = useMemo(
    () => (hidden.size === 0 ? all : all.filter((meeting) => !hidden.has(meeting.id))),
    [all, hidden],
  );
  const search = useRef<HTMLInputElement>(null);
  const page = useRef<HTMLElement>(null);
  const heading = useArrival(t("app.name"), () => rowOf(page.current, lastOpened.get()));
  const move = (step: 1 | -1) => page.current && moveFocus(page.current, step);

  useShortcuts({
    "/": () => search.current?.focus(),
    i: () => void chooseFiles(t),
    f: () => void chooseFolder(t),
    r: () => go({ view: "record", about: null }),
    m: () => go({ view: "templates" }),
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
  });

  useListener(page, "keydown", (event) => {
    if ((event.key !== "ArrowDown" && event.key !== "ArrowUp") || event.shiftKey || event.defaultPrevented) return;
    // In a field of a date, and in a list that is open, the arrows have a meaning of their own.
    const isElsewhere = event.target instanceof HTMLInputElement && event.target.type === "date";
    if (!isElsewhere && move(event.key === "ArrowDown" ? 1 : -1)) event.preventDefault();
  });

  return (
    <main ref={page} className="page library">
      <header className="page-head">
        <h1 ref={heading} tabIndex={-1}>
          {t("library.title")}
        </h1>
        <AskLink meetings={meetings} />
        <ReportLink meetings={meetings} />
        <a className="button button-plain" href={addressOf({ view: "templates" })}>
          <LayoutList size={17} strokeWidth={1.75} aria-hidden />
          {t("templates.title")}
        </a>
        <a className="button button-plain" href={addressOf({ view: "settings", page: "general" })}>
          <Settings size={17} strokeWidth={1.75} aria-hidden />
          {t("library.settings")}
        </a>
        <a className="button button-plain" href={addressOf({ view: "help", section: null })}>
          <CircleHelp size={17} strokeWidth={1.75} aria-hidden />
          {t("help.title")}
        </a>
      </header>
      <div className="library-begin">
        <a className="button button-primary" href={addressOf({ view: "record", about: null })}>
          <Mic size={17} strokeWidth={1.75} aria-hidden />
          {t("library.record")}
        </a>
        <TextButton kind="outline" icon={FileInput} onPress={() => void chooseFiles(t)}>
          {t("library.import")}
        </TextButton>
      </div>
      {meetings.length > 0 && <Search field={search} />}
      {meetings.length > 0 && <ModelHint />}
      <RetentionLines />
      <OriginalsLine />
      {meetings.length === 0 ? (
        <EmptyLibrary />
      ) : (
        <>
          <FilterBar meetings={meetings} searches={query.trim() !== ""} />
          {query.trim() === "" ? (
            <Shown meetings={meetings} />
          ) : (
            <SearchHits query={query.trim()} meetings={meetings} />
          )}
        </>
      )}
    </main>
  );
}
