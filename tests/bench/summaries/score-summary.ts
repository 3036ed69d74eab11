// How good a summary is, against gold answers: what it holds, how long it is, how safe and how well formed. Bench only.
// Recall is lexical and can be gamed; reading aloud is the other half of the test.
import type { Summary, SummaryItem } from "../../../electron/formats.ts";
import { contentStems } from "../../../electron/summary/language/stem.ts";
import { writeFigures } from "../../../electron/summary/language/figures.ts";
import { tokenise } from "../../../electron/summary/language/tokens.ts";
import { type Lexicon, lexiconFor } from "../../../electron/summary/lexicon.ts";
import type { GoldAction, GoldMeeting, GoldPoint } from "./gold-meeting.ts";

/** Shares from 0 to 1; null where the gold has nothing of the kind. */
export interface Score {
  readonly compression: number;
  readonly facts: number;
  readonly decisions: number | null;
  readonly concerns: number | null;
  readonly voice: number | null;
  readonly actions: number;
  readonly who: number | null;
  readonly when: number | null;
  /** Traps fallen into, of those touched. */
  readonly trapError: number | null;
  readonly cited: number;
  readonly exist: number;
  readonly supported: number;
  readonly firstPerson: number;
  /** Content × length × (0.55 + 0.30 safety + 0.15 form), 0 to 100. */
  readonly headline: number;
}

const matchingF1 = 0.45;
const matchingShare = 0.3;
const mostCitations = 8;
const leastFocus = 0.15;
const supportingShare = 0.5;
/** A summary may take this share of the talk's words; from there on length costs. */
const freeLength = 0.4;

interface Read {
  readonly item: SummaryItem;
  readonly section: number;
  readonly text: string;
  readonly stems: readonly string[];
}

export function scoreSummary(summary: Pick<Summary, "sections">, meeting: GoldMeeting): Score {
  const lexicon = lexiconFor(meeting.lang);
  const stems = (text: string): string[] => contentStems(text, lexicon);
  const items = summary.sections.flatMap(({ items: own }, section) =>
    own.map((item): Read => {
      const text = [item.text, ...[item.who, item.when].filter((one) => one && !item.text.includes(one))].join(" ");
      return { item, section, text, stems: stems(text) };
    }),
  );
  const { gold } = meeting;
  const windows = items.flatMap(({ text }) => windowsOf(text, stems));
  const holds = ({ text, segments }: GoldPoint): boolean => {
    const wanted = stems(text);
    return (
      windows.some((window) => overlap(window, wanted).f1 >= matchingF1) ||
      items.some((one) => pointsAt(one, segments) && overlap(one.stems, wanted).recall >= matchingShare)
    );
  };
  const recall = (points: readonly GoldPoint[]): number | null =>
    points.length === 0 ? null : mean(points.map((point) => Number(holds(point))));
  const actions = gold.actions.map((action) => judgeAction(action, items, meeting, lexicon));
  const found = actions.filter(({ hit }) => hit);
  const words = (text: string): number => text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
  const compression =
    words(items.map(({ text }) => text).join(" ")) / words(meeting.segments.map(({ text }) => text).join(" "));
  const traps = judgeTraps(items, meeting, stems);
  const citations = judgeCitations(items, meeting, stems);
  const facts = recall(gold.facts) ?? 0;
  const [decisions, concerns, voice] = [gold.decisions, gold.concerns, gold.voice].map(recall);
  const actionRecall = actions.length === 0 ? facts : mean(actions.map(({ hit }) => Number(hit)));
  const who = found.length === 0 ? null : mean(found.map((one) => Number(one.who)));
  const timed = found.flatMap(({ when }) => (when === null ? [] : [Number(when)]));
  const when = timed.length === 0 ? null : mean(timed);
  const firstPerson = share(items, ({ item }) => firstPersons[lexicon.language].test(item.text));
  const content =
    0.35 * facts +
    0.2 * (decisions ?? facts) +
    0.25 * actionRecall * (0.5 + 0.25 * (who ?? 0) + 0.25 * (when ?? who ?? 0)) +
    0.1 * (concerns ?? facts) +
    0.1 * (voice ?? facts);
  const length = compression <= freeLength ? 1 : Math.max(0, 1 - (compression - freeLength) / (1 - freeLength));
  const safety =
    0.5 * (1 - (traps.error ?? 0)) +
    0.3 * citations.exist * citations.supported * citations.cited +
    0.2 * citations.numbers;
  const form =
    0.25 *
      (1 - share(items, (one, at) => items.slice(0, at).some((other) => overlap(one.stems, other.stems).f1 >= 0.8))) +
    0.25 * (1 - share(items, (one) => new Set(one.stems).size < 3)) +
    0.3 * (1 - firstPerson) +
    0.2 * (1 - share(items, ({ item }) => item.text.trim().endsWith("?")));
  return {
    compression,
    facts,
    decisions: decisions ?? null,
    concerns: concerns ?? null,
    voice: voice ?? null,
    actions: actionRecall,
    who,
    when,
    trapError: traps.error,
    cited: citations.cited,
    exist: citations.exist,
    supported: citations.supported,
    firstPerson,
    headline: 100 * content * length * (0.55 + 0.3 * safety + 0.15 * form),
  };
}

const firstPersons = {
  sv: /(?:^|\s)(?:jag|du|vi|mig|dig|ni)(?=[\s,.!?]|$)/iu,
  en: /\b(?:i|you|we|me)\b/iu,
} as const;

export const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
const share = (items: readonly Read[], has: (one: Read, at: number) => boolean): number =>
  mean(items.map((one, at) => Number(has(one, at))));

