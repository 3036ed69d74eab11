// What somebody is to do, from a summary: the rows of the table and of the calendar. Runs anywhere.
import type { Summary, SummaryItem } from "../formats.ts";
import { oneLine } from "./clean-text.ts";

export interface Action {
  readonly heading: string;
  readonly what: string;
  readonly who: string;
  /** In the words that were used. */
  readonly when: string;
  /** ISO date, or "". */
  readonly due: string;
}

/** Every item that stands under a heading for actions, or that says what is to be done. */
export function actionsOf({ sections, unplaced }: Summary): readonly Action[] {
  return [...sections, { heading: "", kind: undefined, items: unplaced }].flatMap(({ heading, kind, items }) =>
    items.filter((item) => kind === "actions" || item.what !== undefined).map((item) => toAction(item, heading)),
  );
}

const toAction = ({ text, what, who = "", when = "", due = "" }: SummaryItem, heading: string): Action => ({
  heading: oneLine(heading),
  what: oneLine(what ?? text).replace(/^\p{Ll}/u, (letter) => letter.toUpperCase()),
  who: oneLine(who),
  when: oneLine(when),
  due,
});

/** True where a calendar would have something to show. */
export const hasDatedActions = (summary: Summary): boolean => actionsOf(summary).some(({ due }) => due !== "");
