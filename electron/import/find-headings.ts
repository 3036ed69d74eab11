// The headings of an old document, so that a template can be made of it. Runs anywhere under Node.
// Only headings are taken, never the text below them: that is about somebody.
import type { DocumentLine } from "./document-lines.ts";

export interface Outline {
  readonly title: string | null;
  readonly headings: readonly string[];
}

/** How sure a line is to be a heading: by its style, in bold, numbered, ended by a colon or in capitals, or by itself. */
type Sign = "style" | "bold" | "number" | "label" | "alone";

interface Candidate {
  readonly at: number;
  readonly text: string;
  readonly level: number;
  readonly sign: Sign;
}

const longestHeading = 90;
const headingsMax = 60;
const numbered = /^(?:§\s*\d{1,3}|\d{1,2}(?:\.\d{1,2}){0,3})[.):]?\s+(?=\p{L})/u;

/**
 * Signs are believed in turn: a document with headings by style has its list items in bold for other reasons.
 * The title is a first heading that has another one right below it, or the only one of the highest level.
 */
export function findHeadings(lines: readonly DocumentLine[]): Outline {
  const candidates = lines.flatMap((line, at) => candidateOf(lines, line, at) ?? []);
  const signed = (...signs: readonly Sign[]) => candidates.filter(({ sign }) => signs.includes(sign));
  const tries: readonly (readonly [least: number, found: readonly Candidate[]])[] = [
    [3, signed("style")],
    [2, signed("style", "bold")],
    [2, signed("style", "bold", "number")],
    [2, signed("style", "bold", "number", "label")],
    [2, candidates],
    [1, signed("style", "bold", "number", "label")],
  ];
  const found = tries.find(([least, some]) => some.length >= least)?.[1] ?? [];
  const title = titleOf(found, lines);
  const names = new Map<string, string>();
  for (const candidate of found) {
    if (candidate === title) continue;
    const name = candidate.text;
    if (!names.has(name.toLowerCase())) names.set(name.toLowerCase(), name);
  }
  return { title: title?.text ?? null, headings: [...names.values()].slice(0, headingsMax) };
}

function candidateOf(lines: readonly DocumentLine[], line: DocumentLine, at: number): Candidate | null {
  const sign = signOf(lines, line, at);
  if (sign === null) return null;
  const label = sign === "label" || sign === "bold" ? labelOf(line.text) : null;
  const text = (label ?? line.text)
    .replace(numbered, "")
    .replace(/[\s:.–-]+$/u, "")
    .trim();
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  if (letters < 2 || text.length > longestHeading || isPersonal(text)) return null;
  return { at, text: text === text.toUpperCase() ? capitalised(text) : text, level: line.level, sign };
}

function signOf(lines: readonly DocumentLine[], { text, level, bold }: DocumentLine, at: number): Sign | null {
  if (level > 0) return "style";
  const short = text.length <= longestHeading && text.split(" ").length <= 12;
  const sentence = /[.!?;,]$/u.test(text);
  if (bold && short && !/[.!?;,]$/u.test(text.replace(numbered, "").replace(/\d\.$/u, ""))) return "bold";
  if (short && !sentence && numbered.test(text) && /^[\p{Lu}\d]/u.test(text.replace(numbered, ""))) return "number";
  if (labelOf(text) !== null) return "label";
  if (short && letterCount(text) >= 4 && text === text.toUpperCase() && !/\d/u.test(text)) return "label";
  const [before, after] = [lines[at - 1]?.text ?? "", lines[at + 1]?.text ?? ""];
  const alone = before === "" && after !== "" && text.split(" ").length <= 6 && !sentence;
  return alone && /^\p{Lu}/u.test(text) ? "alone" : null;
}

/** "Närvarande: Anna, Bo" and "Närvarande:" → "Närvarande"; a clock time or an address is no label. */
function labelOf(text: string): string | null {
  const label = /^(?:(?:§\s*\d{1,3}|\d{1,2}(?:\.\d{1,2}){0,3})[.)]?\s+)?(\p{Lu}[^:.!?]{1,58}):(?:\s|$)/u.exec(
    text,
  )?.[1];
  return label !== undefined && label.split(" ").length <= 8 ? label : null;
}

function titleOf(found: readonly Candidate[], lines: readonly DocumentLine[]): Candidate | null {
  const [first, second] = found;
  if (first === undefined || second === undefined || first.sign === "label" || first.sign === "number") return null;
  const between = lines.slice(first.at + 1, second.at).some(({ text }) => text !== "");
  const others = found.slice(1);
  if (first.level > 0 && others.every(({ level }) => level === 0 || level > first.level)) return first;
  return between || first.sign !== second.sign || found.length < 3 ? null : first.level > 0 ? null : first;
}

/** A line with a personal identity number is about somebody and no heading. */
const isPersonal = (text: string): boolean => /\d{6}\s?[-+]?\s?\d{4}/u.test(text) || /\S@\S/u.test(text);

const letterCount = (text: string): number => text.match(/\p{L}/gu)?.length ?? 0;

/** Capitals are loud in a summary; short ones are abbreviations and stay. */
const capitalised = (text: string): string =>
  letterCount(text) <= 4 ? text : text.slice(0, 1) + text.slice(1).toLowerCase();
