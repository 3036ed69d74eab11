// Which meetings the library shows: by where they stand, and by case. Kept while a meeting is open. Pure but for the cell.
import type { Meeting } from "../../electron/contract.ts";
import { createCell } from "../state/cell.ts";

const statesOf = {
  "to-review": ["transcribed", "to-review"],
  recorded: ["recording", "recorded", "waiting", "working"],
  approved: ["approved"],
} as const satisfies Readonly<Record<string, readonly Meeting["status"][]>>;

export type Standing = keyof typeof statesOf | "all";
export const standings = ["all", "to-review", "recorded", "approved"] as const satisfies readonly Standing[];

export interface LibraryFilter {
  readonly standing: Standing;
  /** A case reference, or "" for all. */
  readonly caseReference: string;
}

export const wholeLibrary: LibraryFilter = { standing: "all", caseReference: "" };
export const libraryFilter = createCell<LibraryFilter>(wholeLibrary);

export function filterMeetings(
  meetings: readonly Meeting[],
  { standing, caseReference }: LibraryFilter,
): readonly Meeting[] {
  const states: readonly string[] | null = standing === "all" ? null : statesOf[standing];
  return meetings.filter(
    (meeting) =>
      (states === null || states.includes(meeting.status)) &&
      (caseReference === "" || meeting.caseReference === caseReference),
  );
}

/** Every case there is, as people sort them. */
export function casesOf(meetings: readonly Meeting[], language: string): readonly string[] {
  const order = new Intl.Collator(language, { numeric: true });
  return [...new Set(meetings.map(({ caseReference }) => caseReference).filter((one) => one !== ""))].toSorted(
    order.compare,
  );
}
