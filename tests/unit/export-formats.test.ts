// The formats that leave for other programs, each read by a reader of its own: PDF, Word, web page. And what
// holds for all: nothing lost, nothing added, the label on each.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { parseDocument } from "htmlparser2";
import mammoth from "mammoth";
import { extractText, getDocumentProxy } from "unpdf";
import { exportFormats } from "../../electron/contract.ts";
import { exportDocument, exportText } from "../../electron/export/export-document.ts";
import { reviewOf } from "../../electron/export/label.ts";
import { type ExportOptions, wholeDocument } from "../../electron/export/options.ts";
import { exportInWorker } from "../../electron/export/run-export.ts";
import type { ExportInput } from "../../electron/export/outline.ts";
import type { Summary, SummaryItem } from "../../electron/formats.ts";
import { refuseUndealt } from "../../electron/summary/undealt.ts";
import { action, summary, transcript } from "../fixtures/small-summary.ts";

const ofSummary: ExportInput = { kind: "summary", summary, transcript };
const draft = "AI-stött utkast, ej granskat";

/** What a person sees of a document, white space as single spaces. */
async function seen(
  input: ExportInput,
  format: (typeof exportFormats)[number],
  options: ExportOptions = wholeDocument,
): Promise<string> {
  const bytes = await exportDocument(input, format, "sv", options);
  const text =
    format === "docx"
      ? (await mammoth.extractRawText({ buffer: Buffer.from(bytes) })).value
      : format === "pdf"
        ? (await extractText(await getDocumentProxy(bytes), { mergePages: true })).text
        : format === "html"
          ? textOf(new TextDecoder().decode(bytes))
          : new TextDecoder().decode(bytes);
  return text.replaceAll(/\s+/gu, " ");
}

interface HtmlNode {
  readonly type: string;
  readonly name?: string;
  readonly data?: string;
  readonly attribs?: Readonly<Record<string, string>>;
  readonly children?: readonly HtmlNode[];
}
const nodesOf = (html: string): readonly HtmlNode[] => {
  const flat = (node: HtmlNode): readonly HtmlNode[] => [node, ...(node.children ?? []).flatMap(flat)];
  return flat(parseDocument(html));
};
const textOf = (html: string) =>
  nodesOf(html)
    .filter(({ type }) => type === "text")
    .map(({ data }) => data ?? "")
    .join("");

