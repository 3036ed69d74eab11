// The files that meetings were made of, until a person has said what is to become of them. Runs in the store's worker
// thread.
import type { Db } from "./database.ts";
import { meetingNumbers } from "./meetings.ts";
import type { MeetingId, Original } from "./types.ts";

export function originalCalls(db: Db) {
  const numberOf = meetingNumbers(db);
  const put = db.prepare<[number, string]>(
    "INSERT INTO originals (meeting, original) VALUES (?, ?) ON CONFLICT (meeting) DO UPDATE SET original = excluded.original",
  );
  const all = db.prepare<[], { id: string; original: string }>(
    "SELECT id, original FROM originals JOIN meetings ON number = meeting ORDER BY number",
  );
  const drop = db.prepare<[string]>("DELETE FROM originals WHERE meeting = (SELECT number FROM meetings WHERE id = ?)");
  return {
    saveOriginal(id: MeetingId, original: Original): void {
      put.run(numberOf(id), JSON.stringify(original));
    },
    listOriginals: (): ReadonlyMap<MeetingId, Original> =>
      new Map(all.all().map(({ id, original }) => [id, JSON.parse(original) as Original])),
    dropOriginal(id: MeetingId): void {
      drop.run(id);
    },
  };
}
