// `npm run bench -- speakers`: who said what, on synthetic meetings with known truth; how long an hour takes with random weights of
// the published shapes; what hours take of memory; how long three hours of voices take to be grouped. Bench only.
import { join } from "node:path";
import { hearVoices } from "../../../electron/inference/voices/hear-voices.ts";
import { loadVoices, type VoiceSessions } from "../../../electron/inference/voices/load-voices.ts";
import { groupVoices } from "../../../electron/voices/group-voices.ts";
import { tellTurns } from "../../../electron/voices/tell-turns.ts";
import { diarisationError } from "../../voices/diarisation-error.ts";
import { makeMeeting, type MeetingShape } from "../../voices/meeting.ts";
import { publishedEmbeddings } from "../../voices/published-embeddings.ts";
import { makeStandInVoices } from "../../voices/stand-in-voices.ts";
import { askProcess } from "../ask-process.ts";
import { cacheDir } from "../measure.ts";
import type { BenchOptions } from "../options.ts";
import { withoutProcessMemory } from "../process-memory.ts";
import { makeRandomVoices } from "../random-voices/make-random-voices.ts";
import { describeMachine, makeRow, type Report, type Row, type Skipped } from "../report.ts";
import type { VoicesMeasured, VoicesRequest } from "./voices-process.ts";

/** Seeds that no setting was tried on. */
const firstSeed = 9000;
const rooms = [
  { overlap: 0, echoS: 0.3, noiseDb: 20 },
  { overlap: 0.1, echoS: 0.4, noiseDb: 20 },
  { overlap: 0.2, echoS: 0.3, noiseDb: 20 },
  { overlap: 0.1, echoS: 0.4, noiseDb: 10 },
  { overlap: 0.2, echoS: 0.5, noiseDb: 10 },
] as const;
const minutes = 5;

function meetingsToMeasure(quick: boolean): readonly MeetingShape[] {
  const shapes = [2, 3, 4, 5, 6].flatMap((people) => rooms.map((room) => ({ people, minutes, ...room })));
  return shapes.map((shape, at) => ({ ...shape, seed: firstSeed + at })).filter((_, at) => !quick || at % 3 === 0);
}

interface MeetingScore {
  readonly rates: readonly [number, number];
  readonly people: number;
}

async function scoreMeeting(shape: MeetingShape, sessions: VoiceSessions) {
  const { samples, truth } = makeMeeting(shape);
  const heard = await hearVoices(sessions, { samples, isFirst: true, isLast: true });
  const windows = heard.map((window, index) => ({ ...window, index }));
  const told = (people: number | null): MeetingScore => {
    const { turns, people: found } = tellTurns(windows, { people, windowCount: windows.length });
    const spoken = turns.map(({ startMs, endMs, person }) => ({ startMs, endMs, who: person }));
    return {
      rates: [diarisationError(truth, spoken, 0).rate, diarisationError(truth, spoken, 250).rate],
      people: found,
    };
  };
  return { known: told(shape.people), unknown: told(null) };
}

