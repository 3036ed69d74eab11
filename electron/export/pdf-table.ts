// A table in a tagged PDF: the header comes again on each page, and a row stays whole where it can. Runs anywhere under
// Node.
import { decoration, draw, type Element, heightOf, makeRoom, marginPt, type Page, widthPt } from "./pdf-page.ts";

const padPt = 4;
const sizePt = 10;
/** A row higher than this is written cell after cell: side by side it would have to be torn. */
const tallPt = 500;

export interface TableOf {
  readonly header: readonly string[] | null;
  readonly rows: readonly (readonly string[])[];
  /** Shares of the width, 1 in all. */
  readonly shares: readonly number[];
  /** The first cell of each row is its heading. */
  readonly rowHeads?: boolean;
}

export function table(page: Page, parent: Element, { header, rows, shares, rowHeads = false }: TableOf): void {
  const { doc } = page;
  const element = doc.struct("Table");
  parent.add(element);
  const widths = shares.map((share) => share * widthPt(doc));
  const heightOfRow = (cells: readonly string[]) =>
    Math.max(...cells.map((cell, at) => heightOf(page, cell, (widths[at] ?? 0) - 2 * padPt, sizePt))) + 2 * padPt;

  const sideBySide = (cells: readonly string[], boldAt: (at: number) => boolean, write: (at: number) => void) => {
    const heightPt = heightOfRow(cells);
    const topPt = doc.y;
    decoration(page, () => {
      doc.lineWidth(0.5).strokeColor("#9ca3af");
      let xPt = marginPt;
      for (const [at] of cells.entries()) {
        const cellPt = widths[at] ?? 0;
        if (boldAt(at)) doc.rect(xPt, topPt, cellPt, heightPt).fillColor("#eef1f5").fill();
        doc.rect(xPt, topPt, cellPt, heightPt).stroke();
        xPt += cellPt;
      }
    });
    for (const [at] of cells.entries()) {
      doc.y = topPt + padPt;
      write(at);
    }
    doc.y = topPt + heightPt;
  };
  const text = (cells: readonly string[], at: number, bold: boolean) => {
    const leftPt = widths.slice(0, at).reduce((sum, one) => sum + one, 0);
    const face = bold ? "bold" : "regular";
    draw(page, [{ text: cells[at] ?? "", face, sizePt }], marginPt + leftPt + padPt, (widths[at] ?? 0) - 2 * padPt);
  };
  const headerAgain = () => {
    if (header === null) return;
    sideBySide(
      header,
      () => true,
      (at) => decoration(page, () => text(header, at, true), "Pagination"),
    );
  };

  const all = [...(header === null ? [] : [header]), ...rows];
  for (const [rowAt, cells] of all.entries()) {
    const isHeader = header !== null && rowAt === 0;
    const heightPt = heightOfRow(cells);
    const isTall = heightPt > tallPt;
    const roomPt = isTall ? 60 : heightPt + (isHeader ? 40 : 0);
    if (doc.y + roomPt > doc.page.height - marginPt) {
      makeRoom(page, roomPt);
      if (!isHeader) headerAgain();
    }
    const row = doc.struct("TR");
    element.add(row);
    const isHead = (at: number) => isHeader || (rowHeads && at === 0);
    const cell = (at: number, write: () => void) => {
      // pdfkit writes the scope; its types do not know it yet.
      const options: object = isHead(at) ? { scope: isHeader ? "Column" : "Row" } : {};
      row.add(doc.struct(isHead(at) ? "TH" : "TD", options, write));
    };
    if (isTall) for (const [at, words] of cells.entries()) cell(at, () => draw(page, [{ text: words, sizePt }]));
    else sideBySide(cells, isHead, (at) => cell(at, () => text(cells, at, isHead(at))));
    row.end();
  }
  element.end();
  doc.y += 8;
}
