// E-mail addresses (written and spoken), IBAN, registration plates, case numbers by their own shape. Every search is bounded
// by where it starts, so that a hostile line costs no more than its length. Runs anywhere.
import { passesIban } from "./check-digits.ts";
import type { ReadPassage } from "./document.ts";
import type { Find, MaskKind } from "./kinds.ts";
import type { Lexicon } from "./lexicon.ts";
import { spokenNumber } from "./number-words.ts";
import type { Token } from "./words.ts";

/** RFC 5321: 64 signs before the @, 255 after it. */
const longestLocal = 64;
const longestDomain = 255;
const localSign = /[\p{L}\p{N}._%+'-]/u;
const domainSign = /[\p{L}\p{N}.-]/u;

export function findContacts(passages: readonly ReadPassage[], lexicon: Lexicon): Find[] {
  return passages.flatMap((passage) => [
    ...writtenEmails(passage),
    ...spokenEmails(passage, lexicon),
    ...ibans(passage),
    ...plates(passage, lexicon),
    ...matters(passage),
  ]);
}

const find = (passage: ReadPassage, start: number, end: number, kind: MaskKind): Find => ({
  passage: passage.id,
  start,
  end,
  kind,
  key: passage.text.slice(start, end).toLowerCase().replaceAll(/\s/gu, ""),
});

function writtenEmails(passage: ReadPassage): Find[] {
  const { text } = passage;
  const finds: Find[] = [];
  for (let at = text.indexOf("@"); at >= 0; at = text.indexOf("@", at + 1)) {
    let start = at;
    while (start > 0 && at - start < longestLocal && localSign.test(text[start - 1] as string)) start -= 1;
    let end = at + 1;
    while (end < text.length && end - at < longestDomain && domainSign.test(text[end] as string)) end += 1;
    while (end > at + 1 && /[.-]/u.test(text[end - 1] as string)) end -= 1;
    // "@anna_l": a name in a social network.
    if (end > at + 1) finds.push(find(passage, start, start === at ? handleEnd(text, end) : end, "email"));
  }
  return finds;
}

function handleEnd(text: string, from: number): number {
  let end = from;
  while (end < text.length && end - from < longestLocal && /[\p{L}\p{N}_]/u.test(text[end] as string)) end += 1;
  return end;
}

/** "anna punkt lind snabel-a kommun punkt se". */
function spokenEmails(passage: ReadPassage, { cues: { emailWords }, language }: Lexicon): Find[] {
  const { tokens, text } = passage;
  const isDot = ({ lower }: Token): boolean => emailWords.dot.includes(lower) || emailWords.joins.includes(lower);
  const apart = (at: number): boolean =>
    /[.!?;:\n]/u.test(text.slice((tokens[at] as Token).end, tokens[at + 1]?.start ?? text.length));
  const finds: Find[] = [];
  tokens.forEach((token, at) => {
    if (!emailWords.at.includes(token.lower)) return;
    // "snabel a" in two words.
    const after = token.lower === "snabel" && tokens[at + 1]?.lower === "a" ? at + 2 : at + 1;
    let to = after;
    while (to + 2 < tokens.length && isDot(tokens[to + 1] as Token) && !apart(to) && !apart(to + 1)) to += 2;
    // Said with "at" only an ending makes it an address: "we met at dot" is none.
    const isAddress = to > after || (language === "sv" && token.lower.startsWith("snabel") && to < tokens.length);
    if (!isAddress || tokens[at - 1] === undefined) return;
    let from = at - 1;
    while (from - 2 >= 0 && isDot(tokens[from - 1] as Token) && !apart(from - 1) && !apart(from - 2)) from -= 2;
    // Letters and digits that were spelled one by one belong to the same name.
    while (
      from - 1 >= 0 &&
      isSpelled(tokens[from - 1] as Token, language) &&
      isSpelled(tokens[from] as Token, language)
    )
      from -= 1;
    finds.push(
      find(passage, (tokens[from] as Token).start, (tokens[Math.min(to, tokens.length - 1)] as Token).end, "email"),
    );
  });
  return finds;
}

const isSpelled = ({ lower, isDigits }: Token, language: "sv" | "en"): boolean =>
  isDigits || (lower.length === 1 && lower !== "i" && lower !== "å") || spokenNumber(lower, language) !== null;

function ibans(passage: ReadPassage): Find[] {
  const finds: Find[] = [];
  for (const found of passage.text.matchAll(/(?<![\p{L}\p{N}])[A-Z]{2}\d{2}(?: ?[A-Z\d]{2,4}){3,8}/gu))
    for (let end = found[0].length; end >= 15; end -= 1)
      if (passesIban(found[0].slice(0, end))) {
        finds.push(find(passage, found.index, found.index + end, "account"));
        break;
      }
  return finds;
}

/** The text in capitals where it was written without. Signs that become two in capitals would move the places. */
export function inCapitals({ text, isCased }: ReadPassage): string {
  const capitals = isCased ? text : text.toUpperCase();
  return capitals.length === text.length ? capitals : text;
}

/** Swedish: three letters (never I, Q or V), two digits, a digit or a letter. British: AB12 CDE. */
const swedishPlate = /(?<![\p{L}\p{N}])[A-HJ-PR-UW-Z]{3}[ -]?\d{2}[A-HJ-PR-UW-Z\d](?![\p{L}\p{N}])/gu;
const britishPlate = /(?<![\p{L}\p{N}])[A-HJ-PR-Y]{2}\d{2} ?[A-HJ-PR-Z]{3}(?![\p{L}\p{N}])/gu;

function plates(passage: ReadPassage, lexicon: Lexicon): Find[] {
  const { tokens, isCased } = passage;
  const known = inCapitals(passage);
  const finds: Find[] = [];
  for (const pattern of [swedishPlate, britishPlate])
    for (const found of known.matchAll(pattern)) {
      const letters = found[0].slice(0, 3).toLowerCase();
      if (isCased || lexicon.classOf(letters) !== "ordinary")
        finds.push(find(passage, found.index, found.index + found[0].length, "plate"));
    }
  return [...finds, ...foreignPlates(passage, known, lexicon), ...spokenPlates(passage, tokens, lexicon)];
}

/** "skylten var GD 5R7K2": letters and digits after a word that says so. */
function foreignPlates(passage: ReadPassage, text: string, { cues }: Lexicon): Find[] {
  return passage.tokens.flatMap((token) => {
    if (!cues.plate.has(token.lower)) return [];
    const after = text.slice(token.end, token.end + 40);
    const found = /(?<![\p{L}\p{N}])(?=[A-Z\d -]*\d)[A-Z]{1,3}[ -]?[A-Z]{0,4}\d[A-Z\d]{0,5}(?![\p{L}\p{N}])/u.exec(
      after,
    );
    return found === null
      ? []
      : [find(passage, token.end + found.index, token.end + found.index + found[0].length, "plate")];
  });
}

/** "M L B fyra sju G", "Adam Bertil Cesar ett två tre". */
function spokenPlates(passage: ReadPassage, tokens: readonly Token[], lexicon: Lexicon): Find[] {
  const isLetter = (token: Token | undefined): boolean =>
    token !== undefined && !token.isDigits && (token.text.length === 1 || lexicon.cues.phonetic.has(token.lower));
  const finds: Find[] = [];
  for (const run of passage.runs) {
    const [one, two, three] = [tokens[run.from - 3], tokens[run.from - 2], tokens[run.from - 1]];
    if (!isLetter(one) || !isLetter(two) || !isLetter(three) || run.digits.length > 3 || run.digits.length < 2)
      continue;
    const last = tokens[run.to];
    const hasLetter = run.digits.length === 2 && isLetter(last) && (last as Token).lower !== "i";
    finds.push(find(passage, (one as Token).start, hasLetter ? (last as Token).end : run.end, "plate"));
  }
  return finds;
}

/** "Dnr 2026/123", "SOC 2025-0123", "5000-K123456-26", "B 1234-25". */
const matterShapes = [
  /(?<![\p{L}\p{N}])(?:\d{4}-)?K\d{3,7}-\d{2}(?![\p{L}\p{N}])/gu,
  /(?<![\p{L}\p{N}])[A-ZÅÄÖ]{2,6}[ -]?(?:19|20)\d{2}[-/:]\d{1,6}(?:-\d{1,4})?(?![\p{L}\p{N}])/gu,
  /(?<![\p{L}\p{N}])(?:19|20)\d{2}[/:]\d{2,6}(?:-\d{1,4})?(?![\p{L}\p{N}])/gu,
  /(?<![\p{L}\p{N}])[BTÄFÖKM] ?\d{2,6}-\d{2}(?![\p{L}\p{N}])/gu,
] as const;

function matters(passage: ReadPassage): Find[] {
  const text = inCapitals(passage);
  return matterShapes.flatMap((shape) =>
    [...text.matchAll(shape)].map((found) => find(passage, found.index, found.index + found[0].length, "matter")),
  );
}
