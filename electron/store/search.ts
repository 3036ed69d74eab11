// Full-text search over transcripts, latest summaries, and what meetings are called. Runs in the store's worker thread.
import type { Db } from "./database.ts";
import { filterCondition, type FilterValues, filterValues, placesWhere } from "./meeting-filter.ts";
import { matchEnd, matchStart } from "./plain-text.ts";
import { isProtected, shownTitle } from "./protected.ts";
import { isSummaryRow, lastPosition, positionBits } from "./search-index.ts";
import { longPrefix, searchParts, toFullTextQuery, wholeWords } from "./search-query.ts";
import type { MeetingFilter, SearchHit } from "./types.ts";

const maxHits = 1000;
const snippetWords = 32;
const maxPassageLength = 600;

/** So few meetings are asked one by one: the index skips to each, where a scan would pass over all the others. */
const fewMeetings = 200;
/** A word that is found more often than this is no help in telling which meetings may hold all of them. */
const rareRows = 2000;
/** Meetings that are looked at as a whole, the latest first. */
const wholeMeetings = 60;
const passagesOfWhole = 2;

interface Row {
  readonly place: number;
  readonly meetingId: string;
  readonly title: string;
  readonly recordedAt: string;
  readonly low: number;
  readonly segment: string | null;
  readonly passage: string;
  readonly startMs: number | null;
  readonly name: string | null;
  readonly role: string | null;
}

interface NameRow extends Pick<Row, "place" | "meetingId" | "title" | "recordedAt"> {
  readonly shown: string;
  readonly caseReference: string;
  readonly marks: string | null;
}

