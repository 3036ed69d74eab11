// A summary in plain words or in another language by a model, sentence by sentence, each checked for figures, dates and names
// against the one that it was made of. Runs in main and the command line.
import { z } from "zod";
import { LyssnaError } from "../../errors.ts";
import type { Summary, SummaryItem } from "../../formats.ts";
import type { AnswerSchema, TextModel } from "../../inference/language-protocol.ts";
import type { Doubt, RenderedItem, Rendition, RenditionKind } from "../../renditions.ts";
import { checkRendition } from "../rendition/check-rendition.ts";
import { namesIn } from "../rendition/names-in.ts";
import { groupNotes } from "./group-notes.ts";
import { quoted } from "./lines.ts";
import { prompt } from "./prompts.ts";
import { chatTokens } from "./read-talk.ts";
import { wordingOf } from "./section-task.ts";

export interface RenderOptions {
  readonly model: TextModel;
  readonly engine: Rendition["engine"];
  readonly signal: AbortSignal;
  /** 0 to 1. */
  readonly report: (fraction: number) => void;
  readonly now: () => Date;
  /** Names of people in the meeting, as they are written. */
  readonly people: readonly string[];
  /** The summary has placeholders for who somebody is. */
  readonly masked: boolean;
}

/** Another alphabet takes more tokens for the same sentence. */
const growth = 3;
/** For the number and the signs around a sentence. */
const perSentence = 24;
const textMost = 1500;

/**
 * Every sentence of the summary that stands there, in the words of `kind`. What the model leaves out is there, empty and
 * doubted. Throws nothing-to-render for a summary without sentences or in that language already, prompt-too-long, and what
 * the model throws.
 */
export async function renderSummary(
  summary: Summary,
  kind: RenditionKind,
  { model, engine, signal, report, now, people, masked }: RenderOptions,
): Promise<Rendition> {
  const from = summary.language;
  const to = kind === "plain" ? from : kind;
  const sections = summary.sections.filter(({ items }) => items.length > 0);
  if (sections.length === 0 || (kind !== "plain" && isSame(from, to))) throw new LyssnaError("nothing-to-render");
  const sources = sections.flatMap(({ heading, items }) => [heading, ...items.map(wholeText)]);
  const texts = await renderAll(sources, { kind, from, to, model, signal, report });

  const spoken = people.flatMap((name) => name.split(/\s+/u)).filter((name) => name !== "");
  const names = new Set([...sources.flatMap((source) => namesIn(source, from)), ...spoken]);
  let at = 0;
  const next = () => texts.get(at++)?.trim() ?? "";
  return {
    kind,
    language: to,
    engine,
    madeAt: now().toISOString(),
    masked,
    sections: sections.map(({ id, heading, items }) => ({
      id,
      heading: next() || heading,
      items: items.map((item): RenderedItem => {
        const of = wholeText(item);
        const text = next();
        const found: readonly Doubt[] =
          text === "" ? [{ code: "left-out", detail: "" }] : checkRendition(of, text, { from, to, names });
        return { text, of, doubts: [...(hasNoSupport(item) ? [noSupport] : []), ...found] };
      }),
    })),
  };
}

const noSupport: Doubt = { code: "no-support", detail: "" };
const hasNoSupport = ({ support, origin, confirmed }: SummaryItem): boolean =>
  origin !== "person" && confirmed !== true && support === "unsupported";

const isSame = (one: string, other: string): boolean => one.split("-")[0] === other.split("-")[0];

/** With the day that an action is due, where its words do not say it. */
export const wholeText = ({ text, due }: SummaryItem): string =>
  due === undefined || text.includes(due) ? text : `${text} (${due})`;

interface Rendering {
  readonly kind: RenditionKind;
  readonly from: string;
  readonly to: string;
  readonly model: TextModel;
  readonly signal: AbortSignal;
  readonly report: (fraction: number) => void;
}

