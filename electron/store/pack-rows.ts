// The rows of meetings in a database of their own, for a package (electron/backup), and back from it. That database has the
// store's own schema and is encrypted under a key of its own for as long as it lies on the disk. Runs in a worker thread that
// lives as long as the task (upkeep.ts).
import { existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { LyssnaError } from "../errors.ts";
import { type Db, isUnreadable, openDatabase } from "./database.ts";
import { migrate, refuseNewer } from "./migrate.ts";
import { storeMigrations } from "./migrations.ts";
import { dropPack, packPath } from "./pack-path.ts";
import { openSearchIndex } from "./search-index.ts";
import { latestSummaryOf } from "./summaries.ts";
import { segmentsOf } from "./transcript-rows.ts";
import type { MeetingId, MeetingStatus, PackedMeeting, PackedRows } from "./types.ts";

/** A table whose rows belong to a meeting, and the column that says to which. Every column comes along. */
const ofMeeting = {
  transcripts: "meeting",
  segments: "meeting",
  speakers: "meeting",
  summaries: "meeting",
  report_sources: "report",
  recordings: "meeting",
  corrections: "meeting",
  rejected_terms: "meeting",
  mask_choices: "meeting",
  peaks: "meeting",
  renditions: "meeting",
} as const;
/** What a person has made beside the meetings: only with everything. */
const ofEverything = ["templates", "template_versions", "template_drafts", "terms", "mask_words", "settings"] as const;
/**
 * What stays: work that is under way, where files lay on this machine, the log that tells of this machine, what the store notes
 * for itself, and the index, which is made anew.
 */
const stays = ["jobs", "artefacts", "originals", "log", "notes", "passages", "names"] as const;
/** Every table is decided about: a test holds this against the schema. */
export const decidedTables: readonly string[] = ["meetings", ...Object.keys(ofMeeting), ...ofEverything, ...stays];

/** Settings that mean the same on another machine. Models, folders, microphones and what failed here stay. */
const portableSettings = [
  "interfaceLanguage",
  "theme",
  "spokenLanguage",
  "reviewerName",
  "templateId",
  "templateByKind",
  "organisationName",
  "logoName",
  "logo",
  "playbackRate",
  "skipSilence",
  "afterRecording",
  "liveText",
  "consentText",
  "offerOriginals",
  "retention",
  "protectNew",
  "notifyWhenReady",
  "whenUnsupported",
  "lockAfterMinutes",
  "lockWithSystem",
  "hideFromCapture",
  "exportChoice",
];

type Value = string | number | Uint8Array | null;
type Row = Readonly<Record<string, Value>>;
type Table = "meetings" | keyof typeof ofMeeting | (typeof ofEverything)[number];

const columnsOf = (db: Db, table: Table): readonly string[] =>
  (db.pragma(`table_info(${table})`) as readonly { readonly name: string }[]).map(({ name }) => name);

/** Answers how a row is written; rows that are there already stay as they are where `keep` says so. */
function rowWriter(db: Db, table: Table, keep = false): (row: Row) => void {
  const columns = columnsOf(db, table);
  const insert = db.prepare<Value[]>(
    `INSERT ${keep ? "OR IGNORE" : ""} INTO ${table} (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`,
  );
  return (row) => void insert.run(...columns.map((column) => row[column] ?? null));
}

const rowsOf = (db: Db, table: keyof typeof ofMeeting, meeting: number): readonly Row[] =>
  db.prepare<[number], Row>(`SELECT * FROM ${table} WHERE ${ofMeeting[table]} = ?`).all(meeting);

const meetingTables = Object.keys(ofMeeting) as (keyof typeof ofMeeting)[];

/**
 * Writes the rows of these meetings, or of everything (null), to a new database. A recording that runs, or that something is
 * yet to be struck from, stays here and is counted.
 */
export function packRows(db: Db, dir: string, key: Uint8Array, ids: readonly MeetingId[] | null): PackedRows {
  dropPack(dir);
  mkdirSync(dirname(packPath(dir)), { mode: 0o700 });
  const pack = openDatabase(packPath(dir), key);
  try {
    migrate(pack, storeMigrations, () => {});
    const copy = pack.transaction(() => copyOut(db, pack, ids));
    // One reading transaction: what is written meanwhile is in it whole or not at all.
    return db.transaction(() => copy())();
  } finally {
    pack.close();
  }
}

function copyOut(db: Db, pack: Db, ids: readonly MeetingId[] | null): PackedRows {
  const running = new Set(
    db
      .prepare<[], { meeting: number }>(
        `SELECT meeting FROM recordings WHERE record ->> 'endedBy' IS NULL
           OR EXISTS (SELECT 1 FROM json_each(record, '$.strikes') WHERE NOT value ->> 'done')
         UNION SELECT number FROM meetings WHERE status = 'recording'`,
      )
      .all()
      .map(({ meeting }) => meeting),
  );
  const asked = ids === null ? null : new Set(ids);
  const wanted = db
    .prepare<[], Row & { number: number; id: string }>("SELECT * FROM meetings ORDER BY number")
    .all()
    .filter(({ id }) => asked?.has(id) ?? true);
  const carried = wanted.filter(({ number }) => !running.has(number));
  if (asked !== null && wanted.length < asked.size) throw new LyssnaError("not-found");
  const numbers = new Set<Value | undefined>(carried.map(({ number }) => number));

  if (asked === null) {
    const portable = new Set<Value | undefined>(portableSettings);
    for (const table of ofEverything) {
      const write = rowWriter(pack, table);
      for (const row of db.prepare<[], Row>(`SELECT * FROM ${table}`).all())
        if (table !== "settings" || portable.has(row["key"])) write(row);
    }
  }
  const writeMeeting = rowWriter(pack, "meetings");
  for (const row of carried) writeMeeting(row);
  for (const table of meetingTables) {
    // What was said no to names words of the glossary, which comes only with everything.
    if (table === "rejected_terms" && asked !== null) continue;
    const write = rowWriter(pack, table);
    for (const { number } of carried)
      for (const row of rowsOf(db, table, number))
        write(table === "report_sources" && !numbers.has(row["meeting"]) ? { ...row, meeting: null } : row);
  }
  return { meetings: listPacked(pack), stayed: wanted.length - carried.length };
}

/** Opens what a package carried and brings it to our version. Throws package-newer, package-damaged. */
export function openPack(dir: string, key: Uint8Array, migrations = storeMigrations): Db {
  const path = packPath(dir);
  if (!existsSync(path)) throw new LyssnaError("package-damaged");
  let pack: Db | null = null;
  try {
    pack = openDatabase(path, key);
    refuseNewer(pack, migrations);
    // Our schema has none; what is read as a table must be one.
    const view = pack.prepare("SELECT 1 FROM sqlite_master WHERE type = 'view'").get();
    if (pack.pragma("quick_check(1)", { simple: true }) !== "ok" || view !== undefined)
      throw new LyssnaError("package-damaged");
    migrate(pack, migrations, () => {});
    return pack;
  } catch (error) {
    pack?.close();
    if (error instanceof LyssnaError && error.code === "store-newer") throw new LyssnaError("package-newer");
    throw isUnreadable(error) ? new LyssnaError("package-damaged") : error;
  }
}

const isMeetingId = (id: string): boolean => /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/u.test(id);

/** The meetings that a package carries, in the order in which they are to be taken in: a report's sources before it. */
export function listPacked(pack: Db): readonly PackedMeeting[] {
  const rows = pack
    .prepare<[], { id: string; hasSound: number }>(
      "SELECT id, has_sound AS hasSound FROM meetings ORDER BY number IN (SELECT report FROM report_sources), number",
    )
    .all();
  if (!rows.every(({ id }) => isMeetingId(id))) throw new LyssnaError("package-damaged");
  return rows.map(({ id, hasSound }) => ({ id, hasSound: hasSound === 1 }));
}

/** Templates, glossary and settings, where there are none of that name yet. */
export function takeRest(db: Db, pack: Db): void {
  const portable = new Set<Value | undefined>(portableSettings);
  db.transaction(() => {
    for (const table of ofEverything) {
      const write = rowWriter(db, table, true);
      for (const row of pack.prepare<[], Row>(`SELECT * FROM ${table}`).all())
        if (table !== "settings" || portable.has(row["key"])) write(row);
    }
  }).immediate();
}

/** One that was waiting for work that did not come along stands where what came along says. */
function settledStatus(pack: Db, number: number, status: MeetingStatus, hasSound: boolean): MeetingStatus {
  if (status !== "waiting" && status !== "working" && status !== "recording") return status;
  const has = (table: "summaries" | "transcripts") =>
    pack.prepare<[number]>(`SELECT 1 FROM ${table} WHERE meeting = ? LIMIT 1`).get(number) !== undefined;
  if (has("summaries")) return "to-review";
  if (has("transcripts")) return "transcribed";
  return hasSound ? "recorded" : "failed";
}

/**
 * One meeting with all that belongs to it, in one transaction, and in the index.
 * @param hasSound whether its sound was taken in
 * @returns false where it is here already; then nothing was done
 */
export function takeMeeting(db: Db, pack: Db, id: MeetingId, hasSound: boolean): boolean {
  const index = openSearchIndex(db);
  const [segments, latestSummary] = [segmentsOf(db), latestSummaryOf(db)];
  const find = db.prepare<[string], { number: number }>("SELECT number FROM meetings WHERE id = ?");
  const idOf = pack.prepare<[Value], { id: string }>("SELECT id FROM meetings WHERE number = ?");
  const isTerm = db.prepare<[Value]>("SELECT 1 FROM terms WHERE id = ?");
  const here = (number: Value): number | null => {
    const source = idOf.get(number);
    return source === undefined ? null : (find.get(source.id)?.number ?? null);
  };
  return db
    .transaction((): boolean => {
      if (find.get(id) !== undefined) return false;
      const row = pack
        .prepare<[string], Row & { number: number; status: MeetingStatus; recorded_at: string; created_at: string }>(
          "SELECT * FROM meetings WHERE id = ?",
        )
        .get(id);
      if (row === undefined) throw new LyssnaError("not-found");
      const status = settledStatus(pack, row.number, row.status, hasSound);
      rowWriter(
        db,
        "meetings",
      )({
        ...row,
        number: null,
        place: index.placeFor(row.recorded_at, row.created_at),
        has_sound: hasSound ? 1 : 0,
        status,
        ...(status === "failed" && row.status !== "failed" ? { error: '{"code":"cancelled","details":{}}' } : {}),
      });
      const number = find.get(id)?.number ?? 0;
      for (const table of meetingTables) {
        if (table === "peaks" && !hasSound) continue;
        const write = rowWriter(db, table, table === "rejected_terms");
        for (const kept of rowsOf(pack, table, row.number)) {
          if (table === "rejected_terms" && isTerm.get(kept["term"] ?? null) === undefined) continue;
          const source = table === "report_sources" ? { meeting: here(kept["meeting"] ?? null) } : {};
          write({ ...kept, ...source, [ofMeeting[table]]: number });
        }
      }
      index.indexSegments(number, segments(number));
      const summary = latestSummary(number);
      if (summary !== null) index.indexSummary(number, summary);
      return true;
    })
    .immediate();
}
