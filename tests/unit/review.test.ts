// Reviewing a summary: no edit loses or invents a citation, and what is grave must be dealt with before it leaves.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import type { Summary, SummaryItem } from "../../electron/formats.ts";
import { openStore } from "../../electron/store/store.ts";
import {
  addItem,
  changeItem,
  confirmItem,
  isApprovable,
  isExportable,
  itemAt,
  moveItem,
  openQuestions,
  removeItem,
  replaceSection,
  unplacedId,
} from "../../electron/summary/review.ts";
import { summarise } from "../../electron/summary/summarise.ts";
import { meeting, newKey, temporaryFolder } from "./store-fixtures.ts";
import { homeVisit, plain, template } from "./talks.ts";

const item = (about: Partial<SummaryItem> = {}): SummaryItem => ({
  text: "Klienten är trött.",
  segments: ["s1", "s2"],
  origin: "engine",
  support: "supported",
  ...about,
});
const summaryOf = (items: readonly SummaryItem[], unplaced: readonly SummaryItem[] = []): Summary => ({
  lyssna: "summary/1",
  template: { id: "prov", version: 1 },
  engine: { id: "builtin", version: "1.0.0" },
  language: "sv",
  sections: [
    { id: "a", heading: "Det viktigaste", kind: "bullets", state: "filled", items: [...items] },
    { id: "b", heading: "Bedömning", kind: "manual", state: "left-to-person", items: [] },
  ],
  unplaced: [...unplaced],
});
const first = { sectionId: "a", index: 0 };

describe("what is left to deal with", () => {
  const weak = item({ support: "weak", reasons: ["…"] });
  const bare = item({ support: "unsupported", reasons: ["…"] });
  const grave = item({ support: "unsupported", flags: ["violence"] });
  test("a sentence without support must be opened before approval", () => {
    assert.deepEqual(openQuestions(summaryOf([item(), weak, bare])), [
      { sectionId: "a", index: 2, why: "unsupported" },
    ]);
    assert.equal(isApprovable(summaryOf([bare])), false);
    assert.equal(isExportable(summaryOf([bare])), true);
  });
  test("a grave one may not even leave", () => assert.equal(isExportable(summaryOf([], [grave])), false));
  for (const [how, dealt] of [
    ["confirmed", (one: Summary) => confirmItem(one, first, true)],
    ["removed", (one: Summary) => removeItem(one, first)],
    ["written anew by the person", (one: Summary) => addItem(removeItem(one, first), "a", "Egen mening.")],
  ] as const)
    test(`${how}: dealt with`, () => {
      assert.equal(isApprovable(dealt(summaryOf([grave]))), true);
      assert.equal(isExportable(dealt(summaryOf([grave]))), true);
    });
  test("changing the words takes a confirmation back", () => {
    const confirmed = confirmItem(summaryOf([bare]), first, true);
    const changed = itemAt(changeItem(confirmed, first, "Något annat."), first);
    assert.equal(changed?.confirmed, undefined);
    assert.equal(changed?.support, undefined);
    assert.equal(changed?.edited, true);
  });
});

describe("headings", () => {
  test("a person may write under a heading of the professional's, and take it back", () => {
    const written = addItem(summaryOf([]), "b", "Min bedömning.");
    assert.deepEqual(written.sections[1]?.items, [{ text: "Min bedömning.", segments: [], origin: "person" }]);
    assert.equal(written.sections[1]?.state, "filled");
    assert.equal(removeItem(written, { sectionId: "b", index: 0 }).sections[1]?.state, "left-to-person");
  });
  test("an emptied heading says that nothing came up", () =>
    assert.equal(removeItem(summaryOf([item()]), first).sections[0]?.state, "not-mentioned"));
  test("what a person wrote stays when a heading is made anew", () => {
    const written = addItem(summaryOf([item()]), "a", "Egen mening.");
    const made = { id: "a", heading: "Det viktigaste", state: "not-mentioned", items: [] } as const;
    assert.deepEqual(
      replaceSection(written, { ...made, items: [] }).sections[0]?.items.map(({ text }) => text),
      ["Egen mening."],
    );
  });
});

