// The person's glossary, and what of it was said no to in a meeting. Runs in the store's worker thread.
import type { Term } from "../formats.ts";
import type { Rejected } from "../glossary/types.ts";
import type { Db } from "./database.ts";
import { meetingNumbers } from "./meetings.ts";
import type { MeetingId } from "./types.ts";

export function glossaryCalls(db: Db) {
  const numberOf = meetingNumbers(db);
  const all = db.prepare<[], { term: string }>("SELECT term FROM terms ORDER BY text");
  const clash = db.prepare<[string, string]>("DELETE FROM terms WHERE text = ? AND id <> ?");
  const save = db.prepare<[string, string, string]>(
    "INSERT INTO terms (id, text, term) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET text = excluded.text, term = excluded.term",
  );
  const remove = db.prepare<[string]>("DELETE FROM terms WHERE id = ?");
  const rejected = db.prepare<[number], Rejected>(
    "SELECT term AS termId, heard FROM rejected_terms WHERE meeting = ? ORDER BY term, heard",
  );
  const reject = db.prepare<[number, string, string]>(
    "INSERT OR IGNORE INTO rejected_terms (meeting, term, heard) SELECT ?, id, ? FROM terms WHERE id = ?",
  );
  return {
    listTerms: (): readonly Term[] => all.all().map(({ term }) => JSON.parse(term) as Term),
    saveTerms: db.transaction((terms: readonly Term[]): void => {
      for (const term of terms) {
        clash.run(term.text, term.id);
        save.run(term.id, term.text, JSON.stringify(term));
      }
    }),
    removeTerm: (id: string): void => {
      remove.run(id);
    },
    listRejected: (id: MeetingId): readonly Rejected[] => rejected.all(numberOf(id)),
    rejectTerms: db.transaction((id: MeetingId, list: readonly Rejected[]): void => {
      const meeting = numberOf(id);
      for (const { termId, heard } of list) reject.run(meeting, heard, termId);
    }),
  };
}
