// One heading of a summary by a model: written anew from the talk, or the sentences that stand there shorter, plainer or more
// formal. Checked like everything that a model writes. Runs in main and the command line; judging in a worker thread.
import { LyssnaError } from "../../errors.ts";
import type { Summary, SummarySection, Template, Transcript } from "../../formats.ts";
import type { TextModel } from "../../inference/language-protocol.ts";
import { checkInWorker, completeInWorker, summariseInWorker } from "../run-summary.ts";
import { answerSchema, type Note, readNotes } from "./answers.ts";
import { groupNotes } from "./group-notes.ts";
import { quoted } from "./lines.ts";
import { prompt } from "./prompts.ts";
import { chatTokens, readTalk, type Talk } from "./read-talk.ts";
import type { RewriteWay } from "../../rewrite-ways.ts";
import { wordingOf } from "./section-task.ts";
import { toItem } from "./to-item.ts";
import { tryAgain } from "./try-again.ts";
import { type WriteOptions, writeSections } from "./write-sections.ts";

export interface RewriteOptions extends WriteOptions {
  readonly whenUnsupported: "mark" | "built-in";
  /** As it stands in the summary; kept with the heading too. */
  readonly engine: { readonly id: string; readonly version: string };
}

export interface Rewritten {
  readonly section: SummarySection;
  /** What stood there, or what the built-in engine found, and the model left out. Nothing where it was asked to be short. */
  readonly leftOut: Summary["unplaced"];
}

/**
 * The heading as the model writes it. The other headings, and a person's own sentences, are not touched.
 * @param template what the summary was made with; only its heading of that id is used
 * Throws not-found, rewrite-empty for a model that gives nothing, prompt-too-long, and what the model throws.
 */
export async function rewriteSection(
  summary: Summary,
  sectionId: string,
  way: RewriteWay,
  {
    transcripts,
    template,
    model,
    ...options
  }: RewriteOptions & {
    readonly transcripts: readonly Transcript[];
    readonly template: Template;
    readonly model: TextModel;
  },
): Promise<Rewritten> {
  const { signal, engine } = options;
  const standing = summary.sections.find(({ id }) => id === sectionId);
  if (standing === undefined || standing.kind === "manual") throw new LyssnaError("not-found");
  const before: Summary =
    way === "again"
      ? await summariseInWorker(transcripts, template, { signal })
      : { ...summary, sections: [withoutOwn(standing)], unplaced: [] };
  const { kind = "bullets", heading } = standing;
  const outline: Template = way === "again" ? template : { ...template, sections: [{ id: sectionId, heading, kind }] };
  const talk = await readTalk(transcripts, outline, before, model, { signal, only: sectionId });
  const written =
    way === "again"
      ? await writeSections(talk, model, options)
      : [await inOtherWords(withoutOwn(standing), way, talk, model, options)];
  const section = written.find(({ id }) => id === sectionId);
  if (section === undefined || section.items.length === 0) throw new LyssnaError("rewrite-empty", { heading });
  const builtIn: Summary = {
    ...before,
    sections: before.sections.filter(({ id }) => id === sectionId),
    unplaced: [],
  };
  const made: Summary = { ...before, engine, sections: [section], unplaced: [] };
  const checked = await checkInWorker(made, transcripts, { signal });
  const settled = await tryAgain(checked, { builtIn, talk, model, transcripts, ...options });
  const complete = await completeInWorker({ builtIn, made: settled }, transcripts, { signal });
  const [done = section] = complete.sections;
  options.report(1);
  return { section: { ...done, engine }, leftOut: way === "shorter" ? [] : complete.unplaced };
}

/** A person's own sentences are neither shown to the model nor changed. */
const withoutOwn = (section: SummarySection): SummarySection => ({
  ...section,
  items: section.items.filter(({ origin }) => origin !== "person"),
});

/** The sentences that stand there, with the lines that they rest on, as many at once as the model can read. */
async function inOtherWords(
  section: SummarySection,
  way: Exclude<RewriteWay, "again">,
  talk: Talk,
  model: TextModel,
  { signal, report, onDraft }: WriteOptions,
): Promise<SummarySection> {
  const { kind = "bullets" } = section;
  const parts = section.items.map((item): Note => ({
    marks: item.segments.flatMap((segment) => talk.markOf.get(segment) ?? []),
    text: item.text,
    ...(item.who === undefined ? {} : { who: item.who }),
    ...(item.when === undefined ? {} : { when: item.when }),
  }));
  const words = wordingOf(talk.language);
  const taskFor = (notes: readonly Note[], lines: string) =>
    prompt("rewrite", talk.language, {
      heading: quoted(section.heading),
      way: words.ways[way],
      sentences: notes.map(sentenceLine).join("\n"),
      lines,
      form: words.forms[kind === "manual" ? "bullets" : kind],
      fields: kind === "actions" ? words.fields : "",
    });
  const linesOf = (notes: readonly Note[]) => {
    const cited = new Set(notes.flatMap(({ marks }) => marks));
    return talk.lines.flatMap(({ mark, text }) => (cited.has(mark) ? [text] : [])).join("\n");
  };
  const texts = parts.map((note) => `${sentenceLine(note)}\n${linesOf([note])}`);
  const counts = await model.countTokens([...texts, talk.system, taskFor([], "")], signal);
  const around = counts.slice(texts.length).reduce((sum, count) => sum + count, chatTokens + talk.answerTokens);
  const items: SummarySection["items"] = [];
  const groups = groupNotes(parts, counts, model.contextTokens - around);
  for (const [at, group] of groups.entries()) {
    const marks = [...new Set(group.flatMap((note) => note.marks))];
    // What points nowhere stays as it is, and marked.
    const answer =
      marks.length === 0
        ? null
        : await model.answer(
            {
              system: talk.system,
              shared: "",
              task: taskFor(group, linesOf(group)),
              schema: answerSchema(marks, kind, group.length, 1),
              maxTokens: talk.answerTokens,
            },
            { signal },
          );
    const notes = answer === null ? group : readNotes(answer, new Set(marks), group.length);
    items.push(...notes.map((note) => toItem(note, talk.segmentOf)));
    onDraft?.([{ ...section, items }]);
    report((0.8 * (at + 1)) / groups.length);
  }
  return { ...section, items, state: items.length === 0 ? "not-mentioned" : "filled" };
}

const sentenceLine = ({ marks, text, who, when }: Note): string =>
  `- ${marks.join(", ") || "–"}: ${quoted([text, who, when].filter((part) => part !== undefined).join(" · "))}`;
