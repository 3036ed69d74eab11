// What was decided about masking. Runs in the store's worker thread.
import type { MaskChoice, MaskWords } from "../masking-choice.ts";
import { noChoice, noWords } from "../masking-kinds.ts";
import type { Db } from "./database.ts";
import { meetingNumbers } from "./meetings.ts";
import type { MeetingId } from "./types.ts";

export function maskingCalls(db: Db) {
  const numberOf = meetingNumbers(db);
  const choice = db.prepare<[number], { choice: string }>("SELECT choice FROM mask_choices WHERE meeting = ?");
  const keep = db.prepare<[number, string]>(
    "INSERT INTO mask_choices (meeting, choice) VALUES (?, ?) ON CONFLICT (meeting) DO UPDATE SET choice = excluded.choice",
  );
  const words = db.prepare<[string], { words: string }>("SELECT words FROM mask_words WHERE case_reference = ?");
  const keepWords = db.prepare<[string, string]>(
    "INSERT INTO mask_words (case_reference, words) VALUES (?, ?) ON CONFLICT (case_reference) DO UPDATE SET words = excluded.words",
  );
  const dropWords = db.prepare<[string]>("DELETE FROM mask_words WHERE case_reference = ?");
  return {
    getMaskChoice: (id: MeetingId): MaskChoice => {
      const row = choice.get(numberOf(id));
      return row === undefined ? noChoice : (JSON.parse(row.choice) as MaskChoice);
    },
    saveMaskChoice: (id: MeetingId, value: MaskChoice): void => {
      keep.run(numberOf(id), JSON.stringify(value));
    },
    getMaskWords: (caseReference: string): MaskWords => {
      const row = words.get(caseReference);
      return row === undefined ? noWords : (JSON.parse(row.words) as MaskWords);
    },
    saveMaskWords: (caseReference: string, value: MaskWords): void => {
      if (value.always.length === 0 && value.never.length === 0) dropWords.run(caseReference);
      else keepWords.run(caseReference, JSON.stringify(value));
    },
  };
}
