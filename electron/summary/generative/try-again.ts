// What the check did not find supported is tried once more, with what it found. What still does not hold is marked, or the
// built-in engine's sentences stand in its place. Runs in main and the command line.
import type { Summary, SummaryItem, SummarySection, Transcript } from "../../formats.ts";
import type { TextModel } from "../../inference/language-protocol.ts";
import { checkInWorker } from "../run-summary.ts";
import { answerSchema, readNotes } from "./answers.ts";
import type { GenerateOptions } from "./generate-summary.ts";
import { quoted } from "./lines.ts";
import { prompt } from "./prompts.ts";
import type { Talk } from "./read-talk.ts";
import { wordingOf } from "./section-task.ts";
import { toItem } from "./to-item.ts";

interface Trying extends GenerateOptions {
  readonly builtIn: Summary;
  readonly talk: Talk;
  readonly model: TextModel;
  readonly transcripts: readonly Transcript[];
}

/** Lines before and after those that a sentence points to. */
const around = 2;
const doneBefore = 0.9;

export async function tryAgain(checked: Summary, trying: Trying): Promise<Summary> {
  const failing = checked.sections.flatMap(({ items }) => items.filter(isUnsupported));
  if (failing.length === 0) return checked;
  const others = new Map<SummaryItem, SummaryItem>();
  for (const [at, item] of failing.entries()) {
    const section = checked.sections.find(({ items }) => items.includes(item));
    const other = section === undefined ? null : await askAgain(item, section, trying);
    if (other !== null) others.set(item, other);
    trying.report(doneBefore + ((1 - doneBefore) * (at + 1)) / (failing.length + 1));
  }
  const second = await checkInWorker(
    withItems(checked, ({ items }) => items.map((item) => others.get(item) ?? item)),
    trying.transcripts,
    { signal: trying.signal },
  );
  // The second stands only where it holds: otherwise the first is what the model said.
  const better = {
    ...second,
    sections: second.sections.map((section, at) => ({
      ...section,
      items: section.items.map((item, place) => {
        const first = checked.sections[at]?.items[place];
        return isUnsupported(item) && first !== undefined ? first : item;
      }),
    })),
  };
  return trying.whenUnsupported === "mark" ? better : withBuiltIn(better, trying.builtIn);
}

const isUnsupported = ({ support }: SummaryItem): boolean => support === "unsupported";

const withItems = (summary: Summary, change: (section: SummarySection) => SummaryItem[]): Summary => ({
  ...summary,
  sections: summary.sections.map((section) => ({ ...section, items: change(section) })),
});

/** Null where the lines do not fit, or where the model has no other sentence. */
async function askAgain(item: SummaryItem, section: SummarySection, trying: Trying): Promise<SummaryItem | null> {
  const { talk, model, signal } = trying;
  const cited = new Set(item.segments);
  const shown = new Set<number>();
  for (const [at, { segment }] of talk.lines.entries())
    if (cited.has(segment)) for (let near = at - around; near <= at + around; near += 1) shown.add(near);
  const lines = talk.lines.filter((_, at) => shown.has(at));
  if (lines.length === 0) return null;
  const kind = section.kind ?? "bullets";
  const task = prompt("again", talk.language, {
    heading: quoted(section.heading),
    sentence: quoted(item.text),
    reasons: quoted((item.reasons ?? []).join(" ")),
    lines: lines.map(({ text }) => text).join("\n"),
    fields: kind === "actions" ? wordingOf(talk.language).fields : "",
  });
  const maxTokens = Math.min(talk.answerTokens, 300);
  const [systemTokens = 0, taskTokens = 0] = await model.countTokens([talk.system, task], signal);
  if (systemTokens + taskTokens + maxTokens + 96 > model.contextTokens) return null;
  const marks = lines.map(({ mark }) => mark);
  const answer = await model.answer(
    { system: talk.system, shared: "", task, schema: answerSchema(marks, kind, 1, 1), maxTokens },
    { signal },
  );
  const [note] = readNotes(answer, new Set(marks), 1);
  return note === undefined ? null : toItem(note, talk.segmentOf);
}

/** Without what does not hold; where a heading loses something, the built-in engine's sentences under it stand beside the rest. */
function withBuiltIn(summary: Summary, builtIn: Summary): Summary {
  return {
    ...summary,
    sections: summary.sections.map((section): SummarySection => {
      if (!section.items.some(isUnsupported)) return section;
      const kept = section.items.filter((item) => !isUnsupported(item));
      const told = new Set(kept.flatMap(({ segments }) => segments));
      const others = (builtIn.sections.find(({ id }) => id === section.id)?.items ?? []).filter(
        ({ segments }) => !segments.some((segment) => told.has(segment)),
      );
      const items = [...kept, ...others];
      return { ...section, items, state: items.length === 0 ? "not-mentioned" : "filled" };
    }),
  };
}
