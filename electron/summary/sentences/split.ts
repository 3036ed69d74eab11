// From transcripts to sentences: turns, sentence ends, tidied words, and who said each in which segments. Runs anywhere.
import { foldInterpreted } from "./fold-interpreted.ts";
import type { Segment, Transcript } from "../../formats.ts";
import { withoutDislocation } from "./clause.ts";
import { cutClauses } from "./clauses.ts";
import { writeFigures } from "../language/figures.ts";
import type { Lexicon } from "../lexicon.ts";
import { describePeople, guessSides, type Person } from "../understand/people.ts";
import { repair } from "./repair.ts";
import { readPronouns, restoreSentences } from "./restore.ts";
import { tidy } from "./tidy.ts";
import { findTimes, type TimeExpression } from "../times/times.ts";
import { flatten, lowerWords, type Token, tokenise } from "../language/tokens.ts";

export interface Sentence {
  /** Place among all sentences of all meetings. */
  readonly index: number;
  readonly meeting: number;
  /** Number of the turn, counted through all meetings. */
  readonly turn: number;
  readonly person: Person | null;
  /** Ids of the segments it stands in, "m2:s12" in a report over several meetings. */
  readonly segments: readonly string[];
  readonly startMs: number;
  /** As it was said. */
  readonly spoken: string;
  /** Tidied, numbers as one writes them. */
  readonly tokens: readonly Token[];
  /** The tidied words in lower case with a space between and around. */
  readonly flat: string;
  readonly words: readonly string[];
  readonly times: readonly TimeExpression[];
  readonly isQuestion: boolean;
}

export interface Meeting {
  readonly people: readonly Person[];
  readonly recordedAt: string | undefined;
  readonly punctuated: boolean;
}

export interface Split {
  readonly meetings: readonly Meeting[];
  readonly sentences: readonly Sentence[];
}

interface Turn {
  readonly speaker: string | undefined;
  readonly segments: readonly Segment[];
}