/** What the model made of each, by its place; once more for those that it left out. */
async function renderAll(
  sources: readonly string[],
  { kind, from, to, model, signal, report }: Rendering,
): Promise<ReadonlyMap<number, string>> {
  const words = wordingOf(from).render;
  // A model is asked in the language of the text: its name in it.
  const language = new Intl.DisplayNames([/^sv\b/u.test(from) ? "sv" : "en"], { type: "language" }).of(to) ?? to;
  const how = kind === "plain" ? words.plain : words.language.replace("{language}", language);
  const system = prompt("render-system", from);
  const taskFor = (sentences: string) => prompt("render", from, { how, sentences });
  const counts = await model.countTokens([...sources.map(quoted), system, taskFor("")], signal);
  const around = counts.slice(sources.length).reduce((sum, count) => sum + count, chatTokens);
  const room = model.contextTokens - around;
  const costs = counts.slice(0, sources.length).map((count) => count * (1 + growth) + perSentence);
  const tooLong = costs.find((cost) => cost > room);
  if (tooLong !== undefined)
    throw new LyssnaError("prompt-too-long", { tokens: around + tooLong, most: model.contextTokens });

  const made = new Map<number, string>();
  for (const turn of [1, 2]) {
    const left = sources.map((_, at) => at).filter((at) => !made.has(at));
    const groups = groupsWithin(left, costs, room);
    for (const [done, group] of groups.entries()) {
      const numbers = group.map(String);
      const answer = await model.answer(
        {
          system,
          shared: "",
          task: taskFor(group.map((at) => `${String(at)}: ${quoted(sources[at] ?? "")}`).join("\n")),
          schema: answerSchema(numbers),
          maxTokens: group.reduce((sum, at) => sum + (counts[at] ?? 0) * growth + perSentence, 0),
        },
        { signal },
      );
      for (const { n, text } of readAnswer(answer.text)) {
        const at = Number(n);
        // The first of two stands: what is asked for once is answered once.
        if (numbers.includes(n) && !made.has(at) && /\p{L}/u.test(text)) made.set(at, tidy(text));
      }
      report(turn === 1 ? (0.9 * (done + 1)) / groups.length : 0.95);
    }
  }
  return made;
}

/** A small model keeps its place in so many lines. */
const groupMost = 10;

/** Groups that fit; a group of two that does not fit is two groups of one. */
function groupsWithin(places: readonly number[], costs: readonly number[], room: number): readonly number[][] {
  const sum = (group: readonly number[]) => group.reduce((total, at) => total + (costs[at] ?? 0) + 1, 0);
  return groupNotes(
    places,
    places.map((at) => costs[at] ?? 0),
    room,
  ).flatMap((group) => (sum(group) <= room ? inTens(group) : group.map((at) => [at])));
}

const inTens = (group: readonly number[]): readonly number[][] =>
  Array.from({ length: Math.ceil(group.length / groupMost) }, (_, at) =>
    group.slice(at * groupMost, (at + 1) * groupMost),
  );

const answerSchema = (numbers: readonly string[]): AnswerSchema => ({
  type: "object",
  properties: {
    items: {
      type: "array",
      minItems: 1,
      maxItems: numbers.length,
      items: {
        type: "object",
        properties: { n: { enum: numbers }, text: { type: "string", minLength: 1, maxLength: textMost } },
      },
    },
  },
});

const answered = z.object({ items: z.array(z.unknown()).max(2000) });
const renderedItem = z.object({
  n: z.union([z.string(), z.number()]).transform(String),
  text: z.string().max(4 * textMost),
});

function readAnswer(text: string): readonly z.infer<typeof renderedItem>[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Cut off: asked once more, and said to be left out if it is again.
    return [];
  }
  const parsed = answered.safeParse(value);
  if (!parsed.success) return [];
  return parsed.data.items.flatMap((item) => {
    const read = renderedItem.safeParse(item);
    return read.success ? [read.data] : [];
  });
}

/** One line. Signs that turn the direction of writing could show another order than what is there. */
const tidy = (text: string): string =>
  text
    .normalize("NFC")
    .replaceAll(/[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\p{Z}]+/gu, " ")
    .trim();