export function searchCalls(db: Db) {
  // CROSS JOIN keeps the index outermost: its order is the answer's, and reading stops at the limit.
  const passages = (where: string) => `
    SELECT meetings.place, meetings.id AS meetingId, ${shownTitle("meetings")} AS title, recorded_at AS recordedAt,
      passages.rowid & ${lastPosition} AS low, passages.segment,
      snippet(passages, 0, '${matchStart}', '${matchEnd}', '…', ${snippetWords}) AS passage,
      segments.start_ms AS startMs, CASE WHEN ${isProtected("meetings")} THEN NULL ELSE speakers.name END AS name,
      speakers.role
    FROM passages CROSS JOIN meetings ON meetings.place = passages.rowid >> ${positionBits}
      LEFT JOIN segments ON segments.meeting = meetings.number
        AND segments.position = ${lastPosition} - (passages.rowid & ${lastPosition}) AND segments.id = passages.segment
      LEFT JOIN speakers ON speakers.meeting = segments.meeting AND speakers.id = segments.speaker
    WHERE passages MATCH :query ${where} ORDER BY passages.rowid DESC LIMIT :count`;
  type Asked = { readonly query: string; readonly count: number } & FilterValues;
  const find = db.prepare<Asked, Row>(passages(`AND ${filterCondition}`));
  const findIn = db.prepare<{ query: string; count: number; place: number }, Row>(
    passages(`AND passages.rowid BETWEEN :place << ${positionBits} AND (:place << ${positionBits}) | ${lastPosition}`),
  );
  const findNames = db.prepare<Asked, NameRow>(`
    SELECT meetings.place, meetings.id AS meetingId, ${shownTitle("meetings")} AS title, recorded_at AS recordedAt,
      highlight(names, 0, '${matchStart}', '${matchEnd}') AS shown,
      highlight(names, 1, '${matchStart}', '${matchEnd}') AS caseReference,
      snippet(names, 2, '${matchStart}', '${matchEnd}', '…', ${snippetWords}) AS marks
    FROM names CROSS JOIN meetings ON meetings.place = names.rowid
    WHERE names MATCH :query AND ${filterCondition} ORDER BY names.rowid DESC LIMIT :count`);
  const rowsOf = db.prepare<{ query: string; count: number }, { place: number }>(
    `SELECT rowid >> ${positionBits} AS place FROM passages WHERE passages MATCH :query ORDER BY rowid DESC LIMIT :count`,
  );
  const namesOf = db.prepare<{ query: string; count: number }, { place: number }>(
    "SELECT rowid AS place FROM names WHERE names MATCH :query ORDER BY rowid DESC LIMIT :count",
  );
  const isNamed = db.prepare<{ query: string; place: number }, { one: 1 }>(
    "SELECT 1 AS one FROM names WHERE names MATCH :query AND rowid = :place",
  );
  const rowsBetween = db.prepare<{ query: string; first: number; last: number }, Pick<Row, "place" | "low">>(
    `SELECT rowid >> ${positionBits} AS place, rowid & ${lastPosition} AS low FROM passages WHERE passages MATCH :query
     AND rowid BETWEEN :first << ${positionBits} AND (:last << ${positionBits}) | ${lastPosition} ORDER BY rowid DESC`,
  );
  const textOf = db.prepare<[number, number], { text: string }>(
    `SELECT text FROM passages WHERE rowid = (? << ${positionBits}) | ?`,
  );
  const placesOf = placesWhere(db);

  /** Passages that hold all of it. */
  function inPassages(asked: Asked, places: readonly number[] | null): readonly Row[] {
    if (places === null || places.length > fewMeetings) return find.all(asked);
    const found: Row[] = [];
    for (const place of places) {
      const { query, count } = asked;
      if (found.length >= count) break;
      found.push(...findIn.all({ query, count: count - found.length, place }));
    }
    return found;
  }

  /**
   * Passages of meetings in which all of it is found, though not in one of them: as many as are wanted, or a few more.
   * Told from the rarest of its parts.
   */
  function inWholeMeetings(
    parts: readonly string[],
    places: readonly number[] | null,
    held: ReadonlySet<number>,
    count: number,
  ): readonly Row[] {
    const [rarest] = parts
      .map((query) => [...rowsOf.all({ query, count: rareRows }), ...namesOf.all({ query, count: rareRows })])
      .filter(({ length }) => length < rareRows)
      .toSorted((one, other) => one.length - other.length);
    if (rarest === undefined) return [];
    const wanted = places === null ? null : new Set(places);
    const latest = [...new Set(rarest.map(({ place }) => place))]
      .filter((place) => !held.has(place) && (wanted === null || wanted.has(place)))
      .toSorted((one, other) => other - one)
      .slice(0, wholeMeetings);
    const queries = parts.map((part) => inWords(part, latest));
    const all: Row[] = [];
    for (const place of latest) {
      if (all.length >= count) break;
      all.push(...inMeeting(queries, place));
    }
    return all;
  }

  /** Of each part a passage or two, in order; none where one of them is not found at all. */
  function inMeeting(parts: readonly string[], place: number): readonly Row[] {
    const byRow = new Map<number, Row>();
    for (const query of parts) {
      const rows = findIn.all({ query, count: passagesOfWhole, place });
      if (rows.length === 0 && isNamed.get({ query, place }) === undefined) return [];
      for (const row of rows) byRow.set(row.low, row);
    }
    return [...byRow.values()].toSorted((one, other) => other.low - one.low);
  }

  /**
   * A part as it is asked of each of these meetings. The beginning of a long word would be gathered from all its words at
   * every asking (20 ms each in sixty million words): it is gathered once, and then asked for by the words that it gave.
   */
  function inWords(part: string, places: readonly number[]): string {
    const prefix = longPrefix(part);
    const [last, first] = [places[0], places.at(-1)];
    if (prefix === null || first === undefined || last === undefined) return part;
    const missing = new Map(places.map((place) => [place, passagesOfWhole]));
    const texts: string[] = [];
    for (const { place, low } of rowsBetween.iterate({ query: part, first, last })) {
      const more = missing.get(place);
      if (more === undefined) continue;
      texts.push(textOf.get(place, low)?.text ?? "");
      if (more === 1) missing.delete(place);
      else missing.set(place, more - 1);
      if (missing.size === 0) break;
    }
    return wholeWords(prefix, texts) ?? part;
  }

  return {
    search(typed: string, limit: number, filter?: MeetingFilter): readonly SearchHit[] {
      const query = toFullTextQuery(typed);
      if (query === null) return [];
      const count = Math.min(Math.max(Math.trunc(limit), 0), maxHits);
      const values = filterValues(filter ?? {});
      const places = placesOf(values);
      const asked = { query, count, ...values };
      const namedRows = findNames.all(asked);
      const rows = inPassages(asked, places);
      const parts = searchParts(typed);
      const held = new Set([...rows, ...namedRows].map(({ place }) => place));
      const whole =
        parts.length > 1 && rows.length < count ? inWholeMeetings(parts, places, held, count - rows.length) : [];
      return [...namedRows.flatMap(nameHits), ...[...rows, ...whole].map(toHit)].slice(0, count);
    },
  };
}

function toHit({ place: _place, low, segment, passage, startMs, name, role, ...meeting }: Row): SearchHit {
  const speaker = name || role;
  return {
    ...meeting,
    in: isSummaryRow(low) ? "summary" : "transcript",
    segmentId: segment,
    passage: boundPassage(passage),
    ...(startMs === null || isSummaryRow(low) ? {} : { atMs: startMs }),
    ...(speaker && !isSummaryRow(low) ? { speaker } : {}),
  };
}

function nameHits({ place: _place, shown, caseReference, marks, ...meeting }: NameRow): readonly SearchHit[] {
  const parts = [
    ["title", shown],
    ["case", caseReference],
    ["mark", marks ?? ""],
  ] as const;
  return parts
    .filter(([, passage]) => passage.includes(matchStart))
    .map(([where, passage]) => ({ ...meeting, in: where, segmentId: null, passage: boundPassage(passage) }));
}

/** A passage without spaces can be of any length: the part around the first match is kept, its marks in pairs. */
export function boundPassage(passage: string): string {
  if (passage.length <= maxPassageLength) return passage;
  const match = Math.max(passage.indexOf(matchStart), 0);
  const start = Math.max(0, Math.min(match - 100, passage.length - maxPassageLength));
  const part = passage.slice(start, start + maxPassageLength).toWellFormed();
  const open = part.lastIndexOf(matchStart) > part.lastIndexOf(matchEnd);
  return `${start > 0 ? "…" : ""}${part}${open ? matchEnd : ""}${start + maxPassageLength < passage.length ? "…" : ""}`;
}
