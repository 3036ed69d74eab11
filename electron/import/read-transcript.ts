// Reads a transcript from any file that people have one in. Runs in main and the command line.
import { basename, extname } from "node:path";
import { LyssnaError } from "../errors.ts";
import type { Transcript } from "../formats.ts";
import { readBounded } from "../read-bounded.ts";
import type { Reason } from "../reasons.ts";
import { decodeText } from "./decode-text.ts";
import { hasCues, parseCues } from "./parse-cues.ts";
import { parseText } from "./parse-text.ts";
import { parseTranscriptJson } from "./parse-transcript-json.ts";
import { readDocx } from "./read-docx.ts";
import { buildTranscript } from "./spoken-line.ts";
import { headDate } from "./head-date.ts";

export const transcriptEndings = [".json", ".vtt", ".srt", ".txt", ".docx"] as const;
type Ending = (typeof transcriptEndings)[number];

/** Ten hours of speech are about 1 MB of text; with the times of every word about 40 MB of JSON. */
const maxBytes: Readonly<Record<Ending, number>> = {
  ".json": 128 * 1024 * 1024,
  ".vtt": 16 * 1024 * 1024,
  ".srt": 16 * 1024 * 1024,
  ".txt": 16 * 1024 * 1024,
  ".docx": 64 * 1024 * 1024,
};

/**
 * transcript/1 (.json), WebVTT (.vtt), SubRip (.srt), text with names, times, both or neither (.txt), and Word (.docx).
 * Segments whose times the file does not tell are marked `timing: "spread"`.
 * Throws file-not-found, file-unreadable, file-empty, or transcript-invalid with the reason.
 */
export async function readTranscript(path: string): Promise<Transcript> {
  const file = basename(path);
  const ending = extname(path).toLowerCase();
  if (!isEnding(ending)) throw invalid(file, "unknown-ending");
  const bytes = await readBounded(path, maxBytes[ending], invalid(file, "too-large"));
  if (ending === ".docx") return textTranscript(await readDocx(bytes, file), file);
  const text = decodeText(bytes, file);
  if (ending === ".json") return parseTranscriptJson(text, file);
  if (/^\s*WEBVTT(?:\s|$)/u.test(text)) return buildTranscript(parseCues(text));
  if (hasCues(text)) return nonEmpty(buildTranscript(parseCues(text)), file);
  if (ending === ".txt") return textTranscript(text, file);
  throw invalid(file, "no-cues");
}

function textTranscript(text: string, file: string): Transcript {
  const { lines, head } = parseText(text);
  const [title] = head;
  const recordedAt = headDate(head);
  const about = { ...(title === undefined ? {} : { title }), ...(recordedAt === null ? {} : { recordedAt }) };
  return nonEmpty(buildTranscript(lines, about), file);
}

function nonEmpty(transcript: Transcript, file: string): Transcript {
  if (transcript.segments.length === 0) throw invalid(file, "no-text");
  return transcript;
}

const isEnding = (ending: string): ending is Ending => (transcriptEndings as readonly string[]).includes(ending);

const invalid = (file: string, reason: Reason) => new LyssnaError("transcript-invalid", { file, reason });
