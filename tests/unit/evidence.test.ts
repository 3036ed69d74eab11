// The evidence check: what was changed against the talk is found, what is true passes.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import type { Summary, SummaryItem } from "../../electron/formats.ts";
import { checkEvidence } from "../../electron/summary/evidence/check-evidence.ts";
import { summarise } from "../../electron/summary/summarise.ts";
import { homeVisit, plain, talk } from "./talks.ts";

const visit = talk([
  "Klient: Jag har betalat fyratusen kronor till Lundin på tisdag. Jag har inte öppnat brevet.",
  "Handläggare: Jag måste se kvittot. Du ska ringa Ahmed klockan tio.",
  "Klient: Jag kanske flyttar till min syster i Sala.",
]);

function judge(item: Partial<SummaryItem> & { text: string }, transcript = visit, language = "sv"): SummaryItem {
  const summary: Summary = {
    lyssna: "summary/1",
    template: { id: "prov", version: 1 },
    engine: { id: "annan", version: "1" },
    language,
    sections: [{ id: "a", heading: "A", state: "filled", items: [{ segments: ["s1"], ...item }] }],
    unplaced: [],
  };
  const [checked] = checkEvidence(summary, [transcript]).sections[0]?.items ?? [];
  assert.ok(checked !== undefined);
  return checked;
}

describe("true items pass", () => {
  for (const [text, segments] of [
    ["Klienten uppger att hen har betalat 4 000 kronor till Lundin på tisdag.", ["s1"]],
    ["Klienten uppger att hen inte har öppnat brevet.", ["s1"]],
    ["Handläggaren uppger att hen måste se kvittot.", ["s2"]],
    ["Klienten uppger att hen kanske flyttar till sin syster i Sala.", ["s3"]],
    ["Klienten: ”Jag kanske flyttar till min syster i Sala.”", ["s3"]],
  ] as const)
    test(text, () => assert.equal(judge({ text, segments: [...segments] }).support, "supported"));
});

describe("changed items do not", () => {
  for (const [what, text, segments] of [
    ["a number", "Klienten uppger att hen har betalat 5 000 kronor till Lundin på tisdag.", ["s1"]],
    ["a number as a word", "Klienten uppger att hen har betalat femtusen kronor till Lundin på tisdag.", ["s1"]],
    ["a weekday", "Klienten uppger att hen har betalat 4 000 kronor till Lundin på onsdag.", ["s1"]],
    ["a name", "Klienten uppger att hen har betalat 4 000 kronor till Öberg på tisdag.", ["s1"]],
    ["a dropped negation", "Klienten uppger att hen har öppnat brevet.", ["s1"]],
    ["an added negation", "Klienten uppger att hen inte har betalat 4 000 kronor till Lundin på tisdag.", ["s1"]],
    ["the speaker", "Handläggaren uppger att hen har betalat 4 000 kronor till Lundin på tisdag.", ["s1"]],
    ["an invented sentence", "Klienten uppger att hen har sökt vård för hjärtat på lasarettet.", ["s1"]],
    ["the place cited", "Klienten uppger att hen kanske flyttar till sin syster i Sala.", ["s2"]],
    ["a quotation", "Klienten: ”Jag flyttar till min syster i Sala.”", ["s3"]],
    ["a place that is not there", "Klienten uppger att hen inte har öppnat brevet.", ["s99"]],
  ] as const)
    test(what, () => {
      const checked = judge({ text, segments: [...segments] });
      assert.equal(checked.support, "unsupported");
      assert.ok((checked.reasons ?? []).length > 0);
    });
  test("a doubt that was dropped is weak", () => {
    assert.equal(
      judge({ text: "Klienten uppger att hen flyttar till sin syster i Sala.", segments: ["s3"] }).support,
      "weak",
    );
  });
  test("a date that cannot be worked out", () => {
    assert.equal(
      judge({ text: "Klienten uppger att hen betalat 4 000 kronor till Lundin.", due: "2026-05-01" }).support,
      "unsupported",
    );
  });
});

describe("the rest", () => {
  test("an engine's item without segments is unsupported", () => {
    assert.equal(judge({ text: "Klienten har betalat.", segments: [] }).support, "unsupported");
  });
  test("a person's item is not judged", () => {
    const item = judge({ text: "Min bedömning: allt är bra.", segments: [], origin: "person" });
    assert.equal(item.support, undefined);
  });
  for (const [topic, text, reason] of [
    ["self-harm", "Klienten uppger att hen har tänkt på självmord.", /självmord/u],
    ["violence", "Klienten uppger att Lundin har slagit hen.", /våld/u],
    ["addiction", "Klienten uppger att hen har druckit alkohol.", /missbruk/u],
    ["suspicion", "Handläggaren misstänker brott.", /misstanke/u],
  ] as const)
    test(`${topic} without a passage says so`, () => {
      const checked = judge({ text, segments: ["s1"] });
      assert.equal(checked.support, "unsupported");
      assert.match(checked.reasons?.[0] ?? "", reason);
    });
  test("reasons are in the summary's language", () => {
    assert.match(
      judge({ text: "Klienten har 9 hästar.", segments: ["s1"] }, visit, "en").reasons?.join(" ") ?? "",
      /number/u,
    );
  });
});

test("whatever digit is changed in a true item, it is found", () => {
  const summary = summarise([homeVisit], plain);
  const numbered = summary.sections.flatMap(({ items }) => items).filter(({ text }) => /\b4 500\b/u.test(text));
  assert.ok(numbered.length > 0);
  fc.assert(
    fc.property(
      fc.integer({ min: 1000, max: 99_999 }).filter((sum) => sum !== 4500),
      fc.constantFrom(...numbered),
      (sum, item) => {
        const checked = judge({ ...item, text: item.text.replace("4 500", String(sum)) }, homeVisit);
        assert.equal(checked.support, "unsupported");
      },
    ),
  );
});
