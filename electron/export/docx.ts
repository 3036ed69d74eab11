// A summary or transcript as a Word document that looks like an office's own. Runs anywhere under Node.
import {
  AlignmentType,
  BorderStyle,
  convertMillimetersToTwip,
  Document,
  Footer,
  Header,
  type IParagraphStyleOptions,
  ImageRun,
  HeadingLevel,
  LevelFormat,
  Packer,
  PageNumber,
  Paragraph,
  Tab,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from "docx";
import type { InterfaceLanguage } from "../formats.ts";
import type { ExportOptions, Letterhead, Logo } from "./options.ts";
import { type ExportInput, type Outline, outlineOf, type OutlineAction, type OutlineBody } from "./outline.ts";
import { exportTexts, type ExportTexts } from "./texts.ts";

const quiet = "595959";
const bulletList = "bullets";

export async function docx(
  input: ExportInput,
  language: InterfaceLanguage,
  options: ExportOptions,
): Promise<Uint8Array> {
  const texts = exportTexts(language);
  const { title, label, about, open, facts, sections } = outlineOf(input, language, options, "notes");
  const children = [
    new Paragraph({ heading: HeadingLevel.TITLE, children: [new TextRun(title)] }),
    noticeParagraph(label),
    ...about.map((line) => new Paragraph({ children: [new TextRun(line)] })),
    ...(facts.length === 0 ? [] : [factTable(facts), new Paragraph({ spacing: { after: 0 } })]),
    ...(open.length === 0
      ? []
      : [
          new Paragraph({ heading: HeadingLevel.HEADING_1, children: [new TextRun(texts.open)] }),
          ...open.map((text) => bullet([new TextRun(text)])),
        ]),
    ...sections.flatMap(({ heading, body }) => [
      new Paragraph({ heading: HeadingLevel.HEADING_1, children: [new TextRun(heading)] }),
      ...bodyOf(body, texts),
    ]),
  ];
  const document = new Document({
    title,
    creator: "Lyssna",
    lastModifiedBy: "Lyssna",
    description: label,
    styles: styles(contentLanguage(input)),
    numbering: { config: [{ reference: bulletList, levels: [bulletLevel] }] },
    sections: [
      {
        properties: { page: { size: a4, margin: margins }, titlePage: true },
        headers: { default: pageHead(title, options.letterhead), first: pageHead("", options.letterhead) },
        footers: { default: pageFoot(), first: pageFoot() },
        children,
      },
    ],
  });
  return new Uint8Array(await Packer.toBuffer(document));
}

const a4 = { width: convertMillimetersToTwip(210), height: convertMillimetersToTwip(297) };
const side = convertMillimetersToTwip(25);
const margins = { top: side, bottom: side, left: side, right: side };

const bulletLevel = {
  level: 0,
  format: LevelFormat.BULLET,
  text: "•",
  alignment: AlignmentType.LEFT,
  style: { paragraph: { indent: { left: 360, hanging: 260 } } },
} as const;

const contentLanguage = (input: ExportInput) =>
  input.kind === "summary" ? input.summary.language : input.transcript.language;

/** Sizes in half points. The language decides which dictionary Word checks the text with. */
const styles = (language: string) => ({
  default: {
    document: {
      run: { font: "Calibri", size: 22, language: { value: language === "sv" ? "sv-SE" : language } },
      paragraph: { spacing: { after: 100, line: 276 } },
    },
    title: { run: { size: 40, bold: true, color: "1F2A37" }, paragraph: { spacing: { after: 120 } } },
    heading1: {
      run: { size: 27, bold: true, color: "1F2A37" },
      paragraph: { spacing: { before: 280, after: 100 }, keepNext: true },
    },
  },
  // Names that Word knows by itself are shown in the person's own language: "Quote" reads "Citat".
  paragraphStyles: [
    style("Facts", "Facts", { run: { size: 20, color: quiet }, paragraph: { spacing: { after: 20 } } }),
    style("Quote", "Quote", {
      run: { italics: true },
      paragraph: { indent: { left: 400, right: 400 }, spacing: { after: 120 } },
    }),
    style("PageLine", "Page line", {
      run: { size: 18, color: quiet },
      paragraph: {
        spacing: { after: 0 },
        rightTabStop: convertMillimetersToTwip(160),
      },
    }),
    style("WriteHere", "Write here", { paragraph: { spacing: { before: 200, after: 0 } } }),
  ],
});

const style = (id: string, name: string, look: Omit<IParagraphStyleOptions, "id" | "name">) => ({
  id,
  name,
  basedOn: "Normal",
  quickFormat: true,
  ...look,
});

const noticeParagraph = (text: string) =>
  new Paragraph({
    children: [new TextRun({ text, bold: true })],
    spacing: { before: 60, after: 160 },
    border: { left: { style: BorderStyle.SINGLE, size: 24, color: "B45309", space: 8 } },
  });

const bullet = (children: TextRun[]) => new Paragraph({ numbering: { reference: bulletList, level: 0 }, children });

/** Who it comes from to the left, what it is to the right; the first page has its title in the text. */
function pageHead(title: string, letterhead: Letterhead | undefined): Header {
  const logo = letterhead?.logo;
  const left =
    logo === undefined
      ? [new TextRun(letterhead?.organisation ?? "")]
      : [
          new ImageRun({
            type: logo.type,
            data: logo.bytes,
            transformation: fitted(logo),
            altText: {
              name: "logo",
              title: letterhead?.organisation ?? "",
              description: letterhead?.organisation ?? "",
            },
          }),
        ];
  const right = [new TextRun({ children: [new Tab(), title] })];
  return new Header({ children: [new Paragraph({ style: "PageLine", children: [...left, ...right] })] });
}

/** "1 (3)" */
const pageFoot = () =>
  new Footer({
    children: [
      new Paragraph({
        style: "PageLine",
        children: [new TextRun({ children: [new Tab(), PageNumber.CURRENT, " (", PageNumber.TOTAL_PAGES, ")"] })],
      }),
    ],
  });

/** At most 45 by 15 mm on paper, in pixels of 96 to the inch. */
function fitted({ widthPx, heightPx }: Logo): { width: number; height: number } {
  const scale = Math.min(170 / widthPx, 57 / heightPx);
  return { width: Math.max(1, Math.round(widthPx * scale)), height: Math.max(1, Math.round(heightPx * scale)) };
}

/** What the meeting was, as a table without a header row: each row begins with its name. */
const factTable = (facts: Outline["facts"]) =>
  new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: facts.map(
      ([name, value]) =>
        new TableRow({
          cantSplit: true,
          children: [
            tableCell([new TextRun({ text: name, bold: true })], 25, headFill),
            tableCell([new TextRun(value)], 75),
          ],
        }),
    ),
  });

