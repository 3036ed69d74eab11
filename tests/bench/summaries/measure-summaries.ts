// `npm run bench -- summaries`: the built-in engine on meetings with gold answers, beside methods that only pick out
// sentences; how long two hours of meeting take; whether the same input gives the same bytes. Bench only.
import { join } from "node:path";
import type { Summary, Template } from "../../../electron/formats.ts";
import { loadBuiltInTemplates } from "../../../electron/summary/templates.ts";
import { summariseInWorker } from "../../../electron/summary/run-summary.ts";
import { summarise } from "../../../electron/summary/summarise.ts";
import type { BenchOptions } from "../options.ts";
import { describeMachine, makeRow, median, type Report, type Row, type Skipped } from "../report.ts";
import { baselines, type Extract } from "./baselines.ts";
import { asHeard, type GoldMeeting, ownMeetings, readMeetings, toTranscript } from "./gold-meeting.ts";
import { longMeeting, wordsOf } from "./long-meeting.ts";
import { mean, type Score, scoreSummary } from "./score-summary.ts";

const sets = {
  clean: { folder: "sv", anonymous: false, bar: 50, aim: 68 },
  recogniser: { folder: "sv-asr", anonymous: true, bar: 42, aim: 58 },
} as const;
type SetName = keyof typeof sets;

const twoHoursWords = 20_000;
const timedRuns = 5;

const columns = {
  compression: "lower",
  facts: "higher",
  decisions: "higher",
  actions: "higher",
  who: "higher",
  when: "higher",
  concerns: "higher",
  voice: "higher",
  trapError: "lower",
  exist: "higher",
  supported: "higher",
  firstPerson: "lower",
} as const satisfies Partial<Record<keyof Score, Row["better"]>>;

export async function measureSummaries(options: BenchOptions): Promise<Report> {
  const templates = await loadBuiltInTemplates();
  const rows: Row[] = [];
  const skipped: Skipped[] = [];
  const wanted = (id: string): boolean => options.only.length === 0 || options.only.some((one) => id.startsWith(one));
  const add = (row: Omit<Row, "met" | "value">, value: number | null): void => {
    if (!wanted(row.id)) return;
    if (value === null) skipped.push({ id: row.id, reason: "the gold holds nothing of the kind" });
    else rows.push(makeRow(row, value));
  };
  for (const name of Object.keys(sets) as SetName[]) {
    const { anonymous, bar, aim } = sets[name];
    const meetings = await meetingsOf(name, options.data);
    const told = meetings.map((meeting) => ({
      meeting,
      summary: summarise([toTranscript(meeting, anonymous)], templateFor(meeting, templates)),
    }));
    const scores = told.map(({ meeting, summary }) => scoreSummary(summary, meeting));
    options.progress(
      `${name}: ${meetings.map(({ name: own }, at) => `${own} ${String(Math.round(scores[at]?.headline ?? 0))}`).join(", ")}`,
    );
    const percent = { unit: "%", bar: null, aim: null } as const;
    // The bars stand for meetings of an hour; our own are short, and a summary of them takes a larger share.
    const limits = options.data === null ? { bar: null, aim: null } : { bar, aim };
    add({ id: `headline-${name}`, unit: "of 100", ...limits, better: "higher" }, average(scores, "headline"));
    for (const [column, better] of Object.entries(columns) as [keyof typeof columns, Row["better"]][]) {
      const value = average(scores, column);
      add({ id: `${column}-${name}`, ...percent, better }, value === null ? null : 100 * value);
    }
    for (const [baseline, extract] of Object.entries(baselines)) {
      const scored = meetings.map((meeting) => scoreSummary(extract(meeting) satisfies Extract, meeting));
      add(
        { id: `headline-${name}-${baseline}`, unit: "of 100", bar: null, aim: null, better: "higher" },
        average(scored, "headline"),
      );
    }
  }
  const meetings = (await meetingsOf("clean", options.data)).filter(({ lang }) => lang === "sv");
  const long = longMeeting(meetings, twoHoursWords);
  const template = templates.find(({ id }) => id === "minnesanteckningar") as Template;
  if (wanted("two-hours")) {
    const times: number[] = [];
    for (let run = 0; run < timedRuns; run += 1) {
      const begun = performance.now();
      await summariseInWorker([long], template, { signal: new AbortController().signal });
      times.push(performance.now() - begun);
    }
    add({ id: "two-hours", unit: "ms", bar: 1500, aim: 750, better: "lower" }, median(times));
  }
  if (wanted("same-bytes")) {
    const bytes = (): string => JSON.stringify(summarise([long], template) satisfies Summary);
    add({ id: "same-bytes", unit: "(1: yes)", bar: 1, aim: 1, better: "higher" }, Number(bytes() === bytes()));
  }
  return {
    suite: "summaries",
    date: new Date().toISOString().slice(0, 10),
    machine: describeMachine(),
    notes: [
      options.data === null ? "The project's own invented meetings." : "Meetings from a folder.",
      `two-hours: ${String(wordsOf(long))} words, in a worker thread, its start included; median of ${String(timedRuns)}.`,
      "Extracts take 25 % of the words; the oracle knows the answers.",
    ],
    rows,
    skipped,
  };
}

async function meetingsOf(name: SetName, data: string | null): Promise<GoldMeeting[]> {
  if (data !== null) return readMeetings(join(data, sets[name].folder));
  const own = await readMeetings(ownMeetings);
  return name === "recogniser" ? own.map(asHeard) : own;
}

const templateFor = ({ template, name }: GoldMeeting, templates: readonly Template[]): Template => {
  const found = templates.find(({ id }) => id === template) ?? templates.find(({ id }) => id === "fri-sammanfattning");
  if (found === undefined) throw new Error(`No template for ${name}.`);
  return found;
};

function average(scores: readonly Score[], column: keyof Score): number | null {
  const values = scores.map((score) => score[column]).filter((value) => value !== null);
  return values.length === 0 ? null : mean(values);
}
