// Who is to do what by when, and what only sounds like it: small talks as a table.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { SummaryItem } from "../../electron/formats.ts";
import { summarise } from "../../electron/summary/summarise.ts";
import { talk, template } from "./talks.ts";

const plan = template([
  { heading: "Att göra", kind: "actions" },
  { heading: "Det viktigaste", kind: "bullets" },
]);
const actionsIn = (lines: readonly string[], language = "sv"): readonly SummaryItem[] =>
  summarise([talk(lines, { language })], { ...plan, language }).sections[0]?.items ?? [];

interface Expected {
  readonly who: string;
  readonly what: RegExp;
  readonly due?: string;
}

const told: readonly (readonly [readonly string[], readonly Expected[]])[] = [
  [
    ["Handläggare: Jag återkommer med besked senast den femtonde april."],
    [{ who: "Handläggaren", what: /besked/u, due: "2026-04-15" }],
  ],
  [
    ["Handläggare: Kan du ta med hyreskontraktet nästa gång?", "Klient: Absolut, det gör jag."],
    [{ who: "Klienten", what: /^ska ta med hyreskontraktet/u }],
  ],
  [
    ["Handläggare: Skulle du kunna mejla mig intyget?", "Klient: Jo, det kan jag göra."],
    [{ who: "Klienten", what: /^ska mejla handläggaren intyget$/u }],
  ],
  [
    ["Handläggare: Du behöver lämna in kontoutdrag.", "Klient: Okej, jag fixar det till fredag."],
    [{ who: "Klienten", what: /lämna in kontoutdrag/u, due: "2026-03-13" }],
  ],
  [
    ["Klient: Ska jag ringa dem själv?", "Handläggare: Ja, gör det, helst före onsdag."],
    [{ who: "Klienten", what: /^ska ringa dem själv$/u, due: "2026-03-11" }],
  ],
  [
    ["Insatsledare: Någon måste beställa nya slangar.", "Styrkeledare: Det tar jag."],
    [{ who: "Styrkeledaren", what: /nya slangar/u }],
  ],
  [
    ["Insatsledare: Rapporten ska vara klar på måndag. Den skriver du, Ali."],
    [{ who: "Ali", what: /rapporten/iu, due: "2026-03-16" }],
  ],
  // Told in the third person, as in a recap.
  [
    ["Handläggare: Kuratorn ska skicka en blankett med brev senast fredag."],
    [{ who: "Kuratorn", what: /^ska skicka en blankett/u, due: "2026-03-13" }],
  ],
  [
    ["Rektor: Karin tar kontakt med habiliteringen under veckan."],
    [{ who: "Karin", what: /habiliteringen/u, due: "2026-03-15" }],
  ],
  [
    ["Rektor: Skolan ordnar en stödperson från och med måndag."],
    [{ who: "Skolan", what: /stödperson/u, due: "2026-03-16" }],
  ],
  [
    ["Handläggare: Då gör vi så att du ringer banken och jag kollar med kronofogden.", "Klient: Ja."],
    [
      { who: "Klienten", what: /ringer banken/u },
      { who: "Handläggaren", what: /kronofogden/u },
    ],
  ],
];

const notTold: readonly (readonly string[])[] = [
  ["Handläggare: I dag pratar vi om ekonomin och boendet."],
  ["Handläggare: Vi ska prata om boendet i dag."],
  ["Handläggare: Pappa lämnar barnen på skolan varje morgon."],
  ["Lärare: Jag lägger upp uppgifterna på lärplattformen varje söndag."],
  ["Klient: Min syster ska flytta till Umeå i sommar."],
  ["Klient: Läkaren sa att hon ska skicka en remiss."],
  ["Handläggare: Kuratorn skickade blanketten i fredags."],
  ["Handläggare: Kuratorn ska inte skicka någon blankett."],
];

describe("what is to be done", () => {
  for (const [lines, expected] of told)
    test(lines.join(" – "), () => {
      const found = actionsIn(lines);
      assert.equal(found.length, expected.length, JSON.stringify(found.map(({ text }) => text)));
      for (const [at, { who, what, due }] of expected.entries()) {
        assert.equal(found[at]?.who, who);
        assert.match(found[at]?.what ?? "", what);
        if (due !== undefined) assert.equal(found[at]?.due, due);
      }
    });
  for (const lines of notTold)
    test(`not: ${lines.join(" – ")}`, () =>
      assert.deepEqual(
        actionsIn(lines).map(({ text }) => text),
        [],
      ));
});

describe("the next meeting", () => {
  test("stands under its own heading, also where another heading looks ahead", () => {
    const summary = summarise(
      [talk(["Lärare: Vi har uppföljning torsdag den elfte juni klockan tio.", "Förälder: Det passar."])],
      template([
        { heading: "Framåt: skolan och hemmet", kind: "actions" },
        { heading: "Nästa samtal", kind: "facts" },
      ]),
    );
    assert.deepEqual(
      summary.sections.map(({ items }) => items.length),
      [0, 1],
    );
    assert.equal(summary.sections[1]?.items[0]?.due, "2026-06-11");
  });
});
