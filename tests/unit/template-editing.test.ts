// The values behind the template editor: headings moved, steps taken back, faults found while one writes.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import type { Template, TemplateSection } from "../../electron/formats.ts";
import { parseTemplate } from "../../electron/summary/templates.ts";
import {
  addSection,
  changeSection,
  kinds,
  moveSections,
  removeSection,
  stepSection,
} from "../../renderer/templates/edit-sections.ts";
import { faultsOf } from "../../renderer/templates/faults.ts";
import { addStep, redo, startHistory, undo } from "../../renderer/templates/history.ts";

const template = (...headings: readonly string[]): Template => ({
  lyssna: "template/1",
  id: "egen",
  version: 1,
  title: "Egen",
  language: "sv",
  sections: headings.map((heading, at) => ({ id: `a${at}`, heading, kind: "bullets" as const })),
});
const headings = ({ sections }: Template) => sections.map(({ heading }) => heading).join("");
const ids = ({ sections }: Template) => sections.map(({ id }) => id).toSorted();

describe("headings", () => {
  const abcd = template("A", "B", "C", "D");

  test("are moved before or after another, one or several", () => {
    assert.equal(headings(moveSections(abcd, new Set(["a3"]), "a0", "before")), "DABC");
    assert.equal(headings(moveSections(abcd, new Set(["a0", "a2"]), "a3", "after")), "BDAC");
    assert.equal(headings(moveSections(abcd, new Set(["a1"]), "a1", "after")), "ABCD");
    assert.equal(headings(moveSections(abcd, new Set(["a1"]), "gone", "after")), "ABCD");
  });

  test("step up and down, and stay at the ends", () => {
    assert.equal(headings(stepSection(abcd, "a1", 1)), "ACBD");
    assert.equal(headings(stepSection(abcd, "a1", -1)), "BACD");
    assert.equal(headings(stepSection(abcd, "a0", -1)), "ABCD");
    assert.equal(headings(stepSection(abcd, "a3", 1)), "ABCD");
  });

  test("are added after the chosen one, changed and taken away", () => {
    const [added, id] = addSection(abcd, "a0");
    assert.equal(headings(changeSection(added, id, { heading: "X" })), "AXBCD");
    assert.equal(headings(removeSection(abcd, "a1")), "ACD");
    const limited = changeSection(abcd, "a0", { maxItems: 3 });
    assert.ok(!("maxItems" in (changeSection(limited, "a0", { maxItems: undefined }).sections[0] ?? {})));
  });

  test("none is lost or doubled, whatever one does", () => {
    const id = fc.constantFrom("a0", "a1", "a2", "a3");
    const move = fc.tuple(fc.uniqueArray(id), id, fc.constantFrom("before" as const, "after" as const));
    fc.assert(
      fc.property(fc.array(move), (moves) => {
        const moved = moves.reduce((now, [some, to, where]) => moveSections(now, new Set(some), to, where), abcd);
        assert.deepEqual(ids(moved), ids(abcd));
      }),
    );
    let many = template();
    for (let at = 0; at < 30; at += 1) {
      [many] = addSection(many, null);
      if (at % 3 === 0) many = removeSection(many, many.sections[0]?.id ?? "");
    }
    assert.equal(new Set(ids(many)).size, many.sections.length);
  });
});

describe("steps", () => {
  test("are taken back and taken again; a new one ends what could be taken again", () => {
    let history = addStep(addStep(startHistory(1), 2, null, 0), 3, null, 0);
    history = undo(undo(undo(history)));
    assert.equal(history.present, 1);
    assert.equal(redo(redo(redo(history))).present, 3);
    assert.equal(redo(addStep(history, 9, null, 0)).present, 9);
  });

  test("typing on in one field is one step; another field or a pause is another", () => {
    let history = addStep(startHistory(""), "a", "title", 0);
    history = addStep(addStep(history, "ab", "title", 1000), "abc", "title", 2000);
    assert.equal(undo(history).present, "");
    history = addStep(history, "abcd", "title", 4000);
    history = addStep(history, "abcde", "owner", 4100);
    assert.deepEqual([undo(history).present, undo(undo(history)).present], ["abcd", "abc"]);
  });

  test("each can be taken back to how it was", () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { maxLength: 100 }), (values) => {
        let history = startHistory(0);
        for (const value of values) history = addStep(history, value, null, 0);
        const last = history;
        for (const _ of values) history = undo(history);
        assert.equal(history.present, 0);
        for (const _ of values) history = redo(history);
        assert.deepEqual(history.present, last.present);
      }),
    );
  });
});

describe("faults", () => {
  const codes = (faulty: Template) => faultsOf(faulty).map(({ code, sectionId }) => `${code} ${sectionId}`);

  test("are told with their place", () => {
    assert.deepEqual(codes({ ...template(), title: " " }), ["title-missing null", "no-headings null"]);
    assert.deepEqual(codes(template("A", " ", "a")), ["heading-missing a1", "same-heading a2"]);
    assert.deepEqual(codes(template("<script>")), ["code a0"]);
    assert.deepEqual(codes(template("Samlad bedömning")), ["judgement-filled a0"]);
    assert.deepEqual(codes(changeSection(template("Samlad bedömning"), "a0", { kind: "manual" })), []);
  });

  test("where none is found that hinders, the template can be saved", () => {
    const words = fc.oneof(fc.string(), fc.constantFrom("<b>", "javascript:", "Å", "\u0007", "<img src=x>"));
    const sections: fc.Arbitrary<TemplateSection[]> = fc.uniqueArray(
      fc.record({
        id: fc.stringMatching(/^[a-z0-9]{1,6}$/u),
        heading: words,
        kind: fc.constantFrom(...kinds),
        guidance: words,
      }),
      { selector: ({ id }) => id, maxLength: 5 },
    );
    fc.assert(
      fc.property(words, sections, (title, some) => {
        const made = { ...template(), title, sections: some };
        if (faultsOf(made).every(({ remark }) => remark)) parseTemplate(made, "egen");
      }),
    );
  });
});
