// The talk as a model reads it: quoted line by line, cut into pieces that it can read at once. Runs in main and the command line.
import { LyssnaError } from "../../errors.ts";
import type { Summary, Template, TemplateSection, Transcript } from "../../formats.ts";
import type { TextModel } from "../../inference/language-protocol.ts";
import { type TalkLine, talkLines } from "./lines.ts";
import { cutIntoPieces } from "./pieces.ts";
import { prompt } from "./prompts.ts";
import { foundUnder, mostOf, sectionTask } from "./section-task.ts";

/** Of the context, for an answer. */
const answerShare = 0.25;
const answerMost = 1200;
/** What a model's own way of marking who speaks takes. */
export const chatTokens = 96;
/** Less than this for the talk itself would be a word at a time. */
const leastRoom = 256;

/** All that the model is to read, cut to what it can read at once. */
export interface Talk {
  readonly language: string;
  readonly system: string;
  readonly lines: readonly TalkLine[];
  /** Marks by the segments they stand for. */
  readonly markOf: ReadonlyMap<string, string>;
  readonly segmentOf: ReadonlyMap<string, string>;
  readonly pieces: readonly { readonly shared: string; readonly marks: readonly string[] }[];
  /** Headings for a model, in the template's order: a person's own are not among them. */
  readonly headings: readonly TemplateSection[];
  readonly template: Template;
  readonly builtIn: Summary;
  readonly answerTokens: number;
}

export interface TalkOptions {
  readonly signal: AbortSignal;
  /** The one heading that is to be written; all of them where it is left out. */
  readonly only?: string;
}

/** Throws prompt-too-long for a model that has no room even for one line. */
export async function readTalk(
  transcripts: readonly Transcript[],
  template: Template,
  builtIn: Summary,
  model: TextModel,
  { signal, only }: TalkOptions,
): Promise<Talk> {
  const { language } = builtIn;
  const system = prompt("system", language);
  const lines = talkLines(transcripts);
  const markOf = new Map(lines.map(({ mark, segment }) => [segment, mark]));
  const headings = template.sections.filter(({ id, kind }) => kind !== "manual" && (only === undefined || id === only));
  const answerTokens = Math.min(answerMost, Math.floor(model.contextTokens * answerShare));
  // The longest that is said beside the lines: what the built-in engine found under a heading is part of it.
  const tasks = headings.map((section) =>
    sectionTask(section, foundUnder(builtIn, section.id, markOf), mostOf(section), language),
  );
  const frame = prompt("piece", language, { part: "99", parts: "99", lines: "" });
  const counts = await model.countTokens([...lines.map(({ text }) => text), system, frame, ...tasks], signal);
  const [systemTokens = 0, frameTokens = 0, ...taskTokens] = counts.slice(lines.length);
  const around = systemTokens + frameTokens + Math.max(0, ...taskTokens) + chatTokens + answerTokens;
  const room = model.contextTokens - around;
  if (room < leastRoom)
    throw new LyssnaError("prompt-too-long", { tokens: around + leastRoom, most: model.contextTokens });
  const pieces = cutIntoPieces(lines, counts, room);
  return {
    language,
    system,
    lines,
    markOf,
    segmentOf: new Map(lines.map(({ mark, segment }) => [mark, segment])),
    pieces: pieces.map((piece, at) => ({
      shared: prompt("piece", language, {
        part: String(at + 1),
        parts: String(pieces.length),
        lines: piece.lines.map(({ text }) => text).join("\n"),
      }),
      marks: [...new Set(piece.lines.map(({ mark }) => mark))],
    })),
    headings,
    template,
    builtIn,
    answerTokens,
  };
}
