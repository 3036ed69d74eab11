// A summary by a language model, in this order: the built-in engine ▶ the talk in pieces ▶ each piece, heading by heading ▶
// the headings put together ▶ the check ▶ once more what did not hold ▶ what was left out. Runs in main and the command line;
// the model is in another process, judging in a worker thread.
import { LyssnaError } from "../../errors.ts";
import type { Summary, SummarySection, Template, TemplateSection, Transcript } from "../../formats.ts";
import type { TextModel } from "../../inference/language-protocol.ts";
import { checkInWorker, completeInWorker, summariseInWorker } from "../run-summary.ts";
import { answerSchema, type Note, readNotes } from "./answers.ts";
import { type KeptAnswers, keepNoAnswers, remembering } from "./ask-model.ts";
import { quoted, type TalkLine, talkLines } from "./lines.ts";
import { groupNotes } from "./group-notes.ts";
import { cutIntoPieces } from "./pieces.ts";
import { prompt } from "./prompts.ts";
import { foundUnder, mostOf, sectionTask } from "./section-task.ts";
import { toItem } from "./to-item.ts";
import { tryAgain } from "./try-again.ts";

export interface GenerateOptions {
  /** As it stands in the summary. */
  readonly engine: { readonly id: string; readonly version: string };
  /** What becomes of a sentence that the check does not find supported: it stays and is marked, or the built-in one stands. */
  readonly whenUnsupported: "mark" | "built-in";
  readonly signal: AbortSignal;
  /** 0 to 1. */
  readonly report: (fraction: number) => void;
  /** The headings as far as they have come, unchecked. */
  readonly onDraft?: (sections: readonly SummarySection[]) => void;
  readonly kept?: KeptAnswers;
  readonly date?: string;
}

/** Shares of the work, before anybody has measured it. */
const [mapShare, mergeShare] = [0.8, 0.1];
/** Of the context, for an answer. */
const answerShare = 0.25;
const answerMost = 1200;

/**
 * The summary of one or several transcripts by a model. Throws what the built-in engine throws, prompt-too-long for a model
 * that has no room even for one line, and what the model throws.
 */
export async function generateSummary(
  transcripts: readonly Transcript[],
  template: Template,
  loaded: TextModel,
  options: GenerateOptions,
): Promise<Summary> {
  const { signal, engine } = options;
  const builtIn = await summariseInWorker(transcripts, template, {
    signal,
    ...(options.date === undefined ? {} : { date: options.date }),
  });
  if (template.refusesContent === true) return builtIn;
  const model = remembering(loaded, options.kept ?? keepNoAnswers, `${engine.id} ${engine.version}`);
  const talk = await readTalk(transcripts, template, builtIn, model, options);
  const made: Summary = {
    ...builtIn,
    engine,
    sections: await writeSections(talk, model, options),
    unplaced: [],
  };
  const checked = await checkInWorker(made, transcripts, { signal });
  const settled = await tryAgain(checked, { builtIn, talk, model, transcripts, ...options });
  const summary = await completeInWorker({ builtIn, made: settled }, transcripts, { signal });
  options.report(1);
  return summary;
}

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

