// `npm run bench -- SUITE [--json FILE]`: measures, prints a table on stdout and progress on stderr. Bench only.
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import type { BenchOptions } from "./options.ts";
import { asTable, type Report } from "./report.ts";

/** Null for suites that come with the part that they measure. */
const suites: Readonly<Record<string, (() => Promise<(options: BenchOptions) => Promise<Report>>) | null>> = {
  transcription: async () => (await import("./transcription.ts")).measureTranscription,
  workspace: async () => (await import("./workspace/measure-workspace.ts")).measureWorkspace,
  summaries: async () => (await import("./summaries/measure-summaries.ts")).measureSummaries,
  masking: async () => (await import("./masking/measure-masking.ts")).measureMasking,
  speakers: async () => (await import("./speakers/measure-speakers.ts")).measureSpeakers,
  language: async () => (await import("./language/measure-language.ts")).measureLanguage,
  store: null,
};

const usage = `npm run bench -- ${Object.keys(suites).join("|")} [--json FILE]
  --sizes base,tiny,small  shapes to measure; base carries the bars
  --minutes 30             minutes of sound for base; tiny and small take a share of them
  --rounds 1               rounds of every opponent; ours runs before and after each, medians are reported
  --threads 2              threads of every system, in all its processes together
  --lanes N --batch N      our processes side by side, and windows decoded together in each; otherwise as ours chooses
  --quick                  3 minutes, base and tiny, and half an hour in place of three: for daily use
  --only ID,ID             only these rows
  --data DIR               for summaries and masking: a folder with meetings and gold answers, as in tests/fixtures/meetings, in sv/ and
                           sv-asr/ (as a recogniser gives them); otherwise the project's own.
                           For workspace: where the library of thousands is made, and found again the next time
  --whisper-cpp DIR        a build folder of whisper.cpp, with bin/whisper-cli`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: "string" },
    sizes: { type: "string" },
    minutes: { type: "string" },
    rounds: { type: "string", default: "1" },
    threads: { type: "string", default: "2" },
    lanes: { type: "string" },
    batch: { type: "string" },
    quick: { type: "boolean", default: false },
    only: { type: "string", default: "" },
    "whisper-cpp": { type: "string" },
    data: { type: "string" },
    help: { type: "boolean" },
  },
});

function refuse(sentence: string, exitCode: number): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(exitCode);
}

function count(name: string, value: string): number {
  const number = Number(value);
  return number > 0 && Number.isFinite(number) ? number : refuse(`--${name} wants a number above 0`, 2);
}

const [name = ""] = positionals;
if (values.help === true || !Object.hasOwn(suites, name)) refuse(usage, values.help === true ? 0 : 2);
const load = suites[name];
if (load === null || load === undefined) {
  refuse(`The suite "${name}" is not there yet: it comes with the part that it measures.`, 1);
}

const list = (value: string): readonly string[] => value.split(",").filter((part) => part !== "");
const measure = await load();
const report = await measure({
  sizes: list(values.sizes ?? (values.quick ? "base,tiny" : "base,tiny,small")),
  minutes: count("minutes", values.minutes ?? (values.quick ? "3" : "30")),
  rounds: count("rounds", values.rounds),
  threads: count("threads", values.threads),
  lanes: values.lanes === undefined ? null : count("lanes", values.lanes),
  batch: values.batch === undefined ? null : count("batch", values.batch),
  quick: values.quick,
  only: list(values.only),
  whisperCpp: values["whisper-cpp"] ?? null,
  data: values.data ?? null,
  progress: (line) => process.stderr.write(`${line}\n`),
});
if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(report, null, 2)}\n`);
process.stdout.write(`${asTable(report)}\n`);
if (report.skipped.some(({ failed }) => failed === true)) process.exitCode = 1;
