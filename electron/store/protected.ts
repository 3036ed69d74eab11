// Protected identities ("skyddade personuppgifter"): the one rule by which the store answers about such a meeting. Runs in
// the store's worker thread. What the rest of the app never gets, no list, notice, file name, title or export can show:
// the title gives way to one that names nobody, speakers have their role and no name, and a file's name goes too.
// All of it stays in the encrypted database, and is there again when the protection is taken away.
import type { ErrorData } from "../errors.ts";
import type { Speaker, Summary } from "../formats.ts";
import type { Correction } from "./types.ts";

/** The title as SQL: what stands in for it where the identity is protected. */
export const shownTitle = (table: string): string => `coalesce(${table}.protected_title, ${table}.title)`;

export const isProtected = (table: string): string => `${table}.protected_title IS NOT NULL`;

export const withoutName = ({ name: _name, ...speaker }: Speaker): Speaker => speaker;

/** An error's file is named as the meeting is. */
export const withoutFile = (error: ErrorData, title: string): ErrorData =>
  Object.hasOwn(error.details, "file") ? { ...error, details: { ...error.details, file: title } } : error;

export const correctionWithoutNames = (correction: Correction): Correction =>
  correction.speakers === undefined
    ? correction
    : {
        ...correction,
        speakers: {
          before: correction.speakers.before.map(withoutName),
          after: correction.speakers.after.map(withoutName),
        },
      };

/** A summary that was made before keeps its words; its titles go. */
export const summaryWithoutTitles = (summary: Summary, title: string): Summary => ({
  ...summary,
  ...(summary.title === undefined ? {} : { title }),
  ...(summary.sources === undefined ? {} : { sources: summary.sources.map(({ title: _title, ...source }) => source) }),
});

/** The names that nobody was told stay with their speakers when these are saved by somebody who does not know them. */
export function keepNames(saved: readonly Speaker[], kept: readonly Speaker[]): readonly Speaker[] {
  const names = new Map(kept.map(({ id, name }) => [id, name]));
  return saved.map((speaker) => {
    const name = speaker.name || names.get(speaker.id);
    return name === undefined || name === "" ? speaker : { ...speaker, name };
  });
}
