// Headings out of old documents, in the shapes in which people have them.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { Document, HeadingLevel, Packer, Paragraph, TextRun } from "docx";
import fc from "fast-check";
import { templateFromOutline } from "../../electron/calls/start-template.ts";
import { templateSchema } from "../../electron/formats.ts";
import { fileLines, htmlLines, textLines } from "../../electron/import/document-lines.ts";
import { findHeadings } from "../../electron/import/find-headings.ts";
import { guessKind } from "../../electron/summary/guess-kind.ts";

const text = (lines: string) => findHeadings(textLines(lines));
const html = (markup: string) => findHeadings(htmlLines(markup));

describe("headings of plain text", () => {
  test("that end in a colon, or stand before one", () => {
    const found = text(`Journalanteckning

Närvarande: Anna, Bo
Datum: 2026-03-10 klockan 9:30
Vad klienten berättar:
Hyran är betald. Klienten säger: det går bra.
Bedömning:
Se ovan.`);
    assert.deepEqual(found.headings, ["Närvarande", "Datum", "Vad klienten berättar", "Bedömning"]);
  });

  test("that are numbered", () => {
    const found = text(`1. Bakgrund
Familjen flyttade i maj.
2. Nuläge
2.1 Skola
Det går bra.
§ 3 Överenskommelse
Vi ses igen.`);
    assert.deepEqual(found.headings, ["Bakgrund", "Nuläge", "Skola", "Överenskommelse"]);
  });

  test("that stand alone, or in capitals", () => {
    assert.deepEqual(text("ANLEDNING\nHon ringde.\n\nVAD HÄNDE\nDet brann.\n\nSIP\nJa.").headings, [
      "Anledning",
      "Vad hände",
    ]);
    assert.deepEqual(
      text("Sedan sist\nDet har gått bra sedan vi sågs.\n\nNästa steg\nVi ringer skolan på måndag.").headings,
      ["Sedan sist", "Nästa steg"],
    );
  });

  test("are none where nobody made any", () => {
    assert.deepEqual(text("hej det här är bara en text\nutan något särskilt").headings, []);
    assert.throws(() => templateFromOutline(text(""), "sv"), { code: "outline-not-found" });
  });

  test("are taken once, and never with a personal identity number or an address in them", () => {
    const found = text("Mål:\na\nMål:\nb\nKlient 19900101-1234:\nc\nSkriv till a@b.se:\nd\nInsats:\ne");
    assert.deepEqual(found.headings, ["Mål", "Insats"]);
  });
});

describe("headings of HTML", () => {
  test("by style, with the title apart", () => {
    const found = html(
      "<h1>Genomförandeplan</h1><h2>Mål</h2><p><b>Viktigt</b></p><p>Att bo själv.</p><h2>Insats</h2><p>Stöd</p><h3>När</h3>",
    );
    assert.deepEqual(found, { title: "Genomförandeplan", headings: ["Mål", "Insats", "När"] });
  });

  test("in bold, however that was written", () => {
    const found = html(
      '<p><strong>Bakgrund</strong></p><p>Hon <b>ringde</b> i går.</p><p style="font-weight:700">Mål</p><p>Ett jobb.</p>' +
        '<b style="font-weight:normal"><p>Inte fet</p></b><p><span style="font-weight: bold">Åtgärder:</span> Ring läkaren.</p>',
    );
    assert.deepEqual(found.headings, ["Bakgrund", "Mål"]);
  });

  test("as a word processor puts them on the clipboard", () => {
    const found = html(
      "<html xmlns:o='urn:x'><head><style>p{}</style></head><body><p class=MsoNormal style='mso-outline-level:1'><b>Sedan sist<o:p></o:p></b></p>" +
        "<p class=MsoNormal>Det har gått bra.</p><p class=MsoNormal style='mso-outline-level:1'>Nästa&nbsp;steg</p><p style='mso-outline-level:1'>Beslut</p>",
    );
    assert.deepEqual(found.headings, ["Sedan sist", "Nästa steg", "Beslut"]);
  });

  test("bring no script with them, and no depth or brokenness stops them", () => {
    const found = html("<h2>Mål<script>alert(1)</script></h2><h2>Insats<style>x</style></h2><h2>&lt;b&gt;När</h2>");
    assert.deepEqual(found.headings, ["Mål", "Insats", "<b>När"]);
    assert.deepEqual(html("<div>".repeat(100_000)).headings, []);
    fc.assert(fc.property(fc.string(), (words) => void htmlLines(words)));
  });
});

test("headings of a Word document, by style or in bold", async (t) => {
  const dir = await mkdtemp(join(tmpdir(), "lyssna-headings-"));
  t.after(() => rm(dir, { recursive: true, force: true }));
  const write = async (name: string, children: readonly Paragraph[]) => {
    const path = join(dir, name);
    await writeFile(path, await Packer.toBuffer(new Document({ sections: [{ children: [...children] }] })));
    return findHeadings(await fileLines(path));
  };
  const heading = (words: string, level: (typeof HeadingLevel)[keyof typeof HeadingLevel]) =>
    new Paragraph({ text: words, heading: level });
  const bold = (words: string) => new Paragraph({ children: [new TextRun({ text: words, bold: true })] });
  const plain = new Paragraph("Det som sades.");
  assert.deepEqual(
    await write("rubriker.docx", [
      heading("Utredning", HeadingLevel.HEADING_1),
      heading("Anledning", HeadingLevel.HEADING_2),
      plain,
      heading("Barnets röst", HeadingLevel.HEADING_2),
      plain,
    ]),
    { title: "Utredning", headings: ["Anledning", "Barnets röst"] },
  );
  assert.deepEqual((await write("fet.docx", [bold("Närvarande"), plain, bold("Beslut"), plain])).headings, [
    "Närvarande",
    "Beslut",
  ]);
  const broken = join(dir, "trasig.docx");
  await writeFile(broken, "inte ett dokument");
  await assert.rejects(fileLines(broken), {
    code: "document-unreadable",
    details: { file: "trasig.docx", reason: "not-docx" },
  });
});

test("the kind is guessed from the heading; what a professional judges is left to that person", () => {
  const guesses = {
    "Handläggarens bedömning": "manual",
    Beslut: "manual",
    "Förslag till insats": "manual",
    Skyddsbedömning: "manual",
    "Överenskommelser och åtgärder": "actions",
    "Att göra": "actions",
    "Barnets egna ord": "quotes",
    Händelseförlopp: "timeline",
    "Datum och tid": "facts",
    Närvarande: "facts",
    "Anledning till kontakten": "paragraph",
    "Tidigare insatser": "bullets",
    Boende: "bullets",
  } as const;
  for (const [heading, kind] of Object.entries(guesses)) assert.equal(guessKind(heading, "sv"), kind, heading);
  assert.equal(guessKind("Assessment", "en"), "manual");
  assert.equal(guessKind("Actions agreed", "en"), "actions");
});

test("whatever is pasted becomes a template that can be saved, or says that there are no headings", () => {
  const line = fc.oneof(fc.string(), fc.constantFrom("Mål:", "1. Mål", "Åäö:", "日本語:", "MÅL", "Mål"));
  fc.assert(
    fc.property(fc.array(line, { maxLength: 80 }), (lines) => {
      try {
        const template = templateFromOutline(text(lines.join("\n")), "sv");
        templateSchema.parse({ ...template, title: "x" });
        assert.equal(new Set(template.sections.map(({ id }) => id)).size, template.sections.length);
      } catch (error) {
        assert.equal((error as { code?: string }).code, "outline-not-found");
      }
    }),
  );
});
