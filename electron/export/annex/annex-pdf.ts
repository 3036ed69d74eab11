// The annex as a tagged PDF. Runs anywhere under Node.
import { bytesOf, heading, pageLines } from "../pdf.ts";
import { listItem, openPage, type Page, paragraph } from "../pdf-page.ts";
import { table } from "../pdf-table.ts";
import { exportTexts } from "../texts.ts";
import type { Annex, AnnexBody } from "./outline.ts";

export async function annexPdf({ title, subject, language, sections }: Annex): Promise<Uint8Array> {
  const page = openPage({ title, subject, language });
  const whole = bytesOf(page);
  paragraph(page, page.root, "H1", [{ text: title, face: "bold", sizePt: 20 }], 6);
  for (const section of sections) {
    heading(page, section.heading);
    for (const part of section.body) body(page, part);
  }
  page.root.end();
  pageLines(page, title, exportTexts(language), undefined);
  page.doc.end();
  return whole;
}

function body(page: Page, part: AnnexBody): void {
  const { root } = page;
  switch (part.kind) {
    case "text":
      return paragraph(page, root, "P", [{ text: part.text }], 4);
    case "strong":
      return paragraph(page, root, "P", [{ text: part.text, face: "bold" }], 4);
    case "list": {
      const element = page.doc.struct("L");
      root.add(element);
      for (const text of part.items) listItem(page, element, "•", [{ text }], 14);
      return element.end();
    }
    case "table":
      return table(page, root, part);
  }
}
