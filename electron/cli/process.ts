// lyssna process FILE…: the main job. Each file becomes a transcript, a summary and documents in one folder.
// A file that fails says why, and the others go on. Runs in the command line.
import { mkdir } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { type ExportFormat, exportFormats } from "../contract.ts";
import { errorSentence, exitCodeOf, LyssnaError, toErrorData } from "../errors.ts";
import { hasDatedActions } from "../export/dated-actions.ts";
import { exportDocument } from "../export/export-document.ts";
import { type WholeFile, writeAllWhole } from "../export/write-whole.ts";
import type { Summary, Template, Transcript } from "../formats.ts";
import { readTranscript, transcriptEndings } from "../import/read-transcript.ts";
import { oneOf, parseCommand, required, usageError } from "./arguments.ts";
import { chooseTemplate } from "./choose-template.ts";
import { allowFormats } from "./policy.ts";
import { glossaryOptions, openGlossary } from "./glossary.ts";
import { type Hearing, hearingOptions, isSilent, openHearing } from "./hear-file.ts";
import { type MeetingFolder, openMeetingFolder } from "./meeting-folder.ts";
import { folderOptions } from "./open-folder.ts";
import { openSummariser, type Summariser } from "./summarise-with.ts";
import type { Terminal } from "./terminal.ts";
import { refuseOwnInput } from "./write-result.ts";

/** Answers the exit code of the first file that failed, or 0. */
export async function processFiles(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseCommand(args, {
    ...hearingOptions,
    ...glossaryOptions,
    template: { type: "string" },
    engine: { type: "string", default: "builtin" },
    out: { type: "string" },
    formats: { type: "string", default: "json,md,docx,vtt" },
    ...folderOptions,
  });
  if (positionals.length === 0) throw usageError("file-expected");
  const out = required("--out", values.out);
  const formats = values.formats.split(",").map((format) => oneOf("--formats", format.trim(), exportFormats));
  allowFormats(terminal, formats);
  const engine = await openSummariser(values.engine, terminal);
  const template = await chooseTemplate(required("--template", values.template), terminal.policy);

  const useGlossary = await openGlossary(values, terminal);

  const needsHearing = template.refusesContent !== true && !positionals.every(isTranscript);
  const hearing = needsHearing ? await openHearing(values, terminal) : null;
  let folder: MeetingFolder | null = null;
  let exitCode = 0;
  try {
    folder = await openMeetingFolder(values, terminal);
    const names = outputNames(positionals);
    for (const [at, path] of positionals.entries()) {
      try {
        const made =
          template.refusesContent === true
            ? unread(path, template, terminal)
            : await summed(path, useGlossary(await readOrHear(path, hearing), path), template, engine, terminal);
        await writeDocuments(made, join(out, names[at] ?? basename(path)), formats, path, terminal);
        if (folder !== null) {
          await folder.save(made.transcript, made.summary);
          terminal.note("stored", { file: basename(path), folder: values.data ?? "" });
        }
      } catch (error) {
        const data = toErrorData(error);
        if (terminal.signal.aborted || ["no-room", "usage", "unexpected"].includes(data.code)) throw error;
        terminal.stderr.write(`${errorSentence(data, terminal.language)}\n`);
        if (exitCode === 0) exitCode = exitCodeOf(data.code);
      }
    }
  } finally {
    hearing?.close();
    engine.close();
    await folder?.close();
  }
  return exitCode;
}

const isTranscript = (path: string): boolean =>
  (transcriptEndings as readonly string[]).includes(extname(path).toLowerCase());

const readOrHear = (path: string, hearing: Hearing | null): Promise<Transcript> =>
  hearing === null || isTranscript(path) ? readTranscript(path) : hearing.hear(path);

interface Made {
  readonly transcript: Transcript;
  /** Null where nothing was said. */
  readonly summary: Summary | null;
  /** False for a template that keeps nothing of what was said. */
  readonly keepsTranscript: boolean;
}

async function summed(
  path: string,
  transcript: Transcript,
  template: Template,
  engine: Summariser,
  terminal: Terminal,
): Promise<Made> {
  if (isSilent(transcript)) {
    terminal.note("noSpeech", { file: basename(path) });
    return { transcript, summary: null, keepsTranscript: true };
  }
  return { transcript, summary: await engine.summarise([transcript], template), keepsTranscript: true };
}

/** Headings for the person alone: the file is not opened at all. */
function unread(path: string, template: Template, terminal: Terminal): Made {
  const file = basename(path);
  terminal.note("refusesContent", { template: template.title, file });
  const transcript: Transcript = {
    lyssna: "transcript/1",
    title: basename(path, extname(path)),
    language: template.language,
    durationMs: 0,
    speakers: [],
    segments: [],
  };
  const sections = template.sections.map(({ id, heading }) => ({
    id,
    heading,
    state: "left-to-person" as const,
    items: [],
  }));
  const { id, version, title } = template;
  const engine = { id: "builtin", version: terminal.version };
  const summary: Summary = {
    lyssna: "summary/1",
    template: { id, version, title },
    engine,
    language: template.language,
    sections,
    unplaced: [],
  };
  return { transcript, summary, keepsTranscript: false };
}

async function writeDocuments(
  { transcript, summary, keepsTranscript }: Made,
  stem: string,
  formats: readonly ExportFormat[],
  source: string,
  terminal: Terminal,
): Promise<void> {
  const ofTranscript = { kind: "transcript", transcript } as const;
  const ofSummary = summary === null ? null : ({ kind: "summary", summary, transcript } as const);
  const documents: WholeFile[] = [];
  const add = async (
    input: typeof ofTranscript | NonNullable<typeof ofSummary>,
    format: ExportFormat,
    path: string,
  ) => {
    documents.push({ path, bytes: await exportDocument(input, format, terminal.language) });
  };
  for (const format of new Set(formats)) {
    const isSubtitle = format === "vtt" || format === "srt";
    if (format === "json" || isSubtitle) {
      const path = isSubtitle ? `${stem}.${format}` : `${stem}.transcript.json`;
      if (keepsTranscript) await add(ofTranscript, format, path);
    }
    if (ofSummary !== null && format === "ics" && !hasDatedActions(ofSummary.summary)) {
      terminal.note("noDates", { file: basename(source) });
    } else if (ofSummary !== null && !isSubtitle) {
      await add(ofSummary, format, format === "json" ? `${stem}.summary.json` : `${stem}.${format}`);
    }
  }
  if (documents.length === 0 && keepsTranscript) await add(ofTranscript, "json", `${stem}.transcript.json`);
  for (const { path } of documents) await refuseOwnInput(path, [source]);
  await makeFolder(stem);
  if (terminal.signal.aborted) throw new LyssnaError("cancelled");
  await writeAllWhole(documents);
}

async function makeFolder(stem: string): Promise<void> {
  const dir = join(stem, "..");
  await mkdir(dir, { recursive: true }).catch((error: unknown) => {
    throw toErrorData(error).code === "no-room" ? error : new LyssnaError("cannot-write", { file: dir });
  });
}

/** The files' own names without their endings; of two that would meet, the later gets a number. */
export function outputNames(paths: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return paths.map((path) => {
    const stem = basename(path, extname(path));
    let name = stem;
    for (let number = 2; taken.has(name.toLowerCase()); number += 1) name = `${stem}-${number}`;
    taken.add(name.toLowerCase());
    return name;
  });
}
