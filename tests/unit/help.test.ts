// The help page: the same in both languages, and what one seeks in it is found.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { cutAtFound, findHelp, type HelpSection, helpTexts } from "../../renderer/help/help-texts.ts";

describe("help", () => {
  test("both languages have the same sections, parts and lines", () => {
    const shape = (sections: readonly HelpSection[]) =>
      sections.map(({ id, parts }) => [
        id,
        parts.map(({ title, text = [], list = [], steps = [] }) => [
          title === "",
          text.length,
          list.length,
          steps.length,
        ]),
      ]);
    assert.deepEqual(shape(helpTexts.sv), shape(helpTexts.en));
    assert.deepEqual(
      helpTexts.sv.map(({ id }) => id),
      ["how", "limits", "law", "never", "trouble"],
    );
  });

  test("no line stands twice in a part, and no title twice in a section", () => {
    for (const sections of Object.values(helpTexts)) {
      for (const { parts } of sections) {
        const titles = parts.map(({ title }) => title);
        assert.equal(new Set(titles).size, titles.length);
        for (const { text = [], list = [], steps = [] } of parts) {
          const lines = [...text, ...list, ...steps];
          assert.equal(new Set(lines).size, lines.length);
          assert.ok(lines.length > 0);
        }
      }
    }
  });

  test("the law is the one that is in force, in both languages", () => {
    for (const sections of Object.values(helpTexts)) {
      const law = JSON.stringify(sections.find(({ id }) => id === "law"));
      for (const name of ["2025:400", "2014:5", "2009:400", "7041-2013", "IMY-2026-6527"]) {
        assert.ok(law.includes(name), name);
      }
      assert.ok(!law.includes("2001:453"));
    }
  });

  test("a search finds parts in which each word begins a word, whatever the case", () => {
    const found = (query: string) => findHelp(helpTexts.sv, query).map(({ id, parts }) => [id, parts.length]);
    assert.deepEqual(found("BRYTN"), [["limits", 1]]);
    assert.deepEqual(found("inspelning allmän handling"), [["law", 1]]);
    assert.deepEqual(found("rytning"), []);
    assert.equal(findHelp(helpTexts.sv, "  "), helpTexts.sv);
  });

  test("cutting a text loses nothing, and marks only what is sought", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, query) => {
        const pieces = cutAtFound(text, query);
        assert.equal(pieces.join(""), text);
        assert.equal(pieces.length % 2, 1);
      }),
    );
    assert.deepEqual(cutAtFound("Lyssna själv. Avlyssna inte.", "lyss"), ["", "Lyss", "na själv. Avlyssna inte."]);
  });
});
