// What every reader of transcripts finds, and how it becomes a transcript/1. Runs anywhere.
import type { Segment, Speaker, Transcript } from "../formats.ts";
import { guessLanguage } from "./guess-language.ts";

/** Something said, as a file tells it: who and when only where the file says so. */
export interface SpokenLine {
  readonly text: string;
  readonly speaker?: string;
  readonly startMs?: number;
  readonly endMs?: number;
}

/** Pace of unhurried Swedish speech, letters and spaces a second: about 150 words a minute. */
const charactersPerSecond = 15;

/** Longer turns are cut at sentences, so that a citation points at a passage and not at a page. */
const segmentMaxCharacters = 280;

/** Lines in the order of the file. Times that the file lacks are spread by the length of the text. */
export function buildTranscript(
  lines: readonly SpokenLine[],
  about: Pick<Transcript, "title" | "recordedAt"> = {},
): Transcript {
  const speakers = new Map<string, Speaker>();
  const segments: Segment[] = [];
  let clockMs = 0;
  for (const [at, line] of lines.entries()) {
    const speaker = line.speaker === undefined ? undefined : speakerOf(line.speaker, speakers);
    const startMs = line.startMs ?? clockMs;
    const spokenMs = Math.max(1, Math.round((line.text.length / charactersPerSecond) * 1000));
    const nextMs = lines[at + 1]?.startMs;
    const guessedEndMs = nextMs === undefined || nextMs <= startMs ? startMs + spokenMs : nextMs;
    const endMs = line.endMs !== undefined && line.endMs >= startMs ? line.endMs : guessedEndMs;
    const pieces = cutText(line.text);
    const total = pieces.reduce((sum, piece) => sum + piece.length, 0);
    let passed = 0;
    for (const text of pieces) {
      const pieceStartMs = startMs + Math.round(((endMs - startMs) * passed) / total);
      passed += text.length;
      segments.push({
        id: `s${segments.length + 1}`,
        startMs: pieceStartMs,
        endMs: startMs + Math.round(((endMs - startMs) * passed) / total),
        ...(speaker === undefined ? {} : { speaker: speaker.id }),
        text,
        ...(line.startMs === undefined || pieces.length > 1 ? { timing: "spread" as const } : {}),
      });
    }
    clockMs = endMs;
  }
  return {
    lyssna: "transcript/1",
    ...about,
    language: guessLanguage(segments),
    durationMs: segments.reduce((latest, { endMs }) => Math.max(latest, endMs), 0),
    speakers: [...speakers.values()],
    segments,
  };
}

/** "Anna (klient)" is a name and a role. Ids are A, B … Z, A2, B2 … in the order in which people speak. */
function speakerOf(label: string, speakers: Map<string, Speaker>): Speaker {
  const known = speakers.get(label);
  if (known !== undefined) return known;
  const round = Math.floor(speakers.size / 26);
  const id = String.fromCodePoint(65 + (speakers.size % 26)) + (round === 0 ? "" : String(round + 1));
  const [, name, role] = /^([^()]+?)\s*\(([^()]+)\)$/u.exec(label) ?? [];
  const speaker: Speaker = name === undefined || role === undefined ? { id, name: label } : { id, name, role };
  speakers.set(label, speaker);
  return speaker;
}

const sentences = new Intl.Segmenter("sv", { granularity: "sentence" });

/** Whole sentences, together up to the limit. A single sentence is never cut. */
function cutText(text: string): readonly string[] {
  if (text.length <= segmentMaxCharacters) return [text];
  const pieces: string[] = [];
  let piece = "";
  for (const { segment } of sentences.segment(text)) {
    if (piece !== "" && piece.length + segment.length > segmentMaxCharacters) {
      pieces.push(piece.trim());
      piece = "";
    }
    piece += segment;
  }
  pieces.push(piece.trim());
  return pieces.filter((part) => part !== "");
}