const abbreviations =
  /(?:^|[\s(])(?:t\.ex|bl\.a|m\.m|dvs|osv|kl|ca|nr|st|tel|resp|ev|s\.k|f\.d|fr\.o\.m|t\.o\.m|dr|mr|mrs|ms|e\.g|i\.e|etc|vs|no)\.$/iu;

export function splitTranscripts(transcripts: readonly Transcript[], lexicon: Lexicon): Split {
  const meetings: Meeting[] = [];
  const sentences: Sentence[] = [];
  let turnNumber = 0;
  for (const [meeting, spoken] of transcripts.entries()) {
    const transcript = foldInterpreted(spoken, lexicon);
    const prefix = transcripts.length === 1 ? "" : `m${String(meeting + 1)}:`;
    const segments = transcript.segments.filter(
      ({ state, text }) => state !== "struck" && state !== "not-transcribed" && text.trim() !== "",
    );
    const punctuated = isPunctuated(segments);
    const described = describePeople(
      transcript.speakers,
      segments.map(({ speaker }) => speaker),
      prefix,
      lexicon,
    );
    const first = sentences.length;
    for (const turn of toTurns(segments)) {
      const person = turn.speaker === undefined ? null : (described.get(turn.speaker) ?? null);
      for (const piece of toPieces(turn, punctuated, lexicon)) {
        const sentence = toSentence(piece, {
          lexicon,
          person,
          prefix,
          meeting,
          recordedAt: transcript.recordedAt,
          turn: turnNumber,
          index: sentences.length,
          punctuated,
        });
        if (sentence.words.length > 0) sentences.push(sentence);
      }
      turnNumber += 1;
    }
    const isName = nameJudge(segments, lexicon);
    for (let at = first; at < sentences.length; at += 1)
      sentences[at] = lowerOpening(sentences[at] as Sentence, isName);
    const people = withGuesses([...described.values()], sentences.slice(first));
    for (let at = first; at < sentences.length; at += 1) {
      const sentence = sentences[at] as Sentence;
      sentences[at] = { ...sentence, person: people.find(({ id }) => id === sentence.person?.id) ?? sentence.person };
    }
    meetings.push({ people, recordedAt: transcript.recordedAt, punctuated });
  }
  return { meetings, sentences };
}

/** Tells a name from an ordinary word that has its capital from the start of a sentence. */
function nameJudge(
  segments: readonly Segment[],
  { lists, verbs, language, topics }: Lexicon,
): (token: Token, next: Token | undefined) => boolean {
  const ofTopics = new Set(topics.flatMap(({ words }) => words));
  const inside = new Set<string>();
  const lower = new Set<string>();
  for (const { text } of segments) {
    const tokens = tokenise(text.normalize("NFC"));
    for (const [at, token] of tokens.entries()) {
      const opens = at === 0 || /^[.?!…:"”“–-]$/u.test(tokens[at - 1]?.text ?? "");
      if (/^\p{Ll}/u.test(token.text)) lower.add(token.lower);
      else if (!opens) inside.add(token.lower);
    }
  }
  const ending =
    language === "sv"
      ? /.{3}(?:ning|het|tion|are|ade|ande|ende|isk|lig|igt|ligt|erna|arna|orna|en|et|ar|er|or|at|it|ad|de|te|na)$/u
      : /.{3}(?:ing|ness|tion|ed|ly|er|ment|s)$/u;
  return ({ text, lower: word }, next) => {
    if (!/^\p{Lu}/u.test(text) || /^\p{Lu}{2,}$/u.test(text) || /\p{Lu}/u.test(text.slice(1))) return true;
    if (
      lower.has(word) ||
      lists.stop.has(word) ||
      lists.adverbs.has(word) ||
      lists.prepositions.has(word) ||
      lists.determiners.has(word) ||
      lists.adverbFronts.has(word) ||
      /^(?:nästa|förra|next|last)$/u.test(word)
    )
      return false;
    if (
      lists.openers.has(word) ||
      lists.questionWords.has(word) ||
      verbs.finite.has(word) ||
      verbs.imperatives.has(word) ||
      verbs.infinitives.has(word)
    )
      return false;
    if (inside.has(word)) return true;
    // Two words with capitals are a name; a single one is judged by its ending.
    if (next !== undefined && /^\p{Lu}/u.test(next.text)) return true;
    return !(
      ending.test(word) ||
      word.length >= 9 ||
      lists.concerns.has(word) ||
      ofTopics.has(word) ||
      lists.feelings.has(word) ||
      lists.strengths.has(word)
    );
  };
}

function lowerOpening(sentence: Sentence, isName: (token: Token, next: Token | undefined) => boolean): Sentence {
  const [first, ...rest] = sentence.tokens;
  if (first === undefined || isName(first, rest[0])) return sentence;
  return { ...sentence, tokens: [{ ...first, text: first.lower }, ...rest] };
}

function withGuesses(people: readonly Person[], sentences: readonly Sentence[]): Person[] {
  const questions = new Map<string, number>();
  for (const { person, isQuestion } of sentences)
    if (person !== null && isQuestion) questions.set(person.id, (questions.get(person.id) ?? 0) + 1);
  const heard = people.filter(({ id }) => sentences.some(({ person }) => person?.id === id));
  const guessed = guessSides(heard, questions);
  return heard.map((person) => ({ ...person, side: person.side ?? guessed.get(person.id) ?? null }));
}

/** Punctuated when a sentence ends at least every forty words. */
function isPunctuated(segments: readonly Segment[]): boolean {
  const text = segments.map((segment) => segment.text).join(" ");
  const ends = text.match(/[.?!…](?:\s|$)/gu)?.length ?? 0;
  return ends * 40 >= text.split(/\s+/u).length;
}

function toTurns(segments: readonly Segment[]): Turn[] {
  const turns: { speaker: string | undefined; segments: Segment[] }[] = [];
  for (const segment of segments) {
    const last = turns.at(-1);
    if (last !== undefined && last.speaker === segment.speaker) last.segments.push(segment);
    else turns.push({ speaker: segment.speaker, segments: [segment] });
  }
  return turns;
}

interface Piece {
  readonly text: string;
  readonly segments: readonly Segment[];
  readonly tokens: readonly Token[];
}

/** The sentences of a turn; one that runs over two segments belongs to both. */
function toPieces(turn: Turn, punctuated: boolean, lexicon: Lexicon): Piece[] {
  if (!punctuated)
    return turn.segments.flatMap((segment) => {
      const tokens = repair(readPronouns(tidy(tokenise(segment.text.normalize("NFC")), lexicon), lexicon), lexicon);
      return restoreSentences(tokens, lexicon).map((words) => ({
        text: segment.text.normalize("NFC").slice(words[0]?.start ?? 0, words.at(-1)?.end ?? 0),
        segments: [segment],
        tokens: words,
      }));
    });
  let text = "";
  const places: { readonly from: number; readonly to: number; readonly segment: Segment }[] = [];
  for (const segment of turn.segments) {
    const own = segment.text.normalize("NFC").replace(/\s+/gu, " ").trim();
    const from = text === "" ? 0 : text.length + 1;
    text = text === "" ? own : `${text} ${own}`;
    places.push({ from, to: from + own.length, segment });
  }
  return mendAcross(sentenceRanges(text), text, lexicon).flatMap(([from, to, words]) => {
    const parts = cutClauses(withoutDislocation(repair(tidy(tokenise(words), lexicon), lexicon), lexicon), lexicon);
    return parts.map((tokens, at) => {
      const start = at === 0 ? from : from + Math.max(0, tokens[0]?.start ?? 0);
      const end = at === parts.length - 1 ? to : from + Math.max(0, parts[at + 1]?.[0]?.start ?? 0);
      return {
        text: text.slice(start, end).trim(),
        segments: places.filter((place) => place.from < end && place.to > start).map(({ segment }) => segment),
        tokens,
      };
    });
  });
}

/** Whether a sentence opens by taking something back. */
const takesBack =
  /^(?:nej|nä|eller|förlåt|oj|vänta|fel|jag menar|rättare sagt|no|sorry|wait|i mean|or rather)\b[^.?!]*[\p{L}\p{N}]/iu;

/**
 * The ranges with their words. "… på torsdag klockan åtta. Nej förlåt, på fredag.": where the second sentence mends the
 * first, they are one, the full stop a comma.
 */
function mendAcross(
  ranges: readonly (readonly [number, number])[],
  text: string,
  lexicon: Lexicon,
): [number, number, string][] {
  const mended: [number, number, string][] = [];
  for (const [from, to] of ranges) {
    const words = text.slice(from, to);
    const last = mended.at(-1);
    if (last !== undefined && last[2].endsWith(".") && takesBack.test(words)) {
      const both = `${last[2].slice(0, -1)},${text.slice(last[1], from)}${words}`;
      if (mends(last[2], both, lexicon)) {
        mended[mended.length - 1] = [last[0], to, both];
        continue;
      }
    }
    mended.push([from, to, words]);
  }
  return mended;
}

/** Whether less is left of the first sentence than was said: its wrong word has gone. */
function mends(first: string, both: string, lexicon: Lexicon): boolean {
  const read = (text: string): readonly Token[] =>
    writeFigures(tidy(tokenise(text), lexicon), lexicon.language, "reading");
  const before = lowerWords(read(first));
  const after = lowerWords(repair(read(both), lexicon));
  return before.some((word, at) => after[at] !== word);
}

function sentenceRanges(text: string): [number, number][] {
  const ranges: [number, number][] = [];
  let from = 0;
  for (const match of text.matchAll(/[.?!…]+["”»)]*\s+(?=["”«(]*[\p{Lu}\p{N}])/gu)) {
    const end = match.index + match[0].trimEnd().length;
    if (abbreviations.test(text.slice(from, end))) continue;
    ranges.push([from, end]);
    from = match.index + match[0].length;
  }
  if (from < text.length) ranges.push([from, text.length]);
  return ranges;
}

function toSentence(
  piece: Piece,
  about: {
    lexicon: Lexicon;
    person: Person | null;
    prefix: string;
    meeting: number;
    recordedAt: string | undefined;
    turn: number;
    index: number;
    punctuated: boolean;
  },
): Sentence {
  const { lexicon, person, prefix, meeting, recordedAt, turn, index, punctuated } = about;
  const tokens = repair(writeFigures(piece.tokens, lexicon.language, "reading"), lexicon);
  const words = lowerWords(tokens);
  return {
    index,
    meeting,
    turn,
    person,
    segments: piece.segments.map(({ id }) => prefix + id),
    startMs: piece.segments[0]?.startMs ?? 0,
    spoken: piece.text.trim(),
    tokens,
    words,
    flat: flatten(words),
    times: findTimes(tokens, recordedAt, lexicon),
    isQuestion:
      /\?["”»)]*\s*$/u.test(piece.text) || (punctuated ? asksYou(words, piece.text, lexicon) : asks(words, lexicon)),
  };
}

/** "Är du ensam hemma.": a recogniser may miss the mark. "Har du frågor, så ring" is none. */
function asksYou(words: readonly string[], text: string, { verbs, language }: Lexicon): boolean {
  const you = language === "sv" ? /^(?:du|ni)$/u : /^you$/u;
  return (
    verbs.finite.has(words[0] ?? "") &&
    you.test(words[1] ?? "") &&
    words.length <= 8 &&
    !text.includes(",") &&
    !words.includes("så") &&
    !text.endsWith("!")
  );
}

/** A question without its mark: opens with a question word, or with a verb and then "du". */
function asks(words: readonly string[], { lists, verbs, language }: Lexicon): boolean {
  let at = 0;
  while (at < words.length - 1 && lists.openers.has(words[at] ?? "")) at += 1;
  const first = words[at] ?? "";
  const second = words[at + 1] ?? "";
  // "Så har vi en bra lärare": follows from what was said, and asks nothing.
  if (words[at - 1] === "så" && verbs.finite.has(first)) return false;
  if (lists.questionWords.has(first) && (verbs.finite.has(second) || verbs.finite.has(words[at + 2] ?? "")))
    return first !== "när" && first !== "var" ? true : verbs.finite.has(second);
  if (language === "en")
    return (
      /^(?:do|does|did|is|are|was|were|can|could|will|would|should|have|has|shall|may)$/u.test(first) &&
      /^(?:you|we|i|it|he|she|they|there|that|this)$/u.test(second)
    );
  return (
    verbs.finite.has(first) &&
    /^(?:du|ni|jag|vi|han|hon|den|det|de|dom|man|någon|nån|någonting)$/u.test(second) &&
    (at > 0 || first !== "var")
  );
}
