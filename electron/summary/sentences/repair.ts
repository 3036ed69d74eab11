// A word taken back in mid-sentence: "på tisdag, nej, på onsdag" keeps only what was meant. Runs anywhere.
import type { Lexicon } from "../lexicon.ts";
import { tidy } from "./tidy.ts";
import type { Token } from "../language/tokens.ts";

/** The tokens with repaired slips; what cannot be told for certain stays as it was said. */
export function repair(tokens: readonly Token[], lexicon: Lexicon): Token[] {
  for (let at = 2; at < tokens.length - 1; at += 1) {
    const length = pauseLength(tokens, at, lexicon);
    if (length === 0) continue;
    let from = at + length;
    while (tokens[from]?.isWord === false) from += 1;
    from = afterDenied(tokens, from);
    const before = tokens.slice(0, at).filter(({ text }, place, all) => place < all.length - 1 || text !== ",");
    const mended = mend(before, tokens.slice(from), lexicon);
    if (mended !== null) return repair(tidy(mended, lexicon), lexicon);
  }
  return [...tokens];
}

/** "nej", "eller vänta", "jag menar" between commas, or "eller" before such a word. */
function pauseLength(tokens: readonly Token[], at: number, { lists }: Lexicon): number {
  const fenced = tokens[at - 1]?.text === ",";
  for (let length = 3; length > 0; length -= 1) {
    const words = tokens.slice(at, at + length);
    const phrase = words.map(({ lower }) => lower).join(" ");
    if (words.length < length || !lists.pauses.has(phrase)) continue;
    const after = tokens[at + length];
    const closed = after?.text === "," || length > 1;
    if (fenced && (closed || kindOf(after, lists) !== null)) return length;
    // Without commas: "fram till påsk nej påsken är ju …".
    const said = tokens[at - 1]?.lower ?? "";
    if (length === 1 && !fenced && said.length >= 4 && after?.lower.startsWith(said) === true) return length;
    if (length > 1 && !fenced && after?.isWord === true && phrase !== "jag menar" && phrase !== "nej inte")
      return length;
  }
  return 0;
}

/** "… nej, inte juni, torsdag …": past what is only denied. */
function afterDenied(tokens: readonly Token[], from: number): number {
  if (!/^(?:inte|not)$/u.test(tokens[from]?.lower ?? "")) return from;
  const comma = tokens.findIndex(({ text }, at) => at > from && text === ",");
  return comma > from && comma - from <= 4 && comma < tokens.length - 1 ? comma + 1 : from;
}

type Kind = "number" | "weekday" | "month" | null;
function kindOf(token: Token | undefined, lists: Lexicon["lists"]): Kind {
  if (token === undefined) return null;
  if (/^\p{N}/u.test(token.text)) return "number";
  if (/^(?:mån|tis|ons|tors|fre|lör|sön)dag|^(?:mon|tues|wednes|thurs|fri|satur|sun)day/u.test(token.lower))
    return "weekday";
  if (
    /^(?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december|january|february|march|may|june|july|august|october)$/u.test(
      token.lower,
    )
  )
    return "month";
  return lists.determiners.has(token.lower) && /^(?:två|tre|fyra|fem|two|three|four|five)$/u.test(token.lower)
    ? "number"
    : null;
}

/** The last "klockan åtta" of what is mended: a new day leaves the hour as it was. */
function clockOf(tokens: readonly Token[]): readonly Token[] {
  const at = tokens.findLastIndex(({ lower }) => /^(?:klockan|kl|at)$/u.test(lower));
  return at < 0 || tokens.length - at > 4 ? [] : tokens.slice(at);
}

/** "Femtusen är det": the tag stood for the whole sentence. */
function withoutTag(tokens: readonly Token[]): readonly Token[] {
  const last = tokens.findLastIndex(({ isWord }) => isWord);
  const tag = tokens[last]?.lower === "det" && /^(?:är|var|blir|ska)$/u.test(tokens[last - 1]?.lower ?? "");
  return tag ? [...tokens.slice(0, last - 1), ...tokens.slice(last + 1)] : tokens;
}

const unlessSaid = (clock: readonly Token[], after: readonly Token[]): readonly Token[] =>
  after.some(({ lower }) => lower === clock[0]?.lower) ? [] : clock;

function mend(before: readonly Token[], after: readonly Token[], { lists }: Lexicon): Token[] | null {
  const [first] = after;
  if (first === undefined) return null;
  // The repair takes up a word that was said: everything from there on is said anew.
  if (lists.prepositions.has(first.lower) || lists.determiners.has(first.lower)) {
    const anchor = before.findLastIndex(({ lower }) => lower === first.lower);
    if (anchor > 0 && before.length - anchor <= 6) return [...before.slice(0, anchor), ...after];
  }
  // A number for a number, a day for a day.
  const kind = kindOf(first, lists);
  if (kind !== null) {
    const wrong = before.findLastIndex((token) => kindOf(token, lists) === kind);
    const tail =
      after.length > 1
        ? [...withoutTag(after.slice(1)), ...unlessSaid(clockOf(before), after)]
        : before.slice(wrong + 1);
    if (wrong >= 0 && before.length - wrong <= 5) return [...before.slice(0, wrong), first, ...tail];
  }
  // What follows only says why the last phrase was wrong: "fram till påsk, nej, påsken är ju nästa vecka".
  const last = before.at(-1);
  if (last !== undefined && last.lower.length >= 4 && first.lower.startsWith(last.lower)) {
    const phrase = before.findLastIndex(
      ({ lower }, at) => lists.prepositions.has(lower) && !lists.prepositions.has(before[at - 1]?.lower ?? ""),
    );
    const from = phrase > 0 && before[phrase - 1]?.lower === "fram" ? phrase - 1 : phrase;
    // The same words again later on say what was meant instead.
    const anew = after.findIndex(({ lower }, at) => at > 0 && lower === before[from]?.lower);
    const kept = before.slice(0, before[from - 1]?.text === "," ? from - 1 : from);
    if (from > 0) return anew < 0 ? kept : [...kept, ...after.slice(anew)];
  }
  return null;
}