const headFill = "E8ECF1";

const tableCell = (children: TextRun[], percent: number, fill?: string) =>
  new TableCell({
    width: { size: percent, type: WidthType.PERCENTAGE },
    margins: { top: 60, bottom: 60, left: 100, right: 100 },
    ...(fill === undefined ? {} : { shading: { fill } }),
    children: [new Paragraph({ spacing: { after: 0 }, children })],
  });

/** Empty lines under a heading that the professional fills in, on screen or on paper. */
const linesToWriteOn = () =>
  Array.from(
    { length: 4 },
    () =>
      new Paragraph({
        style: "WriteHere",
        border: { bottom: { style: BorderStyle.SINGLE, size: 4, color: "9CA3AF", space: 1 } },
      }),
  );

const sourceRun = (source: string) =>
  source === "" ? [] : [new TextRun({ text: ` ${source}`, size: 18, color: quiet })];

function bodyOf(body: OutlineBody, texts: ExportTexts): (Paragraph | Table)[] {
  switch (body.kind) {
    case "manual":
      return [
        new Paragraph({ children: [new TextRun({ text: body.text, italics: true, color: quiet })] }),
        ...linesToWriteOn(),
      ];
    case "note":
      return [new Paragraph({ children: [new TextRun({ text: body.text, italics: true, color: quiet })] })];
    case "terms":
      return body.terms.map(([word, meaning]) =>
        bullet([new TextRun({ text: `${word}: `, bold: true }), new TextRun(meaning)]),
      );
    case "notes":
      return body.notes.map(
        (note, at) => new Paragraph({ style: "Facts", children: [new TextRun(`${at + 1}. ${note}`)] }),
      );
    case "quotes":
      return body.items.map(
        ({ text, source }) => new Paragraph({ style: "Quote", children: [new TextRun(text), ...sourceRun(source)] }),
      );
    case "items":
      return body.items.map(({ text, source }) => bullet([new TextRun(text), ...sourceRun(source)]));
    case "actions":
      return [actionTable(body.rows, texts)];
    case "talk":
      return body.lines.map(
        ({ time, speaker, text }) =>
          new Paragraph({
            children: [
              ...(speaker === "" ? [] : [new TextRun({ text: `${speaker} `, bold: true })]),
              new TextRun({ text: `[${time}] `, size: 18, color: quiet }),
              new TextRun(text),
            ],
          }),
      );
  }
}

/** Share of the table's width per column: what, who, when, source. */
const columnPercents = [46, 18, 22, 14] as const;

function actionTable(rows: readonly OutlineAction[], texts: ExportTexts): Table {
  const line = (cells: readonly string[], header: boolean) =>
    new TableRow({
      ...(header ? { tableHeader: true } : {}),
      cantSplit: true,
      children: columnPercents.map((percent, at) =>
        tableCell([new TextRun({ text: cells[at] ?? "", bold: header })], percent, header ? headFill : undefined),
      ),
    });
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: [
      line([texts.what, texts.who, texts.when, texts.source], true),
      ...rows.map(({ what, who, when, source }) => line([what, who, when, source], false)),
    ],
  });
}