export async function measureSpeakers(options: BenchOptions): Promise<Report> {
  const rows: Row[] = [];
  const skipped: Skipped[] = [];
  const notes: string[] = [
    "Error rates: synthetic voices through the true pipeline with stand-in models. They tell of the pipeline, nothing of real voices.",
  ];
  const wanted = (id: string): boolean => options.only.length === 0 || options.only.some((one) => id.startsWith(one));
  const add = (row: Omit<Row, "met" | "value">, value: number): void => {
    if (wanted(row.id)) rows.push(makeRow(row, value));
  };
  const percent = { unit: "%", aim: null, better: "lower" } as const;

  if (["der-known", "der-known-collar", "der-unknown", "der-unknown-collar", "counted"].some(wanted)) {
    const sessions = await loadVoices({ dir: await makeStandInVoices(join(cacheDir, "stand-in-voices")) });
    const shapes = meetingsToMeasure(options.quick);
    const scores: { known: MeetingScore; unknown: MeetingScore; shape: MeetingShape }[] = [];
    for (const shape of shapes) {
      const score = await scoreMeeting(shape, sessions);
      scores.push({ ...score, shape });
      const [known, unknown] = [score.known, score.unknown].map(({ rates }) => (100 * rates[0]).toFixed(1));
      options.progress(
        `${shape.people} people, overlap ${shape.overlap}, echo ${shape.echoS} s, noise ${shape.noiseDb} dB: ${known} % known, ${unknown} % unknown, ${score.unknown.people} found`,
      );
    }
    const mean = (of: (score: (typeof scores)[number]) => number) =>
      (100 * scores.reduce((sum, score) => sum + of(score), 0)) / scores.length;
    add(
      { id: "der-known", bar: 10, ...percent },
      mean(({ known }) => known.rates[0]),
    );
    add(
      { id: "der-known-collar", bar: 10, ...percent },
      mean(({ known }) => known.rates[1]),
    );
    add(
      { id: "der-unknown", bar: 15, ...percent },
      mean(({ unknown }) => unknown.rates[0]),
    );
    add(
      { id: "der-unknown-collar", bar: 15, ...percent },
      mean(({ unknown }) => unknown.rates[1]),
    );
    add(
      { id: "counted", unit: "%", bar: 80, aim: null, better: "higher" },
      mean(({ unknown, shape }) => Number(unknown.people === shape.people)),
    );
    notes.push(
      `der-*, counted: ${shapes.length} meetings of ${minutes} min, 2 to 6 people, overlap 0 to 20 %, echo, noise at 20 and 10 dB; means. Collars of 250 ms; overlap is scored.`,
    );
  }

  if (wanted("group-3h")) {
    // One voice or two in each of 2,160 windows.
    const { items, truth } = publishedEmbeddings({ people: 5, items: 3700, seed: 4 });
    const began = performance.now();
    const { groups, count } = groupVoices(items, { people: null });
    add({ id: "group-3h", unit: "s", bar: 5, aim: 2, better: "lower" }, (performance.now() - began) / 1000);
    const pairs = new Set(groups.map((group, at) => `${group} ${truth[at]}`));
    notes.push(
      `group-3h: 3,700 embeddings in the published shape, 5 people; ${count} found, ${pairs.size} pairs of group and person.`,
    );
  }

  if (["hour-share", "hour-processor-share", "memory-beyond", "memory-peak"].some(wanted)) {
    const modelDir = await makeRandomVoices(cacheDir);
    const ask = (length: number) => {
      options.progress(`random weights: ${length} min …`);
      const request: VoicesRequest = { modelDir, minutes: length, lanes: options.lanes ?? 2 };
      return askProcess<VoicesMeasured>("./speakers/voices-process.ts", request);
    };
    const [short, long] = options.quick ? [2, 6] : [5, 60];
    const few = await ask(short);
    const many = await ask(long);
    add({ id: "hour-share", bar: 5, ...percent, aim: 3 }, (100 * many.elapsedMs) / (long * 60_000));
    if (withoutProcessMemory === null)
      add(
        { id: "hour-processor-share", bar: null, ...percent },
        (100 * many.processorMs) / ((options.lanes ?? 2) * long * 60_000),
      );
    if (withoutProcessMemory !== null) skipped.push({ id: "memory", reason: withoutProcessMemory });
    else {
      const megabytes = (bytes: number) => bytes / 2 ** 20;
      add(
        { id: "memory-beyond", unit: "MB", bar: 50, aim: 20, better: "lower" },
        megabytes(many.peakBytes - few.peakBytes),
      );
      add({ id: "memory-peak", unit: "MB", bar: null, aim: null, better: "lower" }, megabytes(many.peakBytes));
    }
    notes.push(
      `hour-processor-share: the processor time of all processes over the time of so many cores, for a machine on which other work runs. hour-share: random weights of the published shapes, ${options.lanes ?? 2} processes of one thread, ${long} min in which somebody speaks all the time and every second is judged; loading and grouping included. memory-beyond: peak of main and the processes for ${long} min beyond that for ${short} min.`,
    );
  }
  return {
    suite: "speakers",
    date: new Date().toISOString().slice(0, 10),
    machine: describeMachine(),
    notes,
    rows,
    skipped,
  };
}
