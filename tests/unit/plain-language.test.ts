// The version for the person it is about: shorter sentences that say the same.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { plainSummary, shortSentences, substance } from "../../electron/export/plain-language.ts";
import type { Summary } from "../../electron/formats.ts";

const summary: Summary = {
  lyssna: "summary/1",
  template: { id: "uppfoljning", version: 1 },
  engine: { id: "builtin", version: "1" },
  language: "sv",
  sections: [
    { id: "a", heading: "A", state: "filled", items: [{ text: "Insatsen fungerar.", segments: ["s1"] }] },
    { id: "b", heading: "Samtycke", state: "not-mentioned", items: [] },
  ],
  unplaced: [],
};

describe("plain language", () => {
  test("a long sentence is cut where both halves stand, and who says it is said of both", () => {
    assert.equal(
      shortSentences("Klienten uppger att hon bor i en etta på Storgatan, och hon betalar 6 800 kronor i månaden."),
      "Klienten uppger att hon bor i en etta på Storgatan. Klienten uppger att hon betalar 6 800 kronor i månaden.",
    );
    assert.equal(
      shortSentences(
        "Handläggaren skickar blanketten den 12 mars; klienten fyller i den och lämnar den senast den 20 mars.",
      ),
      "Handläggaren skickar blanketten den 12 mars. Klienten fyller i den och lämnar den senast den 20 mars.",
    );
  });

  test("quotations, short sentences and what would lose its sense stay as they are", () => {
    for (const text of [
      "Klienten sade: ”Jag orkar inte mer just nu, och jag vill att ni slutar ringa hem till oss.”",
      "Hon vill, men hon kan inte.",
      "Klienten uppger att hen inte sover, och hen äter inte heller på morgonen före arbetet.",
    ])
      assert.deepEqual(substance(shortSentences(text)), substance(text));
  });

  test("numbers and negations are the same before and after", () => {
    const part = fc.constantFrom(
      "klienten inte betalar 500 kronor",
      "hon bor hos sin mamma sedan den 3 maj",
      "de aldrig har fått något svar",
      "det är trångt hemma",
      "Klienten uppger att",
      ", och",
      ", men",
      ";",
      "hon",
      "utan",
      "12,5 procent",
      ".",
    );
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 14 }), (parts) => {
        const text = parts.join(" ");
        assert.deepEqual(substance(shortSentences(text)), substance(text));
      }),
      { numRuns: 300 },
    );
  });

  test("only words that are there are explained, and a language without a list is left alone", () => {
    assert.deepEqual(
      plainSummary(summary).terms.map(([word]) => word),
      ["insats"],
    );
    assert.deepEqual(plainSummary({ ...summary, language: "fi" }), {
      summary: { ...summary, language: "fi" },
      terms: [],
    });
  });
});
