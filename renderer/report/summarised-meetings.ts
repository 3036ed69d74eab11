// Which meetings a report can be made of, and those of one case that lie near at hand. Pure.
import type { Meeting } from "../../electron/contract.ts";

export const fewest = 2;
export const most = 12;
/** So many cases are offered. */
const mostCases = 3;

/** Those with a transcript that are no reports themselves, latest first. */
export const canBeSummarised = (meetings: readonly Meeting[]): readonly Meeting[] =>
  meetings
    .filter(
      ({ status, sources }) =>
        sources === undefined && (status === "transcribed" || status === "to-review" || status === "approved"),
    )
    .toSorted((a, b) => b.recordedAt.localeCompare(a.recordedAt));

export interface Case {
  readonly reference: string;
  /** The latest twelve. */
  readonly ids: readonly string[];
}

/** Cases with several meetings, the one that was last touched first. */
export function casesOf(meetings: readonly Meeting[]): readonly Case[] {
  const byCase = Map.groupBy(
    canBeSummarised(meetings).filter(({ caseReference }) => caseReference !== ""),
    ({ caseReference }) => caseReference,
  );
  return [...byCase]
    .filter(([, ofCase]) => ofCase.length >= fewest)
    .slice(0, mostCases)
    .map(([reference, ofCase]) => ({ reference, ids: ofCase.slice(0, most).map(({ id }) => id) }));
}

/** Those whose title or case holds the words. */
export function holding(words: string, meetings: readonly Meeting[]): readonly Meeting[] {
  const sought = words.trim().toLocaleLowerCase("sv");
  return meetings.filter(({ title, caseReference }) =>
    `${title} ${caseReference}`.toLocaleLowerCase("sv").includes(sought),
  );
}
