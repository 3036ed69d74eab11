// `npm run demo`: the main job without a window. The demonstration recording goes through the real path (ffmpeg, voice
// activity, Whisper, summary by template), then the bundled example meeting through a longer summary.
// Progress on stderr, transcript and summaries on stdout, documents in out/demo. Build time only.
import { mkdir, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { errorSentence, exitCodeOf, toErrorData } from "../electron/errors.ts";
import { exportDocument, exportText } from "../electron/export/export-document.ts";
import type { Summary, Template, Transcript } from "../electron/formats.ts";
import { loadExampleMeeting } from "../electron/import/example-meeting.ts";
import { createInference } from "../electron/inference/client.ts";
import { startNodeInference } from "../electron/inference/node-port.ts";
import { findFfmpeg } from "../electron/pipeline/ffmpeg.ts";
import { transcribeFile } from "../electron/pipeline/pipeline.ts";
import { summarise } from "../electron/summary/summarise.ts";
import { loadBuiltInTemplates } from "../electron/summary/templates.ts";
import { makeDemonstrationModel } from "../models/demonstration/make-model.ts";
import { demonstrationScript, makeDemonstrationRecording } from "../models/demonstration/recording.ts";
import { showProgress } from "./show-progress.ts";
import { wordErrorRate } from "../tests/word-error-rate.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const cacheDir = join(root, ".cache", "demonstration");
const outDir = join(root, "out", "demo");
/** What the demonstration must reach; more means that something in the path is broken. */
const largestWordErrorRate = 0.05;

const say = (line = "") => process.stderr.write(`${line}\n`);
const print = (text: string) => process.stdout.write(`${text.trimEnd()}\n\n`);

async function demonstrate(signal: AbortSignal): Promise<void> {
  const startMs = performance.now();
  await mkdir(outDir, { recursive: true });
  await mkdir(cacheDir, { recursive: true });

  say("Making the demonstration speech model and its recording …");
  const modelDir = join(cacheDir, "model");
  await makeDemonstrationModel(modelDir);
  const recordingPath = join(outDir, "demonstration.wav");
  await makeDemonstrationRecording(recordingPath);

  const transcript = await transcribeRecording(recordingPath, modelDir, signal);
  print(exportText({ kind: "transcript", transcript }, "txt", "sv"));
  const heard = transcript.segments.map((segment) => segment.text).join(" ");
  const rate = wordErrorRate(demonstrationScript(), heard);
  print(`Word error rate against what the recording says: ${(rate * 100).toFixed(1)} %`);

  const templates = await loadBuiltInTemplates();
  await summariseAndWrite("demonstration", transcript, templateOf(templates, "minnesanteckningar"));

  say("The bundled example meeting (an invented transcript of about twenty minutes) …");
  await summariseAndWrite("example-meeting", await loadExampleMeeting(), templateOf(templates, "uppfoljning"));

  say(`Documents: ${relative(process.cwd(), outDir)}`);
  say(`Done in ${((performance.now() - startMs) / 1000).toFixed(0)} s. Nothing left this machine.`);
  if (rate > largestWordErrorRate) {
    say("The transcript does not say what the recording says: something in the path is broken.");
    process.exitCode = 1;
  }
}

async function transcribeRecording(path: string, modelDir: string, signal: AbortSignal): Promise<Transcript> {
  const ffmpeg = await findFfmpeg({ env: process.env });
  say(`ffmpeg ${ffmpeg.version} (${ffmpeg.source})`);
  if (ffmpeg.warning)
    say("This ffmpeg is an old one from npm, good enough to try things out. Install ffmpeg 5 or later.");
  const inference = createInference(startNodeInference());
  const progress = showProgress(process.stderr);
  try {
    const work = { signal, report: progress.report };
    return await transcribeFile({ path, modelDir, language: "sv", ffmpeg, inference }, work);
  } finally {
    progress.end();
    inference.close();
  }
}

async function summariseAndWrite(name: string, transcript: Transcript, template: Template): Promise<void> {
  const summary = summarise([transcript], template);
  const input = { kind: "summary", summary, transcript } as const;
  print(exportText(input, "txt", "sv"));
  print(describeCitations(summary));
  for (const format of ["md", "docx", "json"] as const) {
    await writeFile(join(outDir, `${name}.summary.${format}`), await exportDocument(input, format, "sv"));
  }
  for (const format of ["json", "vtt"] as const) {
    const bytes = await exportDocument({ kind: "transcript", transcript }, format, "sv");
    await writeFile(join(outDir, `${name}.transcript.${format}`), bytes);
  }
}

function describeCitations(summary: Summary): string {
  const items = summary.sections.flatMap((section) => section.items);
  const cited = items.filter((item) => item.segments.length > 0);
  const supported = items.filter((item) => item.support === "supported");
  return `${items.length} lines, ${cited.length} cite what was said, ${supported.length} fully supported by it`;
}

function templateOf(templates: readonly Template[], id: string): Template {
  const template = templates.find((one) => one.id === id);
  if (template === undefined) throw new Error(`the template ${id} is missing`);
  return template;
}

const controller = new AbortController();
process.once("SIGINT", () => controller.abort());
try {
  await demonstrate(controller.signal);
} catch (error) {
  const data = toErrorData(error);
  say(errorSentence(data, "en"));
  if (data.code === "unexpected") say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = exitCodeOf(data.code);
}
