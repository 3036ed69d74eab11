// The Word document as an office's own: styles, tables, head and foot, read by two readers.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import JSZip from "jszip";
import mammoth from "mammoth";
import { exportDocument } from "../../electron/export/export-document.ts";
import { type ExportOptions, wholeDocument } from "../../electron/export/options.ts";
import type { ExportInput } from "../../electron/export/outline.ts";

const input: ExportInput = {
  kind: "summary",
  summary: {
    lyssna: "summary/1",
    template: { id: "uppfoljning", version: 1, title: "Uppföljning" },
    engine: { id: "builtin", version: "1" },
    language: "sv",
    title: "Möte i Exempelby",
    recordedAt: "2026-03-10T09:02:00",
    sections: [
      {
        id: "a",
        heading: "Citat",
        kind: "quotes",
        state: "filled",
        items: [{ text: "Det går bra.", segments: ["s1"] }],
      },
      {
        id: "b",
        heading: "Åtgärder",
        kind: "actions",
        state: "filled",
        items: [{ text: "x", what: "ringa", who: "Kim", due: "2026-03-12", segments: ["s1"] }],
      },
      { id: "c", heading: "Bedömning", kind: "manual", state: "left-to-person", items: [] },
    ],
    unplaced: [],
  },
  transcript: {
    lyssna: "transcript/1",
    language: "sv",
    durationMs: 1000,
    speakers: [{ id: "A", name: "Kim Påhitt" }],
    segments: [{ id: "s1", startMs: 0, endMs: 1000, speaker: "A", text: "Det går bra." }],
  },
};
/** One pixel. */
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

const word = async (options: ExportOptions = wholeDocument) =>
  Buffer.from(await exportDocument(input, "docx", "sv", options));
const partsOf = async (bytes: Buffer) => {
  const zip = await JSZip.loadAsync(bytes);
  return async (name: string) => (await zip.file(name)?.async("string")) ?? "";
};

describe("the Word document", () => {
  test("has real headings, facts and actions as tables, quotations, and lines to write on", async () => {
    const styleMap = ["p[style-name='Quote'] => blockquote:fresh", "p[style-name='Write here'] => p.write:fresh"];
    const { value } = await mammoth.convertToHtml({ buffer: await word() }, { styleMap, ignoreEmptyParagraphs: false });
    assert.match(value, /<table>.*Datum.*2026-03-10 09:02.*Mall.*Uppföljning.*<\/table>/su);
    assert.match(value, /<h1>(?:<a [^>]*><\/a>)?Citat<\/h1><blockquote>.*Det går bra\..*<\/blockquote>/su);
    assert.match(value, /<thead>.*Vad.*Vem.*När.*<\/thead>.*Ringa.*Kim.*2026-03-12/su);
    assert.equal(value.split('class="write"').length - 1, 4);
  });

  test("has its title, its language and the page of the pages", async () => {
    const part = await partsOf(await word());
    assert.match(await part("docProps/core.xml"), /<dc:title>Möte i Exempelby<\/dc:title>/u);
    assert.match(await part("word/styles.xml"), /<w:lang w:val="sv-SE"\/>/u);
    assert.match(await part("word/footer1.xml"), /PAGE<.* \(<.*NUMPAGES<.*\)</su);
  });

  test("carries the organisation's name, or its logo with the name as its text", async () => {
    const named = await partsOf(await word({ ...wholeDocument, letterhead: { organisation: "Exempelby kommun" } }));
    assert.match(await named("word/header1.xml"), /Exempelby kommun/u);
    const logo = { type: "png", bytes: png, widthPx: 1, heightPx: 1 } as const;
    const letterhead = { organisation: "Exempelby kommun", logo };
    const drawn = await partsOf(await word({ ...wholeDocument, letterhead }));
    assert.match(await drawn("word/header1.xml"), /descr="Exempelby kommun".*<a:blip /su);
    const pdf = await exportDocument(input, "pdf", "sv", { ...wholeDocument, letterhead });
    assert.match(Buffer.from(pdf).toString("latin1"), /\/Subtype \/Image/u);
  });
});
