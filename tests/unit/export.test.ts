// Documents as people get them: what they say, and that nothing said in a meeting can break out of them.
import assert from "node:assert/strict";
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import fc from "fast-check";
import mammoth from "mammoth";
import { exportFormats } from "../../electron/contract.ts";
import { exportDocument, exportText } from "../../electron/export/export-document.ts";
import { escapeMarkdown } from "../../electron/export/markdown.ts";
import type { ExportInput } from "../../electron/export/outline.ts";
import { headingText, plainText } from "../../electron/export/plain-text.ts";
import { writeAllWhole, writeWhole } from "../../electron/export/write-whole.ts";
import { type Summary, summarySchema, type Transcript } from "../../electron/formats.ts";
import { loadExampleMeeting } from "../../electron/import/example-meeting.ts";

const transcript: Transcript = {
  lyssna: "transcript/1",
  title: "Möte i Exempelby",
  language: "sv",
  recordedAt: "2026-03-10T09:02:00",
  durationMs: 3_700_000,
  speakers: [{ id: "A", name: "Kim Påhitt" }, { id: "B" }],
  segments: [
    { id: "s1", startMs: 0, endMs: 2000, speaker: "A", text: "Vi ses på torsdag." },
    { id: "s2", startMs: 42_000, endMs: 44_000, speaker: "B", text: "Jag ringer Öberg." },
    { id: "s3", startMs: 50_000, endMs: 51_000, speaker: "B", text: "STRUKET", state: "struck" },
    { id: "s4", startMs: 3_661_000, endMs: 3_662_000, text: "", state: "not-transcribed" },
  ],
};
const summary: Summary = {
  lyssna: "summary/1",
  template: { id: "uppfoljning", version: 1, title: "Uppföljning" },
  engine: { id: "builtin", version: "1" },
  language: "sv",
  sections: [
    {
      id: "a",
      heading: "Vad fungerar",
      state: "filled",
      items: [
        { text: "Vi ses på torsdag.", segments: ["s1", "s2"], support: "supported" },
        { text: "Det är dyrt.", segments: [], support: "unsupported" },
      ],
    },
    {
      id: "b",
      heading: "Åtgärder",
      state: "filled",
      items: [{ text: "x", what: "Ringa Öberg", who: "Kim", when: "på torsdag", due: "2026-03-12", segments: ["s2"] }],
    },
    { id: "c", heading: "Oro", state: "not-mentioned", items: [] },
    { id: "d", heading: "Bedömning", state: "left-to-person", items: [] },
  ],
  unplaced: [{ text: "Det blåser ute.", segments: ["s1"] }],
};
const ofSummary = { kind: "summary", summary, transcript } as const;
const ofTranscript = { kind: "transcript", transcript } as const;

/** What every document of the summary must say, however it looks. */
const mustSay = [
  "Möte i Exempelby",
  "2026-03-10 09:02",
  "Vi ses på torsdag.",
  "Saknar stöd",
  "Ringa Öberg",
  "på torsdag (2026-03-12)",
  "Framkom inte i samtalet",
  "Fylls i av dig",
  "Det blåser ute.",
];

const docxText = async (bytes: Uint8Array) => (await mammoth.extractRawText({ buffer: Buffer.from(bytes) })).value;
const occurrences = (text: string, part: string) => text.split(part).length - 1;

describe("a summary's documents", () => {
  for (const format of ["md", "txt", "docx"] as const) {
    test(`${format} says what was said, when, and once that it is a draft`, async () => {
      const bytes = await exportDocument(ofSummary, format, "sv");
      const text = format === "docx" ? await docxText(bytes) : new TextDecoder().decode(bytes);
      for (const words of mustSay) assert.ok(text.includes(words), `${words} is missing`);
      assert.equal(occurrences(text, "AI-stött utkast, ej granskat"), 1);
      assert.ok(text.indexOf("AI-stött utkast") < text.toLowerCase().indexOf("vad fungerar"));
    });
  }

  test("an approved summary says who reviewed it and when", () => {
    const review = { by: "Kim $& Påhitt", at: "2026-03-12T10:00:00Z" };
    const text = plainText({ ...ofSummary, review }, "sv");
    assert.ok(text.includes("AI-stött utkast, granskat av Kim $& Påhitt den 2026-03-12"), text);
    assert.ok(!text.includes("ej granskat"));
  });

  test("the words around it are in the reader's language", () => {
    const text = exportText(ofSummary, "md", "en");
    assert.ok(text.includes("AI-assisted draft, not reviewed") && text.includes("For you to fill in"));
  });

  test("JSON is the public format, segment ids and all", () => {
    assert.deepEqual(summarySchema.parse(JSON.parse(exportText(ofSummary, "json", "sv"))), {
      ...summary,
      label: "AI-stött utkast, ej granskat",
    });
  });

  test("a heading's text for the clipboard has neither heading nor times", () => {
    const [first, actions, , manual] = summary.sections;
    const label = "\n\nAI-stött utkast, ej granskat";
    assert.ok(first !== undefined && actions !== undefined && manual !== undefined);
    assert.equal(headingText(first, "sv", null), `- Vi ses på torsdag.\n- Det är dyrt. Saknar stöd${label}`);
    assert.equal(headingText(actions, "sv", null), `- Ringa Öberg (Kim, på torsdag (2026-03-12))${label}`);
    assert.equal(headingText(manual, "sv", null), `Fylls i av dig${label}`);
  });

  test("a report over several meetings says which meeting", () => {
    const item = { text: "Samma sak.", segments: ["m2:s2"] };
    const report = { ...summary, sections: [{ id: "a", heading: "A", state: "filled" as const, items: [item] }] };
    const text = plainText({ kind: "summary", summary: report, transcript: [transcript, transcript] }, "sv");
    assert.ok(text.includes("Samma sak. [möte 2 (2026-03-10), 00:42]"), text);
  });

  test("the Word document has an action table, and page numbers in its footer", async () => {
    const bytes = Buffer.from(await exportDocument(ofSummary, "docx", "sv"));
    const { value } = await mammoth.convertToHtml({ buffer: bytes });
    assert.match(value, /<table>.*Vad.*Vem.*När.*Ringa Öberg.*<\/table>/su);
    assert.match(value, /<h1>(?:<a [^>]*><\/a>)?Vad fungerar<\/h1>/u);
  });
});

