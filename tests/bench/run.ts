// `npm run bench -- SUITE [--json FILE]`: measures, prints a table on stdout and progress on stderr. Bench only.
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { asTable, type Report } from "./report.ts";

export interface BenchOptions {
  readonly sizes: readonly string[];
  readonly minutes: number;
  readonly rounds: number;
  readonly threads: number;
  readonly progress: (line: string) => void;
}

/** Null for suites that come with the part that they measure. */
const suites: Readonly<Record<string, (() => Promise<(options: BenchOptions) => Promise<Report>>) | null>> = {
  transcription: async () => (await import("./transcription.ts")).measureTranscription,
  workspace: null,
  summaries: null,
  masking: null,
  speakers: null,
  store: null,
};

const usage = `npm run bench -- ${Object.keys(suites).join("|")} [--json FILE]
  --sizes tiny,base   shapes to measure (tiny, base, small); base carries the bar
  --minutes 3         minutes of sound
  --rounds 3          rounds, taken in turns; medians are reported
  --threads 2         threads of the stock pipeline; ours chooses by itself`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: "string" },
    sizes: { type: "string", default: "tiny,base" },
    minutes: { type: "string", default: "3" },
    rounds: { type: "string", default: "3" },
    threads: { type: "string", default: "2" },
    help: { type: "boolean" },
  },
});
const [name = ""] = positionals;
if (values.help === true || !Object.hasOwn(suites, name)) {
  process.stderr.write(`${usage}\n`);
  process.exit(values.help === true ? 0 : 2);
}
const load = suites[name];
if (load === null || load === undefined) {
  process.stderr.write(`The suite "${name}" is not there yet: it comes with the part that it measures.\n`);
  process.exit(1);
}

const measure = await load();
const report = await measure({
  sizes: values.sizes.split(","),
  minutes: Number(values.minutes),
  rounds: Number(values.rounds),
  threads: Number(values.threads),
  progress: (line) => process.stderr.write(`${line}\n`),
});
if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(report, null, 2)}\n`);
process.stdout.write(`${asTable(report)}\n`);
