// The evidence check: each item of a summary against the segments it cites, by rule. For the built-in engine and for any
// language model alike. It knows nothing of how the item was made. Runs in a worker thread or under plain Node.
import type { Summary, SummaryItem, SupportLevel, Transcript } from "../../formats.ts";
import { claimsOf, type Finding, type Ground } from "./claim.ts";
import { graveTopics } from "./evidence-lexicon.ts";
import { checkModality } from "./modality.ts";
import { checkNames } from "./names.ts";
import { checkNegation } from "./negation.ts";
import { checkNumbers } from "./numbers.ts";
import { checkQuotes } from "./quotes.ts";
import { checkReadable } from "./readable.ts";
import { checkSensitive } from "./sensitive.ts";
import { checkSpeaker } from "./speaker.ts";
import { checkWords } from "./words.ts";
import { type Lexicon, lexiconFor } from "../lexicon.ts";
import { reasonText } from "./reasons.ts";
import { type Sentence, type Split, splitTranscripts } from "../sentences/split.ts";
import { stillSaid } from "../still-said.ts";

const checks = [
  checkSensitive,
  checkReadable,
  checkQuotes,
  checkNumbers,
  checkNames,
  checkSpeaker,
  checkNegation,
  checkModality,
  checkWords,
] as const;

/** What may not leave the app unseen where no passage supports it. */
const grave: ReadonlySet<string> = new Set(graveTopics);

/** The summary with `support`, `flags` and `reasons` on every item of an engine. A person's items are not judged. */
export function checkEvidence(summary: Summary, transcripts: readonly Transcript[]): Summary {
  const spoken = transcripts[0]?.language ?? summary.language;
  return checkAgainst(summary, splitTranscripts(transcripts, lexiconFor(spoken)), lexiconFor(spoken));
}

/** The same on sentences that were split already. */
export function checkAgainst(summary: Summary, split: Split, lexicon: Lexicon): Summary {
  const still = stillSaid(split);
  const bySegment = new Map<string, Sentence[]>();
  for (const sentence of split.sentences)
    for (const id of sentence.segments) bySegment.set(id, [...(bySegment.get(id) ?? []), sentence]);
  const judge = (item: SummaryItem): SummaryItem => {
    if (item.origin === "person") return item;
    const findings = judgeItem(item, { bySegment, split, lexicon });
    const support: SupportLevel = findings.some(({ weight }) => weight === "against")
      ? "unsupported"
      : findings.length > 0
        ? "weak"
        : "supported";
    const { reasons: _, flags: _flags, ...rest } = item;
    const reasons = [...new Set(findings.map((finding) => reasonText(finding, summary.language)))];
    const flags = [...new Set(findings.map(({ code }) => code).filter((code) => grave.has(code)))];
    return {
      ...rest,
      support,
      ...(reasons.length === 0 ? {} : { reasons }),
      ...(flags.length === 0 ? {} : { flags }),
    };
  };
  return {
    ...summary,
    sections: summary.sections.map((section) => ({ ...section, items: section.items.map(judge).map(still.later) })),
    unplaced: summary.unplaced.map(judge).map(still.later),
    ...(summary.conflicts === undefined ? {} : { conflicts: still.conflicts(summary.conflicts) }),
  };
}

interface Source {
  readonly bySegment: ReadonlyMap<string, readonly Sentence[]>;
  readonly split: Split;
  readonly lexicon: Lexicon;
}

function judgeItem(item: SummaryItem, { bySegment, split, lexicon }: Source): Finding[] {
  if (item.segments.length === 0)
    return [{ code: "noSegments", weight: "against" }, ...checkSensitive({ item, sentences: [], split, lexicon })];
  if (!item.segments.some((id) => bySegment.has(id)))
    return [{ code: "unknownSegment", weight: "against" }, ...checkSensitive({ item, sentences: [], split, lexicon })];
  const unknown: Finding[] =
    item.segments.every((id) => bySegment.has(id)) && item.stray !== true
      ? []
      : [{ code: "unknownSegment", weight: "doubt" }];
  const sentences = [...new Set(item.segments.flatMap((id) => bySegment.get(id) ?? []))].toSorted(
    (a, b) => a.index - b.index,
  );
  const ground: Ground = { item, claims: claimsOf(item.text, sentences, split, lexicon), sentences, split, lexicon };
  return [...unknown, ...checks.flatMap((check) => check(ground))];
}
