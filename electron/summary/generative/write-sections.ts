// A model writes the headings: each of every piece, then the pieces of each heading together. Runs in main and the command line.
import type { SummarySection, TemplateSection } from "../../formats.ts";
import type { TextModel } from "../../inference/language-protocol.ts";
import { answerSchema, type Note, readNotes } from "./answers.ts";
import { groupNotes } from "./group-notes.ts";
import { quoted } from "./lines.ts";
import { prompt } from "./prompts.ts";
import { chatTokens, type Talk } from "./read-talk.ts";
import { foundUnder, mostOf, sectionTask } from "./section-task.ts";
import { toItem } from "./to-item.ts";

/** Shares of the work, before anybody has measured it. */
const [mapShare, mergeShare] = [0.8, 0.1];

export interface WriteOptions {
  readonly signal: AbortSignal;
  /** 0 to 1. */
  readonly report: (fraction: number) => void;
  /** The headings as far as they have come, unchecked. */
  readonly onDraft?: (sections: readonly SummarySection[]) => void;
}

/** Every heading of every piece, then the pieces of each heading together. */
export async function writeSections(talk: Talk, model: TextModel, options: WriteOptions): Promise<SummarySection[]> {
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
  options: WriteOptions,
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
    // Notes that point nowhere have nothing to be put together by.
    if (marks.length === 0) {
      merged.push(...group);
      continue;
    }
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
  `${marks.join(", ") || "–"}: ${quoted([text, who, when].filter((part) => part !== undefined).join(" · "))}`;

function toSections({ template, segmentOf }: Talk, notes: ReadonlyMap<string, readonly Note[]>): SummarySection[] {
  return template.sections.map(({ id, heading, kind }): SummarySection => {
    if (kind === "manual") return { id, heading, kind, state: "left-to-person", items: [] };
    const items = (notes.get(id) ?? []).map((note) => toItem(note, segmentOf));
    return { id, heading, kind, state: items.length === 0 ? "not-mentioned" : "filled", items };
  });
}
