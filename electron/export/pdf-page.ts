// Drawing on the pages of a tagged PDF: paragraphs, list items and table rows, each in its place in the structure tree.
// Runs anywhere under Node.
import PdfDocument from "pdfkit";
import { type Face, stretches } from "./pdf-fonts.ts";

export interface Piece {
  readonly text: string;
  readonly face?: Face;
  readonly sizePt?: number;
  readonly colour?: string;
}

export const ink = "#1c1f23";
export const quiet = "#4b5563";
/** 25 mm in points. */
export const marginPt = 70.87;
export const textSizePt = 11;

type Doc = InstanceType<typeof PdfDocument>;
export type Element = ReturnType<Doc["struct"]>;

export interface Page {
  readonly doc: Doc;
  readonly root: Element;
  /** True once a sign was met that no font has. */
  readonly missing: () => boolean;
}

/** A document that has begun, in the language of what was said. */
export function openPage(info: { readonly title: string; readonly subject: string; readonly language: string }): Page {
  const doc = new PdfDocument({
    size: "A4",
    margin: marginPt,
    bufferPages: true,
    pdfVersion: "1.7",
    tagged: true,
    lang: info.language,
    displayTitle: true,
    font: "",
    info: { Title: info.title, Subject: info.subject, Creator: "Lyssna", Producer: "Lyssna" },
    // pdfkit knows this one; its types do not yet.
    ...({ subset: "PDF/UA" } as object),
  });
  const root = doc.struct("Document");
  doc.addStructure(root);
  return { doc, root, missing: () => missing.has(doc) };
}

const missing = new WeakSet<Doc>();

export const widthPt = (doc: Doc): number => doc.page.width - 2 * marginPt;

/** Begins a new page where less than this is left of the present one. */
export function makeRoom({ doc }: Page, heightPt: number): void {
  if (doc.y + heightPt > doc.page.height - marginPt) doc.addPage();
}

/** One paragraph's pieces, flowing on over pages. */
export function draw({ doc }: Page, pieces: readonly Piece[], xPt = marginPt, roomPt = widthPt(doc)): void {
  const runs = pieces
    .filter(({ text }) => text !== "")
    .flatMap(({ text, face = "regular", sizePt = textSizePt, colour = ink }) =>
      stretches(text, face).map((stretch) => ({ ...stretch, sizePt, colour })),
    );
  doc.x = xPt;
  for (const [at, run] of runs.entries()) {
    use(doc, run.font.name, run.font.bytes).fontSize(run.sizePt).fillColor(run.colour);
    if (run.missing) {
      missing.add(doc);
      // The box is what is seen; whoever listens or copies gets the sign itself.
      doc.markContent("Span", { actual: run.text });
    }
    doc.text(run.text, { width: roomPt, lineGap: 2, continued: at < runs.length - 1 });
    if (run.missing) doc.endMarkedContent();
  }
  doc.x = marginPt;
}

/** How high the pieces will be. Signs of other scripts are as wide as their own font says, the rest as the first one's. */
export function heightOf({ doc }: Page, text: string, roomPt: number, sizePt: number, face: Face = "regular"): number {
  const [first] = stretches(text === "" ? " " : text, face);
  if (first !== undefined) use(doc, first.font.name, first.font.bytes).fontSize(sizePt);
  return doc.heightOfString(text === "" ? " " : text, { width: roomPt, lineGap: 2 });
}

const registered = new WeakMap<Doc, Set<string>>();

function use(doc: Doc, name: string, bytes: Uint8Array): Doc {
  const known = registered.get(doc) ?? new Set();
  registered.set(doc, known);
  if (!known.has(name)) {
    doc.registerFont(name, Buffer.from(bytes));
    known.add(name);
  }
  return doc.font(name);
}

/** A paragraph, heading or quotation. */
export function paragraph(
  page: Page,
  parent: Element,
  tag: string,
  pieces: readonly Piece[],
  afterPt: number,
  indentPt = 0,
): void {
  const { doc } = page;
  const element = doc.struct(tag, {}, () => draw(page, pieces, marginPt + indentPt, widthPt(doc) - indentPt));
  makeRoom(page, 30);
  parent.add(element);
  doc.y += afterPt;
}

/** One item of a list, with its mark before it. */
export function listItem(page: Page, list: Element, mark: string, pieces: readonly Piece[], indentPt = 18): void {
  const { doc } = page;
  makeRoom(page, 18);
  const item = doc.struct("LI");
  list.add(item);
  const topPt = doc.y;
  item.add(
    doc.struct("Lbl", {}, () => {
      draw(page, [{ text: mark, colour: quiet }]);
      doc.y = topPt;
    }),
  );
  item.add(doc.struct("LBody", {}, () => draw(page, pieces, marginPt + indentPt, widthPt(doc) - indentPt)));
  item.end();
  doc.y += 3;
}

/** Something that is seen and not read out: rules, page numbers. */
export function decoration({ doc }: Page, paint: () => void, type: "Layout" | "Pagination" = "Layout"): void {
  doc.markContent("Artifact", { type });
  paint();
  doc.endMarkedContent();
}
