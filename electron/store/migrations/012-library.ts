// Version 12: what the library is filtered and searched by, protected identities, and the order of the queue.
import type { Db } from "../database.ts";
import { plainText } from "../plain-text.ts";

export function library(db: Db): void {
  // protected_title stands in for the title of a meeting whose people's identity is protected; null where it is not.
  // `names` is the index of what a meeting is called: its shown title, its case, what was written on its marks. A row's
  // number is the meeting's place. Triggers keep it and the template in step, whoever writes.
  db.exec(`
    ALTER TABLE meetings ADD COLUMN protected_title TEXT;
    ALTER TABLE meetings ADD COLUMN template_id TEXT;
    ALTER TABLE meetings ADD COLUMN template_title TEXT;
    ALTER TABLE jobs ADD COLUMN rank INTEGER NOT NULL DEFAULT 0;
    CREATE INDEX meetings_by_case ON meetings (case_reference) WHERE case_reference <> '';

    UPDATE meetings SET (template_id, template_title) = (
      SELECT summary ->> '$.template.id', summary ->> '$.template.title' FROM summaries
      WHERE meeting = meetings.number ORDER BY version DESC LIMIT 1
    );
    CREATE TRIGGER template_of_meeting AFTER INSERT ON summaries BEGIN
      UPDATE meetings SET template_id = NEW.summary ->> '$.template.id', template_title = NEW.summary ->> '$.template.title'
      WHERE number = NEW.meeting;
    END;
    CREATE TRIGGER no_template_of_meeting AFTER DELETE ON summaries
    WHEN NOT EXISTS (SELECT 1 FROM summaries WHERE meeting = OLD.meeting) BEGIN
      UPDATE meetings SET template_id = NULL, template_title = NULL WHERE number = OLD.meeting;
    END;

    CREATE VIRTUAL TABLE names USING fts5(
      title, case_reference, marks, tokenize = "unicode61 remove_diacritics 0", prefix = '1 2 3'
    );
    -- It is small: what is deleted is taken out at once.
    INSERT INTO names (names, rank) VALUES ('secure-delete', 1);
  `);
  const update = db.prepare<[string, string, number]>(
    "UPDATE meetings SET title = ?, case_reference = ? WHERE number = ?",
  );
  for (const { number, title, caseReference } of db
    .prepare<[], { number: number; title: string; caseReference: string }>(
      "SELECT number, title, case_reference AS caseReference FROM meetings",
    )
    .all())
    update.run(plainText(title), plainText(caseReference), number);
  const marks = (record: string) =>
    `(SELECT group_concat(value ->> 'label', ' · ') FROM json_each(${record}, '$.marks') WHERE value ->> 'label' <> '')`;
  const ofMeeting = (row: string) => `
    INSERT INTO names (rowid, title, case_reference, marks) VALUES (
      ${row}.place, coalesce(${row}.protected_title, ${row}.title), ${row}.case_reference,
      (SELECT ${marks("record")} FROM recordings WHERE meeting = ${row}.number)
    );`;
  db.exec(`
    INSERT INTO names (rowid, title, case_reference, marks)
    SELECT place, title, case_reference, (SELECT ${marks("record")} FROM recordings WHERE meeting = number) FROM meetings;

    CREATE TRIGGER names_of_new AFTER INSERT ON meetings BEGIN ${ofMeeting("NEW")} END;
    CREATE TRIGGER names_of_changed AFTER UPDATE OF title, protected_title, case_reference, place ON meetings
    WHEN (OLD.title, OLD.protected_title, OLD.case_reference, OLD.place)
      IS NOT (NEW.title, NEW.protected_title, NEW.case_reference, NEW.place) BEGIN
      DELETE FROM names WHERE rowid = OLD.place;
      ${ofMeeting("NEW")}
    END;
    CREATE TRIGGER names_of_deleted AFTER DELETE ON meetings BEGIN
      DELETE FROM names WHERE rowid = OLD.place;
    END;
    CREATE TRIGGER names_of_first_record AFTER INSERT ON recordings BEGIN
      UPDATE names SET marks = ${marks("NEW.record")} WHERE rowid = (SELECT place FROM meetings WHERE number = NEW.meeting);
    END;
    CREATE TRIGGER names_of_record AFTER UPDATE OF record ON recordings
    WHEN ${marks("OLD.record")} IS NOT ${marks("NEW.record")} BEGIN
      UPDATE names SET marks = ${marks("NEW.record")} WHERE rowid = (SELECT place FROM meetings WHERE number = NEW.meeting);
    END;
  `);
}