async function readTalk(
  transcripts: readonly Transcript[],
  template: Template,
  builtIn: Summary,
  model: TextModel,
  { signal }: GenerateOptions,
): Promise<Talk> {
  const { language } = builtIn;
  const system = prompt("system", language);
  const lines = talkLines(transcripts);
  const markOf = new Map(lines.map(({ mark, segment }) => [segment, mark]));
  const headings = template.sections.filter(({ kind }) => kind !== "manual");
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

/** What a model's own way of marking who speaks takes. */
const chatTokens = 96;
/** Less than this for the talk itself would be a word at a time. */
const leastRoom = 256;

/** Every heading of every piece, then the pieces of each heading together. */
async function writeSections(talk: Talk, model: TextModel, options: GenerateOptions): Promise<SummarySection[]> {
  const { headings, pieces } = talk;
  const notes = new Map<string, Note[]>(headings.map(({ id }) => [id, []]));
  const show = () => options.onDraft?.(toSections(talk, notes));
  const calls = headings.length * pieces.length;
  let done = 0;
  for (const { shared, marks } of pieces) {
    const scope = new Set(marks);
    const inScope = new Map([...talk.markOf].filter(([, mark]) => scope.has(mark)));
    // Piece by piece, so that its lines are read once and every heading goes on from there.
    for (const section of headings) {
      const found = foundUnder(talk.builtIn, section.id, inScope);
      const most = mostOf(section);
      const request = {
        system: talk.system,
        shared,
        task: sectionTask(section, found, most, talk.language),
        schema: answerSchema(marks, section.kind, most),
        maxTokens: talk.answerTokens,
      };
      const before = notes.get(section.id) ?? [];
      const take = (text: string, isWhole: boolean) =>
        notes.set(section.id, [...before, ...readNotes({ text, isWhole }, scope, most)]);
      const answer = await model.answer(request, {
        signal: options.signal,
        onText: (text) => {
          take(text, false);
          show();
        },
      });
      take(answer.text, answer.isWhole);
      show();
      done += 1;
      options.report((mapShare * done) / Math.max(1, calls));
    }
  }
  if (pieces.length > 1) {
    for (const [at, section] of headings.entries()) {
      notes.set(section.id, [...(await merge(section, notes.get(section.id) ?? [], talk, model, options))]);
      show();
      options.report(mapShare + (mergeShare * (at + 1)) / headings.length);
    }
  }
  return toSections(talk, notes);
}

/** The notes of a heading as one. Too many for one reading are put together in groups first, and then those. */
async function merge(
  section: TemplateSection,
  notes: readonly Note[],
  talk: Talk,
  model: TextModel,
  options: GenerateOptions,
): Promise<readonly Note[]> {
  const most = mostOf(section);
  if (notes.length <= 1) return notes;
  const task = sectionTask(section, [], most, talk.language);
  const frame = prompt("merge", talk.language, { notes: "" });
  const texts = notes.map(noteLine);
  const counts = await model.countTokens([...texts, talk.system, frame, task], options.signal);
  const around = counts.slice(texts.length).reduce((sum, count) => sum + count, chatTokens + talk.answerTokens);
  const groups = groupNotes(notes, counts, model.contextTokens - around);
  const merged: Note[] = [];
  for (const group of groups) {
    const marks = [...new Set(group.flatMap((note) => note.marks))];
    const answer = await model.answer(
      {
        system: talk.system,
        shared: prompt("merge", talk.language, { notes: group.map(noteLine).join("\n") }),
        task,
        schema: answerSchema(marks, section.kind, most),
        maxTokens: talk.answerTokens,
      },
      { signal: options.signal },
    );
    merged.push(...readNotes(answer, new Set(marks), most));
  }
  // Fewer each time, so that it ends: a model that puts nothing together leaves the notes as they are.
  if (groups.length === 1) return merged.length === 0 ? notes.slice(0, most) : merged;
  return merged.length < notes.length ? merge(section, merged, talk, model, options) : merged.slice(0, most);
}

const noteLine = ({ marks, text, who, when }: Note): string =>
  `${marks.join(", ")}: ${quoted([text, who, when].filter((part) => part !== undefined).join(" · "))}`;

function toSections({ template, segmentOf }: Talk, notes: ReadonlyMap<string, readonly Note[]>): SummarySection[] {
  return template.sections.map(({ id, heading, kind }): SummarySection => {
    if (kind === "manual") return { id, heading, kind, state: "left-to-person", items: [] };
    const items = (notes.get(id) ?? []).map((note) => toItem(note, segmentOf));
    return { id, heading, kind, state: items.length === 0 ? "not-mentioned" : "filled", items };
  });
}