describe("citations", () => {
  const made = summarise([homeVisit], plain);
  const all = (summary: Summary): SummaryItem[] => [
    ...summary.sections.flatMap(({ items }) => items),
    ...summary.unplaced,
  ];
  const sections = [...made.sections.map(({ id }) => id), unplacedId];
  const place = fc.record({ sectionId: fc.constantFrom(...sections), index: fc.nat(6) });
  const edit = fc.oneof(
    fc.record({ kind: fc.constant("change" as const), place, text: fc.string({ maxLength: 40 }) }),
    fc.record({ kind: fc.constant("move" as const), place, to: fc.constantFrom(...sections, "nowhere") }),
    fc.record({ kind: fc.constant("confirm" as const), place, on: fc.boolean() }),
  );
  test("changing, moving and confirming neither lose nor invent one", () =>
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 12 }), (edits) => {
        let summary = made;
        for (const one of edits) {
          const before = itemAt(summary, one.place);
          if (one.kind === "change") {
            summary = changeItem(summary, one.place, one.text);
            if (before !== undefined && one.text.trim() !== "")
              assert.deepEqual(itemAt(summary, one.place)?.segments, before.segments);
          }
          if (one.kind === "move") {
            const count = all(summary).length;
            summary = moveItem(summary, one.place, one.to);
            assert.equal(all(summary).length, count);
          }
          if (one.kind === "confirm") summary = confirmItem(summary, one.place, one.on);
        }
        const known = new Set(all(made).map(({ segments }) => segments.join(" ")));
        for (const { segments } of all(summary)) assert.ok(known.has(segments.join(" ")));
      }),
    ));
});

describe("taking back", () => {
  test("no edit changes the summary that it was made of", () => {
    const before = summaryOf([item(), item({ support: "unsupported" })], [item({ text: "Övrigt." })]);
    const kept = structuredClone(before);
    const own = { sectionId: "a", index: 1 };
    changeItem(before, own, "Nytt.");
    confirmItem(before, own, true);
    removeItem(before, own);
    moveItem(before, { sectionId: unplacedId, index: 0 }, "b");
    addItem(before, "b", "Min bedömning.");
    replaceSection(before, { id: "a", heading: "Det viktigaste", state: "not-mentioned", items: [] });
    assert.deepEqual(before, kept);
  });
});

describe("length and quotation", () => {
  const words = (summary: Summary): number =>
    summary.sections.flatMap(({ items }) => items).reduce((sum, { text }) => sum + text.split(" ").length, 0);
  const long = { ...homeVisit, segments: homeVisit.segments };
  test("short is not longer than normal, and normal not longer than long", () => {
    const [short = 0, normal = 0, more = 0] = (["short", "normal", "long"] as const).map((length) =>
      words(summarise([long], plain, { length })),
    );
    assert.ok(short <= normal && normal <= more, `${String(short)} ${String(normal)} ${String(more)}`);
    assert.ok(short < more);
  });
  test("word for word: every sentence is a quotation", () => {
    const [section] = summarise([homeVisit], template([{ kind: "bullets" }]), { quotes: true }).sections;
    assert.ok((section?.items.length ?? 0) > 0);
    for (const { text } of section?.items ?? []) assert.match(text, /”.+”/u);
  });
});

describe("versions in the store", () => {
  test("one round of editing is one version; approval is another; an old base is refused", async () => {
    const store = await openStore({ dir: temporaryFolder(), key: newKey() });
    try {
      const { id } = await store.createMeeting(meeting());
      const made = await store.addSummary(id, summaryOf([item()]));
      const edited = await store.saveReview(id, made.id, summaryOf([item({ text: "Ett." })]), false);
      assert.equal(edited.state, "edited");
      assert.equal(edited.createdAt, made.createdAt);
      const again = await store.saveReview(id, edited.id, summaryOf([item({ text: "Två." })]), false);
      assert.equal(again.version, edited.version);
      const approved = await store.approveSummary(id, again.id, "Anna Berg");
      assert.equal(approved.state, "approved");
      assert.equal(approved.approvedBy, "Anna Berg");
      assert.equal(approved.summary.sections[0]?.items[0]?.text, "Två.");
      const after = await store.saveReview(id, approved.id, summaryOf([item({ text: "Tre." })]), false);
      assert.equal(after.approvedBy, undefined);
      await assert.rejects(store.saveReview(id, made.id, summaryOf([]), false), { code: "summary-moved" });
      assert.deepEqual(
        (await store.listSummaries(id)).map(({ state }) => state),
        ["edited", "approved", "edited", "draft"],
      );
    } finally {
      await store.close();
    }
  });
});
