// A summary or transcript as a Word document that looks like an office's own. Runs anywhere under Node.
import {
  AlignmentType,
  BorderStyle,
  convertMillimetersToTwip,
  Document,
  Footer,
  Header,
  HeadingLevel,
  LevelFormat,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from "docx";
import type { InterfaceLanguage } from "../formats.ts";
import type { ExportOptions } from "./options.ts";
import { type ExportInput, outlineOf, type OutlineAction, type OutlineBody } from "./outline.ts";
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
    ...facts.map(
      ([name, value]) =>
        new Paragraph({
          style: "Facts",
          children: [new TextRun({ text: `${name}: `, bold: true }), new TextRun(value)],
        }),
    ),
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
    description: label,
    styles: styles(contentLanguage(input)),
    numbering: { config: [{ reference: bulletList, levels: [bulletLevel] }] },
    sections: [
      {
        properties: { page: { size: a4, margin: margins } },
        headers: { default: new Header({ children: [quietLine(AlignmentType.RIGHT, [title])] }) },
        footers: {
          default: new Footer({
            children: [
              quietLine(AlignmentType.CENTER, [
                `${texts.page} `,
                PageNumber.CURRENT,
                ` ${texts.of} `,
                PageNumber.TOTAL_PAGES,
              ]),
            ],
          }),
        },
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
  paragraphStyles: [
    {
      id: "Facts",
      name: "Facts",
      basedOn: "Normal",
      run: { size: 20, color: quiet },
      paragraph: { spacing: { after: 20 } },
    },
  ],
});

const noticeParagraph = (text: string) =>
  new Paragraph({
    children: [new TextRun({ text, bold: true })],
    spacing: { before: 60, after: 160 },
    border: { left: { style: BorderStyle.SINGLE, size: 24, color: "B45309", space: 8 } },
  });

const bullet = (children: TextRun[]) => new Paragraph({ numbering: { reference: bulletList, level: 0 }, children });

const quietLine = (alignment: (typeof AlignmentType)[keyof typeof AlignmentType], parts: readonly string[]) =>
  new Paragraph({ alignment, children: [new TextRun({ children: [...parts], size: 18, color: quiet })] });

const sourceRun = (source: string) =>
  source === "" ? [] : [new TextRun({ text: ` ${source}`, size: 18, color: quiet })];

function bodyOf(body: OutlineBody, texts: ExportTexts): (Paragraph | Table)[] {
  switch (body.kind) {
    case "note":
    case "manual":
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
      tableHeader: header,
      cantSplit: true,
      children: columnPercents.map(
        (percent, at) =>
          new TableCell({
            width: { size: percent, type: WidthType.PERCENTAGE },
            margins: { top: 60, bottom: 60, left: 100, right: 100 },
            ...(header ? { shading: { fill: "E8ECF1" } } : {}),
            children: [
              new Paragraph({
                spacing: { after: 0 },
                children: [new TextRun({ text: cells[at] ?? "", bold: header })],
              }),
            ],
          }),
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
