// Statements on one thing that cannot all hold, inside a meeting and between meetings, set side by side and not
// resolved. By rule, and only where it is certain: a false conflict is an insult. What was corrected or agreed on in the
// talk is no conflict. Runs in a worker thread or under plain Node.
import { findAnswers } from "../understand/answers.ts";
import type { Conflict } from "../../formats.ts";
import { readAnswer } from "./answer-facts.ts";
import { type ConflictWords, conflictWordsFor } from "./conflict-words.ts";
import { findCorrections } from "../understand/correct.ts";
import { findDiscarded } from "../understand/discard.ts";
import { type Fact, readFact } from "./facts.ts";
import type { Lexicon } from "../lexicon.ts";
import type { Split } from "../sentences/split.ts";
import { capitalise, writeTokens } from "../language/tokens.ts";
import type { Understood } from "../understand/understand.ts";
import type { Gathered } from "../understand/units.ts";
import { cannotBothHold } from "./values.ts";

/** Most statements in one conflict, and conflicts in a summary. */
const mostStatements = 6;
const mostConflicts = 30;

/**
 * The conflicts in what was said, in the order of the talk. `all` are the sentences of `split`, understood.
 * Statements cite segments by the ids of `split` ("m2:s12" where there are several meetings).
 */
export function findConflicts(
  split: Split,
  all: readonly Understood[],
  lexicon: Lexicon,
  settled: Gathered["settled"] = {
    corrections: findCorrections(all, lexicon),
    discarded: findDiscarded(all, findAnswers(all, lexicon), lexicon),
  },
): Conflict[] {
  const words = conflictWordsFor(lexicon.language);
  const facts = settledFacts(split, all, settled, words, lexicon);
  const found: Conflict[] = [];
  for (const matter of facts.values()) {
    const clashing = clashes(lastWords(matter, all), all, words);
    if (clashing.length > 1) found.push(toConflict(clashing));
  }
  return found.slice(0, mostConflicts);
}

/** Facts by what they are about, without what was taken back, moved or left out of every summary. */
function settledFacts(
  split: Split,
  all: readonly Understood[],
  { corrections: { superseded, moved }, discarded }: Gathered["settled"],
  words: ConflictWords,
  lexicon: Lexicon,
): Map<string, Fact[]> {
  const matters = new Map<string, Fact[]>();
  for (const [at, said] of all.entries()) {
    if (superseded.has(at) || moved.has(at) || discarded.has(at)) continue;
    const fact =
      readFact(said, split.meetings[said.sentence.meeting]?.people ?? [], words, lexicon) ??
      readAnswer(said, all[at - 1], words, lexicon);
    if (fact === null) continue;
    const key = `${fact.value.kind}/${fact.frame}`;
    matters.set(key, [...(matters.get(key) ?? []), fact]);
  }
  return matters;
}

const speakerOf = ({ said }: Fact): string => said.sentence.person?.id ?? "";

/** Each speaker's last word in each meeting, on whose matter it is: what one said before that no longer counts. */
function lastWords(matter: readonly Fact[], all: readonly Understood[]): Fact[] {
  const last = new Map<string, Fact>();
  for (const fact of matter)
    last.set(`${String(fact.said.sentence.meeting)}/${speakerOf(fact)}/${fact.owner}/${fact.time}`, fact);
  return [...last.values()].filter((fact) => !goesOnOtherwise(fact, all));
}

/** "… nej, vänta", "… eller ändrades det": the speaker breaks off in the next sentence. */
function goesOnOtherwise({ said }: Fact, all: readonly Understood[]): boolean {
  const next = all[said.sentence.index + 1];
  return (
    next !== undefined &&
    next.sentence.turn === said.sentence.turn &&
    (next.retracts || next.answer === "no" || /^(?:eller|or|fast|fel|wrong)$/u.test(next.sentence.words[0] ?? ""))
  );
}

/** Those that differ from another: by another speaker in the same meeting, or in another meeting. */
function clashes(facts: readonly Fact[], all: readonly Understood[], words: ConflictWords): Fact[] {
  const clashing = new Set<Fact>();
  for (const [at, a] of facts.entries())
    for (const b of facts.slice(at + 1)) {
      if (!sameMatter(a, b) || !cannotBothHold(a, b, words)) continue;
      const together = a.said.sentence.meeting === b.said.sentence.meeting;
      if (together ? speakerOf(a) === speakerOf(b) || wasSettled(a, b, all) : agreedLater(a, b, facts, words)) continue;
      clashing.add(a);
      clashing.add(b);
    }
  return facts.filter((fact) => clashing.has(fact)).slice(0, mostStatements);
}

/** "Din hyra" and "hyran" are one where nobody else's is meant. */
const sameMatter = (a: Fact, b: Fact): boolean =>
  a.time === b.time &&
  (a.owner === b.owner || (a.value.kind === "number" && a.value.unit === "kr" && (a.owner === "" || b.owner === "")));

/** Whoever was spoken against says yes to it right after. */
function wasSettled(a: Fact, b: Fact, all: readonly Understood[]): boolean {
  const [earlier, later] = a.said.sentence.index < b.said.sentence.index ? [a, b] : [b, a];
  const after = all.slice(later.said.sentence.index + 1, later.said.sentence.index + 8);
  return after.some(
    ({ sentence, accepts, answer }) =>
      sentence.meeting === later.said.sentence.meeting &&
      sentence.turn <= later.said.sentence.turn + 2 &&
      sentence.turn > later.said.sentence.turn &&
      sentence.person?.id === speakerOf(earlier) &&
      (accepts || answer === "yes"),
  );
}

/** In the later meeting, or in the earlier one, somebody says what the other one holds. */
const agreedLater = (a: Fact, b: Fact, facts: readonly Fact[], words: ConflictWords): boolean =>
  facts.some(
    (other) =>
      other !== a &&
      other !== b &&
      sameMatter(other, a) &&
      ((other.said.sentence.meeting === b.said.sentence.meeting && !cannotBothHold(other, a, words)) ||
        (other.said.sentence.meeting === a.said.sentence.meeting && !cannotBothHold(other, b, words))),
  );

function toConflict(facts: readonly Fact[]): Conflict {
  const [one] = facts;
  return {
    about: capitalise(one?.about ?? ""),
    statements: facts.map(({ said, said: { sentence }, asked }) => ({
      text: asked === undefined ? sentenceText(said, ".") : `${sentenceText(asked, "?")} ${sentenceText(said, ".")}`,
      segments: [...new Set([...(asked?.sentence.segments ?? []), ...sentence.segments])],
      ...(sentence.person === null ? {} : { who: sentence.person.title }),
    })),
  };
}

const sentenceText = ({ sentence, skipped }: Understood, end: "." | "?"): string => {
  let passed = 0;
  const from = sentence.tokens.findIndex(({ isWord }) => {
    if (isWord) passed += 1;
    return passed > skipped;
  });
  return `${capitalise(writeTokens(sentence.tokens.slice(Math.max(0, from))).replace(/[\s.,;:!?…]+$/u, ""))}${end}`;
};
