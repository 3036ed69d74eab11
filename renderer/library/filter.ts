// Which meetings the library shows, and in which order. Kept while a meeting is open. Pure but for the cell.
import type { Meeting, MeetingFilter } from "../../electron/contract.ts";
import { createCell } from "../state/cell.ts";
import { timeOf } from "./group-by-day.ts";

const statesOf = {
  "to-review": ["transcribed", "to-review"],
  recorded: ["recording", "recorded", "waiting", "working"],
  approved: ["approved"],
} as const satisfies Readonly<Record<string, readonly Meeting["status"][]>>;

export type Standing = keyof typeof statesOf | "all";
export const standings = ["all", "to-review", "recorded", "approved"] as const satisfies readonly Standing[];

export const sortings = ["latest", "oldest", "title", "longest", "leaving"] as const;
export type Sorting = (typeof sortings)[number];

export interface LibraryFilter {
  readonly standing: Standing;
  /** A case reference, or "" for all. */
  readonly caseReference: string;
  /** What the latest summary was made with, or "" for all. */
  readonly templateId: string;
  /** Days, YYYY-MM-DD, both included; "" for no bound. */
  readonly from: string;
  readonly to: string;
  readonly sorting: Sorting;
}

export const wholeLibrary: LibraryFilter = {
  standing: "all",
  caseReference: "",
  templateId: "",
  from: "",
  to: "",
  sorting: "latest",
};
export const libraryFilter = createCell<LibraryFilter>(wholeLibrary);

/** The same for a search, which the store makes; undefined where nothing is filtered. */
export function searchFilter({
  standing,
  caseReference,
  templateId,
  from,
  to,
}: LibraryFilter): MeetingFilter | undefined {
  const filter: MeetingFilter = {
    ...(standing === "all" ? {} : { statuses: statesOf[standing] }),
    ...(caseReference === "" ? {} : { caseReference }),
    ...(templateId === "" ? {} : { templateId }),
    ...(from === "" ? {} : { from }),
    ...(to === "" ? {} : { to }),
  };
  return Object.keys(filter).length === 0 ? undefined : filter;
}

/** How many of the folded choices are made: case, template and dates. */
export const narrowed = ({ caseReference, templateId, from, to }: LibraryFilter): number =>
  [caseReference, templateId, from || to].filter((one) => one !== "").length;

export function filterMeetings(
  meetings: readonly Meeting[],
  { standing, caseReference, templateId, from, to }: LibraryFilter,
): readonly Meeting[] {
  const states: readonly string[] | null = standing === "all" ? null : statesOf[standing];
  return meetings.filter(
    (meeting) =>
      (states === null || states.includes(meeting.status)) &&
      (caseReference === "" || meeting.caseReference === caseReference) &&
      (templateId === "" || meeting.template?.id === templateId) &&
      (from === "" || meeting.recordedAt.slice(0, 10) >= from) &&
      (to === "" || meeting.recordedAt.slice(0, 10) <= to),
  );
}

/** Never sorted in place. What has no length, or never leaves, comes last. */
export function sortMeetings(meetings: readonly Meeting[], sorting: Sorting, language: string): readonly Meeting[] {
  const latestFirst = meetings
    .map((meeting) => ({ meeting, time: timeOf(meeting.recordedAt) }))
    .toSorted((a, b) => b.time - a.time || b.meeting.createdAt.localeCompare(a.meeting.createdAt))
    .map(({ meeting }) => meeting);
  if (sorting === "latest") return latestFirst;
  if (sorting === "oldest") return latestFirst.toReversed();
  if (sorting === "longest") return latestFirst.toSorted((a, b) => b.durationMs - a.durationMs);
  if (sorting === "leaving") return latestFirst.toSorted((a, b) => leaving(a) - leaving(b));
  const order = new Intl.Collator(language, { numeric: true });
  return latestFirst.toSorted((a, b) => order.compare(a.title, b.title));
}

const leaving = ({ retention }: Meeting): number =>
  retention?.dueAt ? timeOf(retention.dueAt) : Number.POSITIVE_INFINITY;

/** Every case there is, as people sort them. */
export function casesOf(meetings: readonly Meeting[], language: string): readonly string[] {
  const order = new Intl.Collator(language, { numeric: true });
  return [...new Set(meetings.map(({ caseReference }) => caseReference).filter((one) => one !== ""))].toSorted(
    order.compare,
  );
}

/** Every template that a meeting was summarised with, by title. */
export function templatesOf(
  meetings: readonly Meeting[],
  language: string,
): readonly NonNullable<Meeting["template"]>[] {
  const order = new Intl.Collator(language);
  const byId = new Map(meetings.flatMap(({ template }) => (template === undefined ? [] : [[template.id, template]])));
  return [...byId.values()].toSorted((a, b) => order.compare(a.title, b.title));
}
