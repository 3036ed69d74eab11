// The formats that leave for other programs, each read by a reader of its own: PDF, web page, table, calendar. And what
// holds for all: nothing lost, nothing added, the label on each.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { parseDocument } from "htmlparser2";
import ICAL from "ical.js";
import mammoth from "mammoth";
import { extractText, getDocumentProxy } from "unpdf";
import { exportFormats } from "../../electron/contract.ts";
import { cell } from "../../electron/export/csv.ts";
import { actionsOf } from "../../electron/export/dated-actions.ts";
import { exportDocument, exportText } from "../../electron/export/export-document.ts";
import { reviewOf } from "../../electron/export/label.ts";
import { type ExportOptions, wholeDocument } from "../../electron/export/options.ts";
import { exportInWorker } from "../../electron/export/run-export.ts";
import type { ExportInput } from "../../electron/export/outline.ts";
import type { Summary, SummaryItem, Transcript } from "../../electron/formats.ts";
import { refuseUndealt } from "../../electron/summary/undealt.ts";

const transcript: Transcript = {
  lyssna: "transcript/1",
  title: "Möte med Kim Påhitt",
  language: "sv",
  recordedAt: "2026-03-10T09:02:00",
  durationMs: 60_000,
  speakers: [
    { id: "A", name: "Kim Påhitt", role: "klient" },
    { id: "B", name: "Åsa Låtsas" },
  ],
  segments: [
    { id: "s1", startMs: 0, endMs: 2000, speaker: "A", text: "Vi ses på torsdag." },
    { id: "s2", startMs: 42_000, endMs: 44_000, speaker: "B", text: "Kims samtycke finns." },
  ],
};
const action: SummaryItem = {
  text: "Åsa ringer Kim.",
  what: "ringa Kim",
  who: "Åsa Låtsas",
  when: "på torsdag",
  due: "2026-03-12",
  segments: ["s2"],
};
const summary: Summary = {
  lyssna: "summary/1",
  template: { id: "uppfoljning", version: 1, title: "Uppföljning" },
  engine: { id: "builtin", version: "1" },
  language: "sv",
  title: "Möte med Kim Påhitt",
  recordedAt: "2026-03-10T09:02:00",
  sections: [
    {
      id: "a",
      heading: "Vad fungerar",
      state: "filled",
      items: [
        { text: "Kim uppger att insatsen fungerar.", segments: ["s1", "s2"], support: "supported" },
        { text: "Det är dyrt.", segments: [], support: "unsupported", reasons: ["Punkten anger ingen plats."] },
      ],
    },
    { id: "b", heading: "Citat", kind: "quotes", state: "filled", items: [{ text: "Kims ord.", segments: ["s1"] }] },
    {
      id: "c",
      heading: "Åtgärder",
      kind: "actions",
      state: "filled",
      items: [action, { text: "Skicka brev", segments: ["s1"] }],
    },
    { id: "d", heading: "Oro", state: "not-mentioned", items: [] },
    { id: "e", heading: "Bedömning", kind: "manual", state: "left-to-person", items: [] },
  ],
  unplaced: [{ text: "Det blåser ute.", segments: ["s1"] }],
};
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

describe("table", () => {
  /** Reads RFC 4180 with semicolons. */
  const rowsOf = (text: string): string[][] => {
    assert.ok(text.startsWith("\uFEFF"));
    return text
      .slice(1)
      .split("\r\n")
      .filter((line) => line !== "")
      .map((line) =>
        [...line.matchAll(/(?:^|;)(?:"((?:[^"]|"")*)"|([^;]*))/gu)].map(([, quoted, bare]) =>
          quoted === undefined ? (bare ?? "") : quoted.replaceAll('""', '"'),
        ),
      );
  };

  test("has a row for each action, with date and label", () => {
    const rows = rowsOf(exportText(ofSummary, "csv", "sv"));
    assert.deepEqual(rows[0], ["Vad", "Vem", "När", "Datum", "Rubrik", "Granskning"]);
    assert.deepEqual(rows[1], ["Ringa Kim", "Åsa Låtsas", "på torsdag", "2026-03-12", "Åtgärder", draft]);
    assert.equal(rows.length, 3);
  });

  test("no cell is a formula, and every cell can be read back", () => {
    for (const formula of ["=1+1", "+1", "-1", "@a", "|x", " =1", '"=1', "\t=1", "＝1", "%0A"])
      assert.match(cell(formula), /^"?'/u, formula);
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "grapheme", maxLength: 40 }), { minLength: 1, maxLength: 5 }), (whats) => {
        const items = whats.map((what) => ({ ...action, what: `x ${what}` }));
        const many = { ...summary, sections: [{ id: "c", heading: "C", state: "filled" as const, items }] };
        const rows = rowsOf(exportText({ kind: "summary", summary: many, transcript }, "csv", "sv")).slice(1);
        assert.deepEqual(
          rows.map(([what]) => what),
          actionsOf(many).map(({ what }) => what),
        );
      }),
      { numRuns: 100 },
    );
  });
});

