// One heading of a summary by a language model: in other words or anew, checked, and nothing else touched.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Summary, SummaryItem } from "../../electron/formats.ts";
import type { TextModel, TextRequest } from "../../electron/inference/language-protocol.ts";
import { rewriteSection } from "../../electron/summary/generative/rewrite-section.ts";
import { replaceSection } from "../../electron/summary/review.ts";
import { homeVisit, plain } from "./talks.ts";

const { signal } = new AbortController();
const engine = { id: "script", version: "1" };
const rent: SummaryItem = {
  text: "Klienten bor i en etta på Storgatan sedan oktober och hyran är 4 500 kronor i månaden.",
  segments: ["s4"],
  origin: "engine",
};
const paid: SummaryItem = { text: "Klienten har betalat februari men inte mars.", segments: ["s6"], origin: "engine" };
const own: SummaryItem = { text: "Ring hyresvärden.", segments: [], origin: "person" };
const summary: Summary = {
  lyssna: "summary/1",
  template: { id: plain.id, version: 1 },
  engine: { id: "builtin", version: "1" },
  language: "sv",
  sections: [
    { id: "del-0", heading: "Det viktigaste", kind: "bullets", state: "filled", items: [rent, paid, own] },
    { id: "del-1", heading: "Att göra", kind: "actions", state: "filled", items: [own] },
    { id: "egen", heading: "Bedömning", kind: "manual", state: "left-to-person", items: [] },
  ],
  unplaced: [],
};

function scripted(contextTokens: number, answer: (request: TextRequest) => readonly object[]) {
  const asked: TextRequest[] = [];
  const model: TextModel = {
    contextTokens,
    countTokens: async (texts) => texts.map((text) => Math.ceil(Buffer.byteLength(text) / 3)),
    async answer(request) {
      asked.push(request);
      const bytes = Buffer.byteLength(request.system + request.shared + request.task);
      assert.ok(bytes / 3 + request.maxTokens <= contextTokens, "more than the model can read at once");
      return { text: JSON.stringify({ items: answer(request) }), isWhole: true };
    },
  };
  return { model, asked };
}

const rewrite = (model: TextModel, way: "again" | "shorter" | "plainer" | "formal", sectionId = "del-0") =>
  rewriteSection(summary, sectionId, way, {
    transcripts: [homeVisit],
    template: plain,
    model,
    engine,
    signal,
    whenUnsupported: "mark",
    report: () => {},
  });

describe("a heading in other words", () => {
  test("shows the model its sentences and what they rest on, and keeps citations and a person's own", async () => {
    const { model, asked } = scripted(8192, () => [
      { segments: ["s4"], text: "Klienten bor i en etta på Storgatan sedan oktober. Hyran är 4 500 kronor i månaden." },
      { segments: ["s6"], text: "Klienten har betalat februari men inte mars." },
    ]);
    const { section, leftOut } = await rewrite(model, "plainer");
    assert.deepEqual(
      section.items.map(({ segments, support }) => [segments, support]),
      [
        [["s4"], "supported"],
        [["s6"], "supported"],
      ],
    );
    assert.deepEqual(leftOut, []);
    assert.deepEqual(section["engine"], engine);
    assert.equal(asked.length, 1);
    const [{ task } = { task: "" }] = asked;
    assert.match(task, /korta meningar/u);
    assert.ok(task.includes(JSON.stringify(rent.text)));
    assert.match(task, /\ns4 klient: "Jag bor i en etta/u);
    assert.ok(!task.includes("Ring hyresvärden"), "a person's own sentence is not shown");
    assert.ok(!task.includes("Jag sover dåligt"), "only the lines that it rests on");
    const replaced = replaceSection(summary, section);
    assert.deepEqual(replaced.sections[0]?.items.at(-1), own);
    assert.deepEqual(replaced.sections.slice(1), summary.sections.slice(1));
  });

  test("each way is asked for in its own words", async () => {
    const words = { shorter: /kortare/u, plainer: /lättare att läsa/u, formal: /mer formellt/u } as const;
    for (const way of ["shorter", "plainer", "formal"] as const) {
      const { model, asked } = scripted(8192, () => [{ segments: ["s6"], text: paid.text }]);
      await rewrite(model, way);
      assert.match(asked[0]?.task ?? "", words[way]);
    }
  });

  test("that turns false is marked, after one more try with the reason", async () => {
    const { model, asked } = scripted(8192, () => [{ segments: ["s6"], text: "Klienten har betalat mars." }]);
    const { section } = await rewrite(model, "formal");
    assert.deepEqual(
      section.items.map(({ support }) => support),
      ["unsupported"],
    );
    assert.equal(asked.length, 2);
  });

  test("that leaves something out says what, unless it was to be short", async () => {
    const short = [{ segments: ["s6"], text: paid.text }];
    const { leftOut } = await rewrite(scripted(8192, () => short).model, "formal");
    assert.deepEqual(
      leftOut.map(({ text }) => text),
      [rent.text],
    );
    assert.deepEqual((await rewrite(scripted(8192, () => short).model, "shorter")).leftOut, []);
  });

  test("that the model gives nothing for is refused, and so is a person's own heading", async () => {
    await assert.rejects(rewrite(scripted(8192, () => []).model, "plainer"), { code: "rewrite-empty" });
    const { model, asked } = scripted(8192, () => []);
    await assert.rejects(rewrite(model, "again", "egen"), { code: "not-found" });
    assert.equal(asked.length, 0);
  });

  test("in more sentences than can be read at once is done in groups, each whole", async () => {
    const many = Array.from({ length: 60 }, (_, at) => ({ ...paid, text: `${String(at)}: ${paid.text}` }));
    const long = { ...summary, sections: [{ ...summary.sections[0], items: many }] } as Summary;
    const seen = new Set<string>();
    const { model } = scripted(2600, ({ task }) => {
      const lines = [...task.matchAll(/^- s6: ("(\d+): .*")$/gmu)].map(([, text = ""]) => JSON.parse(text) as string);
      for (const text of lines) seen.add(text);
      return lines.map((text) => ({ segments: ["s6"], text }));
    });
    const options = { transcripts: [homeVisit], template: plain, model, engine, signal } as const;
    const more = { whenUnsupported: "mark", report: () => {} } as const;
    const { section } = await rewriteSection(long, "del-0", "plainer", { ...options, ...more });
    assert.equal(seen.size, 60);
    assert.equal(section.items.length, 60);
  });
});

describe("a heading anew by the model", () => {
  test("is written from the talk by its own guidance, and what the built-in engine found beside it is listed", async () => {
    const { model, asked } = scripted(8192, () => [{ segments: ["s6"], text: paid.text }]);
    const { section, leftOut } = await rewrite(model, "again");
    assert.deepEqual(
      section.items.map(({ text, support }) => [text, support]),
      [[paid.text, "supported"]],
    );
    assert.ok(asked.every(({ task }) => task.includes('"Det viktigaste"')));
    assert.ok(leftOut.some(({ text }) => /4 500/u.test(text)));
  });
});
