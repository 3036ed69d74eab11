// The built-in engine, from transcripts to a summary by a template: split ▶ understand ▶ correct ▶ place ▶ select ▶
// rewrite ▶ check. No weights, nothing random, nothing that was not said. Runs in a worker thread or under plain Node.
import { LyssnaError } from "../errors.ts";
import type { Summary, SummaryItem, SummarySection, Template, Transcript } from "../formats.ts";
import { findConflicts } from "./conflicts/find-conflicts.ts";
import { checkAgainst } from "./evidence/check-evidence.ts";
import { lexiconFor } from "./lexicon.ts";
import { marksWeigh } from "./choose/marked.ts";
import { planSections } from "./choose/place.ts";
import { onceSaid } from "./report/once-said.ts";
import { roomForAll, toReport, writeOneByOne } from "./report/several-meetings.ts";
import { selectUnits } from "./choose/select.ts";
import { splitTranscripts } from "./sentences/split.ts";
import { type Gathered, gatherUnits, type Unit } from "./understand/units.ts";
import { tokenise } from "./language/tokens.ts";
import { writeAction } from "./write/write-action.ts";
import { writeItems, writeUnit } from "./write/write-item.ts";
import { writeParticipants } from "./write/write-participants.ts";

/** The engine as it stands in a summary. The version changes when the same talk would give another summary. */
export const builtInEngine = { id: "builtin", version: "1.0.0" } as const;

export type SummaryLength = "short" | "normal" | "long";
const shareOf: Readonly<Record<SummaryLength, number>> = { short: 0.55, normal: 1, long: 1.6 };

export interface SummariseOptions {
  /** ISO date that relative dates are counted from, where a transcript has no `recordedAt`. */
  readonly date?: string;
  /** How much of the talk it tells; "normal" where nothing is said. */
  readonly length?: SummaryLength;
  /** Whether every heading quotes word for word instead of retelling. */
  readonly quotes?: boolean;
}

/**
 * The summary of one or several transcripts. Throws `transcript-empty` when nothing was said.
 * With several transcripts, segment ids read "m2:s12" and `sources` lists the meetings.
 */
export function summarise(
  transcripts: readonly Transcript[],
  template: Template,
  options: SummariseOptions = {},
): Summary {
  const dated = transcripts.map((transcript) =>
    transcript.recordedAt === undefined && options.date !== undefined
      ? { ...transcript, recordedAt: options.date }
      : transcript,
  );
  const [first] = dated;
  if (
    first === undefined ||
    !dated.some(({ segments }) => segments.some(({ text, state }) => text.trim() !== "" && state !== "struck"))
  )
    throw new LyssnaError("transcript-empty");
  const lexicon = lexiconFor(first.language);
  const plans = planSections(roomForAll(template, dated.length), lexiconFor(template.language));
  const refuses = template.refusesContent === true;
  const split = splitTranscripts(dated, lexicon);
  const { units: said, all, settled } = refuses ? nothing : gatherUnits(split, lexicon);
  const { units, also } = onceSaid(said);
  const talk = {
    words: dated.reduce(
      (sum, { segments }) =>
        sum + segments.reduce((words, { text }) => words + (text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0), 0),
      0,
    ),
    sentences: split.sentences.length,
    share: shareOf[options.length ?? "normal"],
    marked: marksWeigh(dated),
  };
  const wordsOf = (unit: Unit): number =>
    tokenise(unit.kind === "action" ? writeAction(unit, lexicon).text : writeUnit(unit, lexicon)).filter(
      ({ isWord }) => isWord,
    ).length;
  const selected = selectUnits(units, plans, talk, wordsOf, lexicon);
  const write = dated.length > 1 ? writeOneByOne : writeItems;
  const sections = plans.map((plan): SummarySection => {
    const { id, heading, kind, maxItems } = plan.section;
    if (kind === "manual") return { id, heading, kind, state: "left-to-person", items: [] };
    const people = plan.intents.get("participants") === 1 && !refuses ? writeParticipants(split) : [];
    const items = [
      ...people,
      ...write(
        selected.sections[plan.at] ?? [],
        options.quotes === true ? "quotes" : kind,
        Math.max(1, (maxItems ?? 40) - people.length),
        lexicon,
      ),
    ].slice(0, maxItems ?? 200);
    return { id, heading, kind, state: items.length === 0 ? "not-mentioned" : "filled", items };
  });
  const summary: Summary = {
    lyssna: "summary/1",
    template: { id: template.id, version: template.version, title: template.title },
    engine: builtInEngine,
    language: first.language,
    ...(first.title === undefined || dated.length > 1 ? {} : { title: first.title }),
    ...(first.recordedAt === undefined || dated.length > 1 ? {} : { recordedAt: first.recordedAt }),
    sections,
    unplaced: withoutRefused(write(selected.unplaced, "bullets", mostUnplaced, lexicon), refuses),
    ...(dated.length > 1 ? { sources: dated.map(sourceOf) } : {}),
  };
  const conflicts = refuses ? [] : findConflicts(split, all, lexicon, settled);
  const checked = {
    ...checkAgainst(summary, split, lexicon),
    ...(conflicts.length === 0 ? {} : { conflicts }),
  };
  return dated.length > 1 ? toReport(checked, { units, all, split, template, also }, lexicon) : checked;
}

const nothing: Pick<Gathered, "units" | "all"> & { readonly settled?: undefined } = { units: [], all: [] };

/** How many items may stand under "Övrigt". */
const mostUnplaced = 40;

const withoutRefused = (items: SummaryItem[], refuses: boolean): SummaryItem[] => (refuses ? [] : items);

const sourceOf = ({ title, recordedAt }: Transcript, at: number): NonNullable<Summary["sources"]>[number] => ({
  id: `m${String(at + 1)}`,
  ...(title === undefined ? {} : { title }),
  ...(recordedAt === undefined ? {} : { recordedAt }),
});
