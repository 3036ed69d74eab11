// `npm run bench -- masking`: how much of what must go is gone, and how many ordinary words went with it; how long two
// hours take. Bench only.
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { maskTranscript } from "../../../electron/masking/mask-transcript.ts";
import type { BenchOptions } from "../options.ts";
import { describeMachine, makeRow, median, type Report, type Row, type Skipped } from "../report.ts";
import {
  type MaskEntity,
  type MaskGold,
  type MaskScore,
  readMaskGold,
  scoreMasking,
  toTranscript,
  unwritten,
} from "./mask-gold.ts";

const ownMeetings = fileURLToPath(new URL("../../fixtures/masking", import.meta.url));
const twoHoursWords = 20_000;
const timedRuns = 5;

export async function measureMasking(options: BenchOptions): Promise<Report> {
  const rows: Row[] = [];
  const skipped: Skipped[] = [];
  const wanted = (id: string): boolean => options.only.length === 0 || options.only.some((one) => id.startsWith(one));
  const sets = options.data === null ? await ownSets() : await foreignSets(options.data, skipped);
  for (const { name, meetings, isJudged } of sets) {
    const scores = meetings.map((meeting) => ({ name: meeting.name, score: scoreMasking(meeting) }));
    for (const { name: meeting, score } of scores)
      options.progress(
        `${name} ${meeting}: ${String(score.mustGone)} of ${String(score.must)}, over ${String(score.over.length)}${score.leaks.map((leak) => `\n  leak ${leak}`).join("")}${score.over.map((over) => `\n  over ${over}`).join("")}`,
      );
    for (const row of rowsOf(
      name,
      scores.map(({ score }) => score),
      isJudged,
    )) {
      if (!wanted(row.id)) continue;
      if (Number.isNaN(row.value)) skipped.push({ id: row.id, reason: "the gold holds nothing of the kind" });
      else rows.push(row);
    }
  }
  const said = sets[0]?.meetings.flatMap(({ transcript }) => transcript.segments) ?? [];
  if (wanted("two-hours") && said.length > 0) {
    const long = longTranscript(said);
    const times = Array.from({ length: timedRuns }, () => {
      const begun = performance.now();
      maskTranscript(long);
      return performance.now() - begun;
    });
    rows.push(makeRow({ id: "two-hours", unit: "ms", bar: null, aim: null, better: "lower" }, median(times)));
  }
  return {
    suite: "masking",
    date: new Date().toISOString().slice(0, 10),
    machine: describeMachine(),
    notes: [
      options.data === null ? "The project's own invented meetings." : "Meetings from a folder.",
      "must: what has to go. names: all names, also of those who work there. over: ordinary words that went.",
      `two-hours: ${String(twoHoursWords)} words, lists and dictionary read before; median of ${String(timedRuns)}.`,
    ],
    rows,
    skipped,
  };
}

interface MeetingSet {
  readonly name: string;
  readonly meetings: readonly MaskGold[];
  readonly isJudged: boolean;
}

async function ownSets(): Promise<MeetingSet[]> {
  const names = (await readdir(ownMeetings)).toSorted();
  const files = await Promise.all(
    names.map(async (name) => ({ name, text: await readFile(join(ownMeetings, name), "utf8") })),
  );
  return [
    { name: "clean", meetings: files.map(({ name, text }) => readMaskGold(text, name)), isJudged: true },
    {
      name: "recogniser",
      meetings: files.map(({ name, text }) => readMaskGold(unwritten(text), name)),
      isJudged: false,
    },
  ];
}

interface JsonMeeting {
  readonly name: string;
  readonly lang: string;
  readonly segments: readonly { readonly id: string; readonly speaker: string; readonly text: string }[];
  readonly gold: { readonly entities: readonly MaskEntity[] };
}

/** `sv/` has the gold; in `sv-asr/` each of its words is looked for in the same line. */
async function foreignSets(folder: string, skipped: Skipped[]): Promise<MeetingSet[]> {
  const read = async (set: string): Promise<JsonMeeting[]> => {
    const names = (await readdir(join(folder, set))).filter((name) => name.endsWith(".json")).toSorted();
    return Promise.all(
      names.map(async (name) => JSON.parse(await readFile(join(folder, set, name), "utf8")) as JsonMeeting),
    );
  };
  const clean = await read("sv");
  const asGold = ({ name, lang, segments, gold }: JsonMeeting): MaskGold => ({
    name,
    entities: gold.entities,
    transcript: toTranscript(segments, lang),
  });
  const sets: MeetingSet[] = [{ name: "clean", meetings: clean.map(asGold), isJudged: true }];
  if (!existsSync(join(folder, "sv-asr"))) {
    skipped.push({ id: "recogniser", reason: "there is no folder sv-asr" });
    return sets;
  }
  const heard = (await read("sv-asr")).map((meeting) => {
    const written = clean.find(({ name }) => name === meeting.name);
    return asGold({ ...meeting, gold: { entities: inHeard(written?.gold.entities ?? [], meeting) } });
  });
  return [...sets, { name: "recogniser", meetings: heard, isJudged: false }];
}

/** What a recogniser left of each: whole where it stands whole, otherwise its words one by one. */
function inHeard(entities: readonly MaskEntity[], { segments }: JsonMeeting): MaskEntity[] {
  const texts = new Map(segments.map(({ id, text }) => [id, text.toLowerCase()]));
  return entities.flatMap((entity) => {
    const line = texts.get(entity.segment) ?? "";
    const whole = entity.text.toLowerCase();
    const at = line.indexOf(whole);
    if (at >= 0) return [{ ...entity, text: whole, start: at }];
    return whole.split(/\s+/u).flatMap((word) => {
      const start = ` ${line} `.indexOf(` ${word} `);
      return start < 0 || word.length < 3 ? [] : [{ ...entity, text: word, start }];
    });
  });
}

function rowsOf(name: string, scores: readonly MaskScore[], isJudged: boolean): Row[] {
  const sum = (of: (score: MaskScore) => number): number => scores.reduce((total, score) => total + of(score), 0);
  const share = (part: (score: MaskScore) => number, all: (score: MaskScore) => number): number =>
    (100 * sum(part)) / sum(all);
  const row = (id: string, value: number, bar: number | null, aim: number | null, better: Row["better"]): Row =>
    makeRow({ id: `${id}-${name}`, unit: "%", bar: isJudged ? bar : null, aim: isJudged ? aim : null, better }, value);
  return [
    row(
      "must",
      share(
        (one) => one.mustGone,
        (one) => one.must,
      ),
      97,
      100,
      "higher",
    ),
    row(
      "over",
      share(
        (one) => one.over.length,
        (one) => one.ordinary,
      ),
      0.3,
      0,
      "lower",
    ),
    row(
      "names",
      share(
        (one) => one.namesGone,
        (one) => one.names,
      ),
      95,
      98,
      "higher",
    ),
    row(
      "numbers",
      share(
        (one) => one.numbersGone,
        (one) => one.numbers,
      ),
      98,
      100,
      "higher",
    ),
    row(
      "may",
      share(
        (one) => one.mayGone,
        (one) => one.may,
      ),
      null,
      null,
      "higher",
    ),
  ];
}

function longTranscript(said: readonly { readonly text: string }[]) {
  const segments: { id: string; speaker: string; text: string }[] = [];
  for (let words = 0, at = 0; words < twoHoursWords; at += 1) {
    const text = said[at % said.length]?.text ?? "";
    words += text.split(/\s+/u).length;
    segments.push({ id: `s${String(at)}`, speaker: "A", text });
  }
  return toTranscript(segments, "sv");
}