describe("calendar", () => {
  const eventsOf = (text: string) => {
    for (const line of text.split("\r\n")) assert.ok(Buffer.byteLength(line) <= 75, line);
    return new ICAL.Component(ICAL.parse(text) as unknown[])
      .getAllSubcomponents("vevent")
      .map((one) => new ICAL.Event(one));
  };

  test("has a day for each action with a date, whatever its words", () => {
    const what = "Ringa; komma, \\ och 🙂 ÅÄÖ BEGIN:VEVENT ".repeat(5).trim();
    const input: ExportInput = {
      kind: "summary",
      summary: { ...summary, sections: [{ id: "c", heading: "C", state: "filled", items: [{ ...action, what }] }] },
      transcript,
    };
    const events = eventsOf(exportText(input, "ics", "sv"));
    assert.equal(events.length, 1);
    assert.equal(events[0]?.summary, `${what} (Åsa Låtsas)`);
    assert.equal(events[0]?.startDate.toString(), "2026-03-12");
    assert.ok(events[0]?.description.includes(draft));
  });

  test("brought in twice it makes no doubles", () => {
    const uids = () => eventsOf(exportText(ofSummary, "ics", "sv")).map(({ uid }) => uid);
    assert.deepEqual(uids(), uids());
    const twice = {
      ...summary,
      sections: [{ id: "c", heading: "C", state: "filled" as const, items: [action, action] }],
    };
    const both = eventsOf(exportText({ kind: "summary", summary: twice, transcript }, "ics", "sv")).map(
      ({ uid }) => uid,
    );
    assert.equal(new Set(both).size, 2);
  });

  test("without a date there is nothing to write, and it says so", async () => {
    const undated = { ...summary, sections: [] };
    await assert.rejects(exportDocument({ kind: "summary", summary: undated, transcript }, "ics", "sv"), {
      code: "no-dated-actions",
    });
    await assert.rejects(exportDocument({ kind: "transcript", transcript }, "csv", "sv"), { code: "format-not-for" });
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

describe("without names", () => {
  const said = (text: string, speakers: Transcript["speakers"]) => {
    const talk: Transcript = { ...transcript, speakers, segments: [{ id: "s1", startMs: 0, endMs: 1, text }] };
    const lines = exportText({ kind: "transcript", transcript: talk }, "txt", "sv", { ...wholeDocument, names: false });
    return lines.split("[00:00] ")[1]?.trim();
  };

  test("a role stands as a word in its sentence, in the form that a name had", () => {
    const speakers = [
      { id: "A", name: "Kim Påhitt", role: "klient" },
      { id: "B", name: "Bo Sten", role: "boendestödjare" },
      { id: "C", name: "Li Ek", role: "rektor" },
    ];
    assert.equal(
      said("Bo träffar Kim Påhitt och Lis chef. Kims bo ligger på en sten, sade Li.", speakers),
      "Boendestödjaren träffar klienten och rektorns chef. Klientens bo ligger på en sten, sade rektorn.",
    );
  });

  test("two people of one role, and one without, are told apart by letters", () => {
    const speakers = [
      { id: "A", name: "Kim", role: "klient" },
      { id: "B", name: "Bo", role: "klient" },
      { id: "C", name: "Ek" },
    ];
    assert.equal(said("Kim, Bo och Ek.", speakers), "Klient A, Klient B och Person A.");
  });
});
