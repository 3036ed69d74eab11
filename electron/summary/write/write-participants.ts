// Who took part, each with the segments where they were first heard. Runs anywhere.
import type { SummaryItem } from "../../formats.ts";
import type { Split } from "../sentences/split.ts";

/** One item per person who said more than a few words. */
export function writeParticipants({ meetings, sentences }: Split): SummaryItem[] {
  return meetings.flatMap(({ people }) =>
    people.flatMap((person): SummaryItem[] => {
      const own = sentences.filter((sentence) => sentence.person?.id === person.id);
      const first = own.find(({ words }) => words.length > 2) ?? own[0];
      return first === undefined
        ? []
        : [{ text: `${person.title}.`, segments: [...first.segments], origin: "engine", who: person.title }];
    }),
  );
}
