// A case: its meetings from the first to the last, and what can be done with all of them.
import { FolderPen, Layers, Search as SearchIcon } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import { BackToLibrary } from "../parts/BackToLibrary.tsx";
import { TextButton } from "../parts/TextButton.tsx";
import { preselected } from "../report/preselected.ts";
import { canBeSummarised, fewest, most } from "../report/summarised-meetings.ts";
import { useShortcuts } from "../shortcuts/use-shortcuts.ts";
import { useCell } from "../state/cell.ts";
import { deleting } from "../state/deleting.ts";
import { go, lastOpened } from "../state/route.ts";
import { useSnapshot } from "../state/snapshots.ts";
import { useArrival } from "../state/use-arrival.ts";
import { useListener } from "../state/use-listener.ts";
import { useToday } from "../state/use-today.ts";
import { useTexts } from "../texts/i18n.ts";
import { dateInWords } from "../words/time.ts";
import { libraryFilter, sortMeetings, wholeLibrary } from "./filter.ts";
import "./library.css";
import { MeetingRow } from "./MeetingRow.tsx";
import { moveFocus, rowOf } from "./move-focus.ts";
import { SetCase } from "./SetCase.tsx";

export function CaseView({ reference }: { readonly reference: string }) {
  const { t, language } = useTexts();
  const hidden = useCell(deleting);
  const all = useSnapshot("meetings");
  const meetings = useMemo(
    () =>
      sortMeetings(
        all.filter(({ id, caseReference }) => caseReference === reference && !hidden.has(id)),
        "oldest",
        language,
      ),
    [all, hidden, reference, language],
  );
  const page = useRef<HTMLElement>(null);
  const heading = useArrival(t("meeting.case", { reference }), () => rowOf(page.current, lastOpened.get()));
  const [renames, setRenames] = useState(false);
  const today = useToday();
  useShortcuts({ Escape: () => go({ view: "library" }) });
  useListener(page, "keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    if (page.current && moveFocus(page.current, event.key === "ArrowDown" ? 1 : -1)) event.preventDefault();
  });
  const summarised = canBeSummarised(meetings);
  const [first, last] = [meetings[0], meetings.at(-1)];
  const day = (iso: string) => dateInWords(iso.slice(0, 10), language);
  return (
    <main ref={page} className="page case-view">
      <BackToLibrary />
      <div>
        <h1 ref={heading} tabIndex={-1} className="case-title">
          {t("meeting.case", { reference })}
        </h1>
        {first && last && (
          <p className="quiet">
            {t("library.case.span", {
              count: meetings.length,
              first: day(first.recordedAt),
              last: day(last.recordedAt),
            })}
          </p>
        )}
      </div>
      {meetings.length === 0 ? (
        <p>{t("library.case.none")}</p>
      ) : (
        <>
          <div className="case-actions">
            <TextButton
              kind="outline"
              icon={Layers}
              isDisabled={summarised.length < fewest}
              onPress={() => {
                preselected.set(summarised.slice(0, most).map(({ id }) => id));
                go({ view: "new-report" });
              }}
            >
              {t("library.case.report")}
            </TextButton>
            <TextButton
              kind="plain"
              icon={SearchIcon}
              onPress={() => {
                libraryFilter.set({ ...wholeLibrary, caseReference: reference });
                lastOpened.set(null);
                go({ view: "library" });
                requestAnimationFrame(() =>
                  requestAnimationFrame(() => document.querySelector<HTMLInputElement>("input[type=search]")?.focus()),
                );
              }}
            >
              {t("library.case.search")}
            </TextButton>
            <TextButton kind="plain" icon={FolderPen} onPress={() => setRenames(true)}>
              {t("library.case.rename")}
            </TextButton>
          </div>
          <ol className="case-meetings">
            {meetings.map((meeting) => (
              <MeetingRow key={meeting.id} meeting={meeting} today={today} dated inCase />
            ))}
          </ol>
          <SetCase
            meetings={meetings}
            open={renames}
            onOpenChange={setRenames}
            onDone={(now) => go(now === "" ? { view: "library" } : { view: "case", reference: now })}
          />
        </>
      )}
    </main>
  );
}
