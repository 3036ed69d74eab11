// What a summary says beside its items, without what rests on words that a person has struck since. A meeting that is
// deleted altogether is another matter: its citations stay, and the window says that they are gone. Runs anywhere.
import type { Conflict, SummaryItem } from "../formats.ts";
import type { Split } from "./sentences/split.ts";

export interface StillSaid {
  readonly conflicts: (conflicts: readonly Conflict[]) => Conflict[];
  readonly later: (item: SummaryItem) => SummaryItem;
}

export function stillSaid({ sentences }: Split): StillSaid {
  const ids = new Set(sentences.flatMap(({ segments }) => segments));
  const meetings = new Set([...ids].map(meetingOf));
  const holds = ({ segments }: { readonly segments: readonly string[] }): boolean =>
    segments.every((id) => ids.has(id) || (meetingOf(id) !== "" && !meetings.has(meetingOf(id))));
  return {
    /** One statement alone contradicts nothing. */
    conflicts: (conflicts) =>
      conflicts
        .map((conflict) => ({ ...conflict, statements: conflict.statements.filter(holds) }))
        .filter(({ statements }) => statements.length > 1),
    later(item) {
      if (item.later === undefined) return item;
      const { later, ...rest } = item;
      const left = later.filter(holds);
      return left.length === 0 ? rest : { ...rest, later: left };
    },
  };
}

/** "m2:s12" → "m2"; "" in a summary of one meeting. */
const meetingOf = (id: string): string => (/^m\d+(?=:)/u.exec(id) ?? [""])[0];
