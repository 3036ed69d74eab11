// Cuts a talk into pieces that a model can read at once. Every line is in a piece; one that is too long for any is cut
// into parts that keep its mark. Pure.
import type { TalkLine } from "./lines.ts";

export interface Piece {
  readonly lines: readonly TalkLine[];
}

/** What a line's end costs. */
const lineEnd = 1;

/**
 * @param tokens of each line, by its place
 * @param room tokens that a piece's lines may have together
 */
export function cutIntoPieces(lines: readonly TalkLine[], tokens: readonly number[], room: number): readonly Piece[] {
  const pieces: TalkLine[][] = [];
  let current: TalkLine[] = [];
  let used = 0;
  const close = () => {
    if (current.length > 0) pieces.push(current);
    current = [];
    used = 0;
  };
  for (const [at, line] of lines.entries()) {
    const cost = (tokens[at] ?? 0) + lineEnd;
    if (cost > room) {
      close();
      for (const part of parts(line, room - lineEnd)) pieces.push([part]);
      continue;
    }
    if (used + cost > room) close();
    current.push(line);
    used += cost;
  }
  close();
  return pieces.map((piece) => ({ lines: piece }));
}

/** A token is at least a byte: what is no longer than that in bytes fits, whatever the tokenizer. */
function parts(line: TalkLine, mostBytes: number): TalkLine[] {
  const head = line.text.slice(0, line.text.indexOf('"'));
  const words = (JSON.parse(line.text.slice(head.length)) as string).split(" ");
  const found: string[] = [];
  let current = "";
  const fits = (text: string) => Buffer.byteLength(head + JSON.stringify(text)) <= mostBytes;
  for (const word of words.flatMap((one) => splitWord(one, fits))) {
    const longer = current === "" ? word : `${current} ${word}`;
    if (fits(longer)) current = longer;
    else {
      if (current !== "") found.push(current);
      current = word;
    }
  }
  if (current !== "") found.push(current);
  return found.map((text) => ({ ...line, text: head + JSON.stringify(text) }));
}

function splitWord(word: string, fits: (text: string) => boolean): string[] {
  if (fits(word)) return [word];
  const signs = Array.from(word);
  if (signs.length < 2) return [word];
  const middle = signs.length >> 1;
  return [signs.slice(0, middle).join(""), signs.slice(middle).join("")].flatMap((half) => splitWord(half, fits));
}