describe("a transcript's documents", () => {
  for (const format of exportFormats.filter((one) => !["json", "csv", "ics", "pdf"].includes(one))) {
    test(`${format} has what was said and not what was struck`, async () => {
      const bytes = await exportDocument(ofTranscript, format, "sv");
      const text = format === "docx" ? await docxText(bytes) : new TextDecoder().decode(bytes);
      for (const words of ["Kim Påhitt", "Vi ses på torsdag.", "Jag ringer Öberg."])
        assert.ok(text.includes(words), words);
      assert.ok(!text.includes("STRUKET"));
    });
  }

  test("past one hour the times show it", () => {
    assert.ok(plainText(ofTranscript, "sv").includes("[1:01:01]"));
    assert.ok(exportText(ofTranscript, "vtt", "sv").includes("01:01:01.000 --> 01:01:02.000"));
  });

  test("the example meeting is whole in Word", async () => {
    const example = await loadExampleMeeting();
    const text = await docxText(await exportDocument({ kind: "transcript", transcript: example }, "docx", "sv"));
    for (const segment of example.segments) assert.ok(text.includes(segment.text));
  });
});

describe("hostile words", () => {
  const hostile = [
    "<script>alert(1)</script>",
    "[klicka](javascript:alert(1))",
    "![bild](http://exempel.invalid/x.png)",
    "# Rubrik",
    "- punkt",
    "1. punkt",
    "---",
    "```",
    "a | b",
    "**fet** _kursiv_ `kod`",
    "&lt;b&gt;",
    "rad\n# ny rubrik",
    "\u0000\u0007\uD800 ohörbart",
    "00:00:01.000 --> 00:00:02.000",
  ];
  const withText = (text: string): ExportInput => ({
    kind: "transcript",
    transcript: { ...transcript, segments: [{ id: "s1", startMs: 0, endMs: 1000, speaker: "A", text }] },
  });

  test("mean only themselves in Markdown", () => {
    for (const text of hostile) {
      const body = exportText(withText(text), "md", "sv").split("## Avskrift\n\n")[1] ?? "";
      assert.equal(body.trim().split("\n").length, 1, `${JSON.stringify(text)} begins a line of its own`);
      assert.doesNotMatch(body, /(?<!\\)(?:\\\\)*[<`|]|(?<!\\)(?:\\\\)*\]\(/u);
    }
    assert.equal(escapeMarkdown("# R"), "\\# R");
    assert.equal(escapeMarkdown("1. ett"), "1\\. ett");
    assert.equal(escapeMarkdown("&lt; & A&O"), "\\&lt; & A\\&O");
  });

  test("give Word documents that open and say them", async () => {
    for (const text of hostile) {
      const opened = await docxText(await exportDocument(withText(text), "docx", "sv"));
      const words = text
        .toWellFormed()
        .replaceAll(/[\p{Cc}\s]+/gu, " ")
        .trim();
      assert.ok(opened.includes(words), JSON.stringify(text));
    }
  });

  test("cannot make a cue or a voice of their own", () => {
    fc.assert(
      fc.property(fc.constantFrom(...hostile), fc.constantFrom(...hostile), (one, other) => {
        const input = {
          ...transcript,
          speakers: [{ id: "A", name: one }],
          segments: [{ id: "x", startMs: 0, endMs: 1, speaker: "A", text: other }],
        };
        for (const format of ["vtt", "srt"] as const) {
          const text = exportText({ kind: "transcript", transcript: input }, format, "sv");
          assert.equal(text.split("\n").filter((line) => line.includes("-->")).length, 1);
          assert.equal(occurrences(text, "<"), format === "vtt" ? 1 : occurrences(`${one}${other}`, "<"));
        }
      }),
    );
  });
});

describe("writing whole", () => {
  let dir = "";
  before(async () => void (dir = await mkdtemp(join(tmpdir(), "lyssna-write-"))));
  after(() => rm(dir, { recursive: true, force: true }));

  test("replaces a file, keeps its rights and leaves nothing beside it", async () => {
    const path = join(dir, "a.txt");
    await writeFile(path, "förut");
    await chmod(path, 0o640);
    await writeWhole(path, "nu");
    assert.equal(await readFile(path, "utf8"), "nu");
    if (process.platform !== "win32") assert.equal((await stat(path)).mode & 0o777, 0o640);
    assert.deepEqual(await readdir(dir), ["a.txt"]);
  });

  test("several files are all written or none", async () => {
    const good = join(dir, "a.txt");
    const bad = join(dir, "saknas", "b.txt");
    const files = [good, bad].map((path) => ({ path, bytes: "nyare" }));
    await assert.rejects(writeAllWhole(files), { code: "cannot-write", details: { file: "b.txt" } });
    assert.equal(await readFile(good, "utf8"), "nu");
    assert.deepEqual(await readdir(dir), ["a.txt"]);
  });

  test("where it cannot write it says which file, and leaves nothing", async () => {
    await assert.rejects(writeWhole(join(dir, "saknas", "b.txt"), "x"), {
      code: "cannot-write",
      details: { file: "b.txt" },
    });
    assert.deepEqual(await readdir(dir), ["a.txt"]);
  });
});
