// A document's lines and how each is set: as a heading, in bold, or plainly. From HTML of the clipboard, a Word file or
// plain text. Runs anywhere under Node. Only words come out: no markup, picture, script or address.
import { basename, extname } from "node:path";
import { Parser } from "htmlparser2";
import { LyssnaError } from "../errors.ts";
import { readBounded } from "../read-bounded.ts";
import type { Reason } from "../reasons.ts";
import { decodeText } from "./decode-text.ts";
import { docxHtml } from "./read-docx.ts";

export interface DocumentLine {
  readonly text: string;
  /** 1 to 6 for a heading by its style, 0 for any other line. */
  readonly level: number;
  /** True where every word of the line is bold. */
  readonly bold: boolean;
}

/** A template's old document is some pages; pictures may swell it. */
const fileMaxBytes = 32 * 1024 * 1024;

const blocks = new Set(
  "address article aside blockquote body dd div dl dt fieldset footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody td tfoot th thead tr ul br".split(
    " ",
  ),
);
const silent = new Set(["script", "style", "head", "title", "template", "noscript", "textarea", "select", "svg"]);

export const textLines = (text: string): readonly DocumentLine[] =>
  text.split(/\r\n?|\n/u).map((line) => ({ text: tidy(line), level: 0, bold: false }));

/** Lines of any HTML, however broken. Empty lines are left out: HTML has none. */
export function htmlLines(html: string): readonly DocumentLine[] {
  const lines: DocumentLine[] = [];
  const open: { readonly name: string; readonly bold: boolean; readonly level: number }[] = [];
  let words = "";
  let plainWords = 0;
  let level = 0;
  let quiet = 0;
  const flush = () => {
    const text = tidy(words);
    if (text !== "") lines.push({ text, level, bold: plainWords === 0 });
    words = "";
    plainWords = 0;
    level = 0;
  };
  const parser = new Parser({
    onopentag(name, attributes) {
      if (blocks.has(name)) flush();
      if (silent.has(name)) quiet += 1;
      const style = (attributes["style"] ?? "").toLowerCase();
      const before = open.at(-1);
      open.push({
        name,
        bold: boldOf(name, style) ?? before?.bold ?? false,
        level: levelOf(name, style) || (before?.level ?? 0),
      });
    },
    ontext(text) {
      if (quiet > 0) return;
      const now = open.at(-1);
      words += text;
      if (text.trim() === "") return;
      level ||= now?.level ?? 0;
      if (now?.bold !== true && /[\p{L}\p{N}]/u.test(text)) plainWords += 1;
    },
    onclosetag(name) {
      if (silent.has(name)) quiet -= 1;
      open.pop();
      if (blocks.has(name)) flush();
    },
  });
  parser.end(html);
  flush();
  return lines;
}

/** Lines of a .docx, .html or text file. Throws what reading throws, and document-unreadable with the reason. */
export async function fileLines(path: string): Promise<readonly DocumentLine[]> {
  const file = basename(path);
  const bytes = await readBounded(path, fileMaxBytes, unreadable(file, "too-large"));
  try {
    switch (extname(path).toLowerCase()) {
      case ".docx":
        return htmlLines(await docxHtml(bytes, file));
      case ".html":
      case ".htm":
        return htmlLines(decodeText(bytes, file));
      default:
        return textLines(decodeText(bytes, file));
    }
  } catch (error) {
    if (!(error instanceof LyssnaError)) throw error;
    throw new LyssnaError("document-unreadable", { ...error.details, file }, { cause: error });
  }
}

const unreadable = (file: string, reason: Reason) => new LyssnaError("document-unreadable", { file, reason });

const tidy = (text: string): string => text.replace(/[\s\u00A0\u200B\uFEFF]+/gu, " ").trim();

/** What a tag says of the words in it; null where it says nothing. Google Docs wraps all in a <b> that is not bold. */
function boldOf(name: string, style: string): boolean | null {
  const weight = /font-weight\s*:\s*([a-z\d]+)/u.exec(style)?.[1];
  if (weight !== undefined) return weight === "bold" || weight === "bolder" || Number(weight) >= 600;
  return name === "b" || name === "strong" || name === "th" || /^h[1-6]$/u.test(name) ? true : null;
}

/** Word writes its own heading levels into the style where it does not write <h1>. */
function levelOf(name: string, style: string): number {
  const level = /^h([1-6])$/u.exec(name)?.[1] ?? /mso-outline-level\s*:\s*([1-6])/u.exec(style)?.[1];
  return level === undefined ? 0 : Number(level);
}