describe("every format", () => {
  for (const format of exportFormats.filter((one) => one !== "srt" && one !== "vtt")) {
    test(`${format} says whether the summary was reviewed`, async () => {
      // Calendars fold their lines.
      const compact = (text: string) => text.replaceAll(" ", "").replaceAll("\\", "");
      assert.ok(compact(await seen(ofSummary, format)).includes(compact(draft)));
      const review = { by: "Eva Exempel", at: "2026-03-12T09:00:00Z" };
      const text = compact(await seen({ kind: "summary", summary, transcript, review }, format));
      assert.ok(text.includes(compact("AI-stött utkast, granskat av Eva Exempel den 2026-03-12")), text);
      assert.ok(!text.includes("ejgranskat"));
    });
  }

  for (const format of ["docx", "pdf", "html", "md", "txt"] as const) {
    test(`${format} holds every item once, and what is to be settled on top`, async () => {
      const text = await seen(ofSummary, format);
      for (const words of ["insatsen fungerar", "Kims ord.", "Ringa Kim", "Skicka brev", "Det blåser ute."])
        assert.equal(text.split(words).length - 1, 1, `${words} in ${text}`);
      assert.ok(
        text.indexOf("”Det är dyrt.” Punkten anger ingen plats.") < text.toLowerCase().lastIndexOf("vad fungerar"),
      );
      assert.ok(text.includes("Fylls i av dig") && text.includes("Framkom inte i samtalet"));
    });

    test(`${format} without citations has none, without names no speaker's`, async () => {
      const bare = await seen(ofSummary, format, { ...wholeDocument, citations: false });
      assert.doesNotMatch(bare, /\[\d|00:42|Källor/u);
      const nameless = await seen(ofSummary, format, { ...wholeDocument, names: false });
      assert.doesNotMatch(nameless, /Kim|Påhitt|Åsa|Låtsas/u);
      assert.match(nameless, /Möte med klienten.*Klienten uppger att insatsen.*Klientens ord.*Person A/u);
      assert.ok(nameless.includes("Talarnas namn är bytta mot roller."));
    });

    test(`${format} for the client is short, explains words and says what it is`, async () => {
      const text = await seen(ofSummary, format, { ...wholeDocument, citations: false, client: true });
      assert.ok(text.includes("i korta meningar") && text.includes(draft));
      assert.match(text, /insats\W*Hjälp eller stöd/u);
      assert.ok(text.includes("Det blåser ute.") && text.includes("Ringa Kim"));
      assert.doesNotMatch(text, /Framkom inte|Fylls i av dig|Fick ingen rubrik/u);
    });
  }

  test("citations are notes with time and speaker where there is room for a list", async () => {
    for (const format of ["docx", "pdf", "html"] as const) {
      const text = await seen(ofSummary, format);
      assert.match(text, /insatsen fungerar\. \[1, 2\]/u, format);
      assert.match(text, /Källor.*00:00, Kim Påhitt.*00:42, Åsa Låtsas/u, format);
    }
  });

  test("what comes out is what went in, whatever was said", async () => {
    const words = fc.string({ unit: "grapheme", minLength: 1, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(fc.array(words, { minLength: 1, maxLength: 6 }), async (texts) => {
        const items = texts.map((text, at) => ({ text: `x${at}x ${text} y${at}y`, segments: ["s1"] }));
        const input: ExportInput = {
          kind: "summary",
          summary: { ...summary, sections: [{ id: "a", heading: "A", state: "filled", items }], unplaced: [] },
          transcript,
        };
        for (const format of ["docx", "pdf", "html", "md", "txt"] as const) {
          const text = await seen(input, format);
          for (const at of items.keys())
            for (const mark of [`x${at}x`, `y${at}y`]) assert.equal(text.split(mark).length - 1, 1, format);
          assert.ok(!text.includes(`x${items.length}x`));
        }
      }),
      { numRuns: 15 },
    );
  });

  test("nothing grave and unsupported leaves before a person has dealt with it", () => {
    const grave: SummaryItem = { text: "x", segments: [], support: "unsupported", flags: ["selfharm"] };
    const withItem = (item: SummaryItem): Summary => ({
      ...summary,
      sections: [{ id: "a", heading: "Oro", state: "filled", items: [item] }],
    });
    assert.throws(() => refuseUndealt(withItem(grave)), { code: "unsupported-left", details: { heading: "Oro" } });
    for (const dealtWith of [
      { ...grave, confirmed: true },
      { ...grave, origin: "person" as const },
    ])
      refuseUndealt(withItem(dealtWith));
    refuseUndealt(summary);
  });

  test("only an approved version counts as reviewed", () => {
    const version = { id: "v", meetingId: "m", version: 1, createdAt: "", summary } as const;
    assert.equal(reviewOf({ ...version, state: "draft" }), null);
    assert.equal(reviewOf({ ...version, state: "edited", approvedAt: "2026-03-12" }), null);
    assert.deepEqual(reviewOf({ ...version, state: "approved", approvedAt: "2026-03-12", approvedBy: "Eva" }), {
      by: "Eva",
      at: "2026-03-12",
    });
  });
});

describe("PDF", () => {
  interface Node {
    readonly role?: string;
    readonly children?: readonly Node[];
  }
  const roles = (node: Node): readonly string[] => [node.role ?? "", ...(node.children ?? []).flatMap(roles)];

  test("is tagged, with title, language and embedded fonts", async () => {
    const pdf = await getDocumentProxy(await exportDocument(ofSummary, "pdf", "sv"));
    assert.equal((await pdf.getMarkInfo())?.["Marked"], true);
    const { info, metadata } = await pdf.getMetadata();
    assert.deepEqual(
      [(info as Record<string, unknown>)["Title"], (info as Record<string, unknown>)["Language"]],
      ["Möte med Kim Påhitt", "sv"],
    );
    assert.equal(String(metadata?.get("pdfuaid:part")), "1");
    const pages = await Promise.all(
      Array.from({ length: pdf.numPages }, async (_, at) => (await pdf.getPage(at + 1)).getStructTree()),
    );
    const found = new Set(pages.flatMap((tree) => roles(tree as Node)));
    for (const role of ["H1", "H2", "P", "L", "LI", "LBody", "BlockQuote", "Table", "TR", "TH", "TD"])
      assert.ok(found.has(role), role);
    const text = (await extractText(pdf, { mergePages: true })).text;
    assert.match(text, new RegExp(`1 \\(${pdf.numPages}\\)`, "u"));
  });

  test("shows signs of other scripts, and says so where it cannot", async () => {
    const titled = (title: string): ExportInput => ({ kind: "summary", summary: { ...summary, title }, transcript });
    const known = await seen(titled("Žofia Łuk Ελένη Анна"), "pdf");
    assert.ok(known.includes("Žofia Łuk Ελένη Анна"), known.slice(0, 200));
    assert.ok(!known.includes("typsnittet saknar"));
    assert.ok((await seen(titled("中 🙂 سلام"), "pdf")).includes("Tecken som typsnittet saknar"));
  });

  test("takes very much, and words that are longer than a page", async () => {
    const items = Array.from({ length: 2000 }, (_, at) => ({ text: `Punkt ${at}.`, segments: [] }));
    const rows = [{ ...action, what: "mycket ".repeat(4000) }, action];
    const large: Summary = {
      ...summary,
      sections: [
        {
          id: "a",
          heading: "Ett".repeat(60),
          state: "filled",
          items: [...items, { text: "a".repeat(9000), segments: [] }],
        },
        { id: "b", heading: "Åtgärder", kind: "actions", state: "filled", items: rows },
      ],
    };
    const text = await seen({ kind: "summary", summary: large, transcript }, "pdf");
    assert.ok(text.includes("Punkt 1999.") && text.includes("Ringa Kim"));
    assert.equal(text.split("mycket").length - 1, 3999);
  });
});

describe("web page", () => {
  test("is whole, in its language, with nothing that runs or is fetched", () => {
    const hostile = "<script>alert(1)</script><img src=http://x.invalid onerror=a> \" onload='b' </style> &lt;";
    const input: ExportInput = {
      kind: "summary",
      summary: {
        ...summary,
        title: hostile,
        language: 'sv" onclick="x',
        sections: [{ id: "a", heading: hostile, state: "filled", items: [{ text: hostile, segments: [] }] }],
      },
      transcript,
    };
    const page = exportText(input, "html", "sv");
    const nodes = nodesOf(page);
    const elements = nodes.filter(({ name }) => name !== undefined);
    for (const { name, attribs = {} } of elements) {
      assert.ok(!["script", "img", "link", "iframe"].includes(name ?? ""), name);
      for (const attribute of Object.keys(attribs)) assert.doesNotMatch(attribute, /^on|^src$|^href$/u);
    }
    assert.equal(elements.find(({ name }) => name === "html")?.attribs?.["lang"], "sv");
    assert.equal(elements.filter(({ name }) => name === "h1").length, 1);
    assert.ok(textOf(page).includes("<script>alert(1)</script>"));
  });
});

describe("a document made beside the app's own work", () => {
  test("is the same as one made at once, and its errors come back", async () => {
    const task = { input: ofSummary, language: "sv", options: wholeDocument } as const;
    const bytes = await exportInWorker({ ...task, format: "html" });
    assert.deepEqual(bytes, await exportDocument(ofSummary, "html", "sv"));
    const input: ExportInput = { kind: "transcript", transcript };
    await assert.rejects(exportInWorker({ ...task, input, format: "ics" }), { code: "format-not-for" });
  });
});
