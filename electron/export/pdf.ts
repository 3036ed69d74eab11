// A summary or transcript as a tagged PDF (ISO 14289-1, PDF/UA): a structure that can be read out, embedded fonts, the
// title and the language. Runs anywhere under Node.
import type { InterfaceLanguage } from "../formats.ts";
import type { ExportOptions, Letterhead } from "./options.ts";
import { type ExportInput, outlineOf, type OutlineBody, type OutlineItem } from "./outline.ts";
import {
  decoration,
  draw,
  listItem,
  makeRoom,
  marginPt,
  openPage,
  type Page,
  paragraph,
  type Piece,
  quiet,
  widthPt,
} from "./pdf-page.ts";
import { table } from "./pdf-table.ts";
import { exportTexts, type ExportTexts } from "./texts.ts";

export async function pdf(
  input: ExportInput,
  language: InterfaceLanguage,
  options: ExportOptions,
): Promise<Uint8Array> {
  const texts = exportTexts(language);
  const outline = outlineOf(input, language, options, "notes");
  const { title, label, about, open, facts, sections } = outline;
  const page = openPage({ title, subject: label, language: outline.language });
  const { doc, root } = page;
  const whole = bytesOf(page);
  if (options.letterhead !== undefined) doc.y += options.letterhead.logo === undefined ? 10 : 34;

  paragraph(page, root, "H1", [{ text: title, face: "bold", sizePt: 20 }], 6);
  paragraph(page, root, "P", [{ text: label, face: "bold" }], 4);
  for (const text of about) paragraph(page, root, "P", [{ text, colour: quiet }], 4);
  doc.y += 4;
  if (facts.length > 0) table(page, root, { header: null, rows: facts, shares: [0.25, 0.75], rowHeads: true });
  if (open.length > 0) {
    heading(page, texts.open);
    list(
      page,
      open.map((text) => [{ text }]),
    );
  }
  for (const section of sections) {
    heading(page, section.heading);
    body(page, section.body, texts);
  }
  if (page.missing()) paragraph(page, root, "P", [{ text: texts.missingSigns, colour: quiet, sizePt: 9 }], 0);
  root.end();
  pageLines(page, title, texts, options.letterhead);
  doc.end();
  return whole;
}

export function bytesOf({ doc }: Page): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  return new Promise((resolve, reject) => {
    doc.on("data", (chunk: Buffer) => chunks.push(chunk));
    doc.on("end", () => resolve(new Uint8Array(Buffer.concat(chunks))));
    doc.on("error", reject);
  });
}

export function heading(page: Page, text: string): void {
  page.doc.y += 10;
  // Not alone at the foot of a page.
  makeRoom(page, 60);
  paragraph(page, page.root, "H2", [{ text, face: "bold", sizePt: 14 }], 3);
}

const said = ({ text, source }: OutlineItem): readonly Piece[] => [
  { text: source === "" ? text : `${text} ` },
  { text: source, colour: quiet, sizePt: 9 },
];

function list(page: Page, items: readonly (readonly Piece[])[], numbered = false): void {
  const element = page.doc.struct("L");
  page.root.add(element);
  for (const [at, pieces] of items.entries())
    listItem(page, element, numbered ? `${at + 1}.` : "•", pieces, numbered ? 30 : 14);
  element.end();
}

function body(page: Page, content: OutlineBody, texts: ExportTexts): void {
  const { root } = page;
  switch (content.kind) {
    case "note":
      return paragraph(page, root, "P", [{ text: content.text, face: "italic", colour: quiet }], 4);
    case "manual":
      paragraph(page, root, "P", [{ text: content.text, face: "italic", colour: quiet }], 0);
      return linesToWriteOn(page);
    case "items":
      return list(page, content.items.map(said));
    case "quotes":
      for (const item of content.items) paragraph(page, root, "BlockQuote", said(item), 6, 18);
      return undefined;
    case "terms":
      return list(
        page,
        content.terms.map(([word, meaning]) => [{ text: `${word}: `, face: "bold" }, { text: meaning }]),
      );
    case "notes":
      return list(
        page,
        content.notes.map((text) => [{ text, sizePt: 9.5 }]),
        true,
      );
    case "actions":
      return table(page, root, {
        header: [texts.what, texts.who, texts.when, texts.source],
        rows: content.rows.map(({ what, who, when, source }) => [what, who, when, source]),
        shares: [0.44, 0.19, 0.23, 0.14],
      });
    case "talk":
      for (const { time, speaker, text } of content.lines)
        paragraph(
          page,
          root,
          "P",
          [
            { text: speaker === "" ? "" : `${speaker} `, face: "bold" },
            { text: `[${time}] `, colour: quiet, sizePt: 9 },
            { text },
          ],
          4,
        );
      return undefined;
  }
}

const ruled = 4;

function linesToWriteOn(page: Page): void {
  const { doc } = page;
  makeRoom(page, ruled * 24);
  decoration(page, () => {
    doc.lineWidth(0.5).strokeColor("#9ca3af");
    for (let line = 1; line <= ruled; line += 1) {
      const yPt = doc.y + line * 24;
      doc
        .moveTo(marginPt, yPt)
        .lineTo(marginPt + widthPt(doc), yPt)
        .stroke();
    }
  });
  doc.y += ruled * 24 + 4;
}

/** Head and foot of every page: who it comes from, what it is, "1 (3)". Seen, and not read out again and again. */
export function pageLines(page: Page, title: string, texts: ExportTexts, letterhead: Letterhead | undefined): void {
  const { doc } = page;
  const { count } = doc.bufferedPageRange();
  for (let at = 0; at < count; at += 1) {
    doc.switchToPage(at);
    // Outside the margins pdfkit would begin a new page.
    doc.page.margins = { top: 0, bottom: 0, left: 0, right: 0 };
    const number = texts.pageOf.replace("{page}", String(at + 1)).replace("{pages}", String(count));
    decoration(
      page,
      () => {
        if (letterhead?.logo !== undefined && at === 0)
          doc.image(Buffer.from(letterhead.logo.bytes), marginPt, 34, { fit: [130, 48] });
        else smallLine(page, letterhead?.organisation ?? "", marginPt, 38);
        if (at > 0) smallLine(page, title, marginPt + 180, 38);
        smallLine(page, number, marginPt + widthPt(doc) - 60, doc.page.height - 44);
      },
      "Pagination",
    );
  }
}

/** What fits on one line; the whole stands in the text. */
function smallLine(page: Page, text: string, xPt: number, yPt: number): void {
  page.doc.y = yPt;
  const short = text.length > 60 ? `${text.slice(0, 59)}…` : text;
  draw(page, [{ text: short, sizePt: 9, colour: quiet }], xPt, widthPt(page.doc) + marginPt - xPt);
}
