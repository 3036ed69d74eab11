// What a language model made, against what the built-in engine found: dates are counted, and what was left out is listed.
// In the summary's worker thread.
import type { Summary, SummaryItem, Transcript } from "../../formats.ts";
import { checkEvidence } from "../evidence/check-evidence.ts";
import { contentStems, coverage } from "../language/stem.ts";
import { tokenise } from "../language/tokens.ts";
import { type Lexicon, lexiconFor } from "../lexicon.ts";
import { findTimes } from "../times/times.ts";

/** A statement is told where so much of its words stands in what points to the same place, or to another one. */
const [toldHere, toldElsewhere] = [0.5, 0.75];

export interface Completed {
  readonly builtIn: Summary;
  readonly made: Summary;
}

/** `made` judged, with the dates of its actions, and with what only the built-in engine found under `unplaced`. */
export function complete({ builtIn, made }: Completed, transcripts: readonly Transcript[]): Summary {
  const lexicon = lexiconFor(transcripts[0]?.language ?? made.language);
  const dated = {
    ...made,
    sections: made.sections.map((section) => ({
      ...section,
      items: section.items.map((item) => withDue(item, transcripts, lexicon)),
    })),
  };
  const judged = checkEvidence(dated, transcripts);
  return { ...judged, unplaced: [...leftOut(builtIn, judged, lexicon), ...builtIn.unplaced] };
}

/** The built-in engine's items whose heading the model wrote without them. */
function leftOut(builtIn: Summary, made: Summary, lexicon: Lexicon): SummaryItem[] {
  // What nothing supports tells nothing.
  const told = made.sections
    .flatMap(({ items }) => items)
    .filter(({ support }) => support !== "unsupported")
    .map(({ text, segments }) => ({ stems: new Set(contentStems(text, lexicon)), segments: new Set(segments) }));
  return builtIn.sections.flatMap(({ id, items }) =>
    items
      .filter((item) => {
        const stems = contentStems(item.text, lexicon);
        return !told.some(
          (one) =>
            coverage(stems, one.stems) >=
            (item.segments.some((segment) => one.segments.has(segment)) ? toldHere : toldElsewhere),
        );
      })
      .map((item) => ({ ...item, leftOut: true, heading: id })),
  );
}

/** "på fredag" as a date, counted from the meeting that it was said in. */
function withDue(item: SummaryItem, transcripts: readonly Transcript[], lexicon: Lexicon): SummaryItem {
  if (item.when === undefined || item.due !== undefined) return item;
  const meeting = Number(/^m(\d+):/u.exec(item.segments[0] ?? "")?.[1] ?? "1") - 1;
  const [time] = findTimes(tokenise(item.when), transcripts[meeting]?.recordedAt, lexicon);
  return time?.due === undefined || time.due === null || time.past ? item : { ...item, due: time.due };
}
