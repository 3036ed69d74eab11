// The persisted queue and what its jobs have finished so far. Runs in the store's worker thread.
import { randomUUID } from "node:crypto";
import { type ErrorData, LyssnaError } from "../errors.ts";
import type { Stage } from "../work.ts";
import type { Db } from "./database.ts";
import { meetingNumbers } from "./meetings.ts";
import type { Artefact, Job, JobId, JobPatch, JobTask, MeetingId } from "./types.ts";

/** Jobs that ended well are of no use to anyone after this long. */
const keepDoneDays = 7;

interface Row extends Omit<Job, "task" | "error"> {
  readonly task: string;
  readonly error: string | null;
}

const select = `SELECT jobs.id, meetings.id AS meetingId, task, state, stage, fraction, left_ms AS leftMs, jobs.error,
  jobs.created_at AS createdAt FROM jobs JOIN meetings ON meetings.number = jobs.meeting`;

const toJob = (row: Row): Job => ({
  ...row,
  task: JSON.parse(row.task) as JobTask,
  error: row.error === null ? null : (JSON.parse(row.error) as ErrorData),
});

/** A job that was running when everything stopped waits again, with all that it had finished. Once, at opening. */
export function requeueInterruptedJobs(db: Db, now: Date): void {
  const oldest = new Date(now.getTime() - keepDoneDays * 86_400_000).toISOString();
  db.transaction(() => {
    db.prepare("UPDATE jobs SET state = 'queued', left_ms = NULL WHERE state = 'running'").run();
    db.prepare("DELETE FROM jobs WHERE state IN ('done', 'cancelled') AND created_at < ?").run(oldest);
  })();
}

export function jobCalls(db: Db, now: () => Date) {
  const meetingNumber = meetingNumbers(db);
  const find = db.prepare<[string], { number: number }>("SELECT number FROM jobs WHERE id = ?");
  const list = db.prepare<[], Row>(`${select} ORDER BY jobs.rank DESC, jobs.number`);
  const get = db.prepare<[string], Row>(`${select} WHERE jobs.id = ?`);
  const insert = db.prepare<[string, number, string, string]>(
    "INSERT INTO jobs (id, meeting, task, state, created_at) VALUES (?, ?, ?, 'queued', ?)",
  );
  const update = db.prepare(`
    UPDATE jobs SET state = :state, stage = :stage, fraction = :fraction, left_ms = :leftMs, error = :error
    WHERE id = :id`);
  const saveOne = db.prepare<[number, string, string, string]>(`
    INSERT INTO artefacts (job, stage, key, value) VALUES (?, ?, ?, ?)
    ON CONFLICT (job, stage, key) DO UPDATE SET value = excluded.value`);
  const listAll = db.prepare<[number, string], { stage: Stage; key: string; value: string }>(
    "SELECT stage, key, value FROM artefacts WHERE job = ? AND stage = ? ORDER BY number",
  );
  const clear = db.prepare<[number]>("DELETE FROM artefacts WHERE job = ?");
  const putFirst = db.prepare<[number]>(
    "UPDATE jobs SET rank = (SELECT max(rank) + 1 FROM jobs) WHERE number = ? AND state = 'queued'",
  );

  function getJob(id: JobId): Job {
    const row = get.get(id);
    if (row === undefined) throw new LyssnaError("not-found");
    return toJob(row);
  }

  function numberOf(id: JobId): number {
    const row = find.get(id);
    if (row === undefined) throw new LyssnaError("not-found");
    return row.number;
  }

  return {
    createJob: db.transaction((meetingId: MeetingId, task: JobTask): Job => {
      const id = randomUUID();
      insert.run(id, meetingNumber(meetingId), JSON.stringify(task), now().toISOString());
      return getJob(id);
    }),
    putJobFirst(id: JobId): void {
      putFirst.run(numberOf(id));
    },
    /** In the order in which they are done: as they were asked for, but for those that were put first. */
    listJobs: (): readonly Job[] => list.all().map(toJob),
    updateJob: db.transaction((id: JobId, patch: JobPatch): Job => {
      const { state, stage, fraction, leftMs, error } = { ...getJob(id), ...patch };
      update.run({
        id,
        state,
        stage,
        fraction,
        leftMs: leftMs === null ? null : Math.round(leftMs),
        error: error === null ? null : JSON.stringify(error),
      });
      return getJob(id);
    }),
    saveArtefact: (id: JobId, { stage, key, value }: Artefact): void => {
      saveOne.run(numberOf(id), stage, key, JSON.stringify(value));
    },
    listArtefacts: (id: JobId, stage: Stage): readonly Artefact[] =>
      listAll.all(numberOf(id), stage).map((row) => ({ ...row, value: JSON.parse(row.value) as unknown })),
    clearArtefacts: (id: JobId): void => {
      clear.run(numberOf(id));
    },
  };
}