export function overlap(a: readonly string[], b: readonly string[]): { readonly recall: number; readonly f1: number } {
  const [left, right] = [new Set(a), new Set(b)];
  let both = 0;
  for (const word of left) if (right.has(word)) both += 1;
  const [precision, recall] = [left.size === 0 ? 0 : both / left.size, right.size === 0 ? 0 : both / right.size];
  return { recall, f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall) };
}

/** Each sentence, and each with the next. */
function windowsOf(text: string, stems: (text: string) => string[]): string[][] {
  const sentences = text.split(/(?<=[.!?…])\s+(?=[\p{Lu}\d”"–-])/u);
  return sentences.flatMap((sentence, at) => {
    const next = sentences[at + 1];
    return next === undefined ? [stems(sentence)] : [stems(sentence), stems(`${sentence} ${next}`)];
  });
}

function pointsAt({ item: { segments } }: Read, wanted: readonly string[]): boolean {
  if (segments.length === 0 || segments.length > mostCitations) return false;
  const hits = segments.filter((id) => wanted.includes(id)).length;
  return hits > 0 && hits / segments.length >= leastFocus;
}

/** Figures, weekdays, months and days near at hand: what a date or a sum rests on. */
function exactWords(text: string, { language, weekdays, months }: Lexicon): string[] {
  const dated = text.replaceAll(/(\d{4})-(\d\d)-(\d\d)/gu, (_all, year: string, month: string, day: string) => {
    const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
    return ` ${weekdays[date.getUTCDay()] ?? ""} ${String(Number(day))} ${months[Number(month) - 1] ?? ""} `;
  });
  return writeFigures(tokenise(dated), language).flatMap(({ lower }) => {
    const weekday = weekdays.find((day) => lower.startsWith(day) && lower.length <= day.length + 5);
    if (weekday !== undefined) return [weekday];
    const near = /^(?:dag|morgon|kväll|eftermiddag|lunch|helgen|today|tomorrow|tonight)$/u.test(lower);
    return near || /^\d/u.test(lower) || months.includes(lower) ? [lower.replace(/^0(?=\d)/u, "")] : [];
  });
}

function judgeAction(action: GoldAction, items: readonly Read[], meeting: GoldMeeting, lexicon: Lexicon) {
  const what = contentStems(action.what, lexicon);
  const matching = items.filter((one) => {
    const { recall } = overlap(one.stems, what);
    return (pointsAt(one, action.segments) && recall >= matchingShare) || recall >= 0.75;
  });
  const names = namesFor(action.who, meeting);
  const exact = exactWords(action.when, lexicon);
  return {
    hit: matching.length > 0,
    who: matching.some(({ text }) => names.some((name) => text.toLowerCase().includes(name))),
    when:
      exact.length === 0
        ? null
        : matching.some(({ text }) => {
            const own = new Set(exactWords(text, lexicon));
            return exact.every((word) => own.has(word));
          }),
  };
}

/** What somebody may be called in a summary, in lower case. */
function namesFor(who: string, { segments, gold }: GoldMeeting): string[] {
  const speakers = [...new Set(segments.map(({ speaker }) => speaker))];
  const at = speakers.findIndex((speaker) => speaker.split("/").includes(who));
  const own = [who, ...(gold.who_alias?.[who] ?? []), ...(speakers[at]?.split("/") ?? [])];
  return [...own, ...(at < 0 ? [] : [`Talare ${String(at + 1)}`])].map((name) => name.toLowerCase());
}

function judgeTraps(items: readonly Read[], { gold }: GoldMeeting, stems: (text: string) => string[]) {
  let hits = 0;
  let resolved = 0;
  for (const trap of gold.traps) {
    const wrong = trap.wrong_match.map((source) => new RegExp(source, "iu"));
    const unless = trap.unless === undefined ? null : new RegExp(trap.unless, "iu");
    const right = trap.right_segments ?? trap.segments;
    const falls = items.filter(({ text }) => wrong.every((one) => one.test(text)));
    const beside = (one: Read): string =>
      items
        .filter((other) => other.section === one.section && other.item.segments.some((id) => right.includes(id)))
        .map(({ text }) => text)
        .join(" ");
    const excused = (one: Read): boolean => unless !== null && (unless.test(one.text) || unless.test(beside(one)));
    const told = items.some(
      (one) =>
        one.item.segments.some((id) => right.includes(id)) &&
        overlap(one.stems, stems(trap.right)).recall >= matchingShare,
    );
    if (falls.some((one) => !excused(one))) hits += 1;
    else if (falls.length > 0 || told) resolved += 1;
  }
  return { error: hits + resolved === 0 ? null : hits / (hits + resolved) };
}

function judgeCitations(items: readonly Read[], { segments }: GoldMeeting, stems: (text: string) => string[]) {
  const texts = new Map(segments.map(({ id, text, speaker }) => [id, `${text} ${speaker}`]));
  const all = items.flatMap(({ item }) => item.segments);
  const supports: number[] = [];
  let numbers = 0;
  for (const { item, text, stems: own } of items) {
    const said = item.segments.map((id) => texts.get(id) ?? "").join(" ");
    const words = new Set(stems(said));
    if (own.length >= 2) supports.push(Number(overlap([...words], own).recall >= supportingShare));
    if (stems(text).every((word) => !/\d/u.test(word) || words.has(word))) numbers += 1;
  }
  return {
    cited: share(items, ({ item }) => item.segments.length > 0),
    exist: all.length === 0 ? 0 : mean(all.map((id) => Number(texts.has(id)))),
    supported: mean(supports),
    numbers: items.length === 0 ? 1 : numbers / items.length,
  };
}
