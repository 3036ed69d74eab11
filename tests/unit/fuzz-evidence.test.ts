// A thousand summaries made false in one way each: the evidence check must notice, and must leave true ones alone.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Summary, SummaryItem } from "../../electron/formats.ts";
import { checkEvidence } from "../../electron/summary/evidence/check-evidence.ts";
import { summarise } from "../../electron/summary/summarise.ts";
import { corrupt, type Corruption, corruptions, pick, seeded, type Told } from "../fixtures/evidence/corrupt.ts";
import { readTalks, type ToldTalk } from "../fixtures/evidence/read-talk.ts";
import { template } from "./talks.ts";

const corrupted = 1000;
const seed = 20_261_123;
/** Bars: share of false sentences that are noticed, and share of true ones that are doubted. */
const [noticedMin, doubtedMax] = [0.97, 0.05];
/** Half as many sentences vary more. */
const noticedMinOfSet = 0.95;

const headings = (language: string) =>
  template(
    [
      { heading: language === "sv" ? "Det viktigaste" : "What was said", kind: "bullets", maxItems: 30 },
      { heading: language === "sv" ? "Egna ord" : "Own words", kind: "quotes", maxItems: 8 },
      { heading: language === "sv" ? "Att göra" : "To do", kind: "actions", maxItems: 20 },
    ],
    { language },
  );

function judge(talk: ToldTalk, items: readonly SummaryItem[]): readonly SummaryItem[] {
  const summary: Summary = {
    lyssna: "summary/1",
    template: { id: "prov", version: 1 },
    engine: { id: "prov", version: "1" },
    language: talk.transcript.language,
    sections: [{ id: "a", heading: "A", state: "filled", items: [...items] }],
    unplaced: [],
  };
  return checkEvidence(summary, [talk.transcript]).sections[0]?.items ?? [];
}

const talks = readTalks();
const byHand: Told[] = talks.flatMap((talk) => talk.told.map((item) => ({ talk, item })));
const byEngine: Told[] = talks.flatMap((talk) => {
  const { sections, unplaced } = summarise([talk.transcript], headings(talk.transcript.language));
  return [...sections.flatMap(({ items }) => items), ...unplaced].map((item) => ({ talk, item }));
});
const all = [...byHand, ...byEngine];
/** LYSSNA_SHOW=tune prints what was judged wrongly; what rules are measured on is better not looked at. */
const show = process.env["LYSSNA_SHOW"];

const sums = { found: 0, of: 0 };
for (const set of ["tune", "measure"] as const) {
  test(`true sentences pass (${set})`, (context) => {
    let [doubts, total] = [0, 0];
    for (const [by, items] of [
      ["by hand", byHand],
      ["by the engine", byEngine],
    ] as const)
      for (const form of ["written", "recognised"] as const) {
        const own = items.filter(({ talk }) => talk.set === set && talk.form === form);
        const doubted = own.flatMap(({ talk, item }) =>
          judge(talk, [item]).filter(({ support }) => support !== "supported"),
        );
        context.diagnostic(`${by}, ${form}: ${String(doubted.length)} of ${String(own.length)} doubted`);
        if (show === set)
          for (const { text, reasons } of doubted) context.diagnostic(`${text} – ${reasons?.join(" ") ?? ""}`);
        total += own.length;
        doubts += doubted.length;
      }
    assert.ok(doubts <= doubtedMax * total, `${String(doubts)} of ${String(total)}`);
  });

  test(`false sentences are noticed (${set})`, (context) => {
    const random = seeded(seed);
    const own = all.filter(({ talk }) => talk.set === set);
    const noticed = new Map<Corruption, { found: number; of: number }>();
    for (let made = 0, at = 0; made < corrupted / 2; at += 1) {
      assert.ok(at < 100_000, "too few sentences to make false");
      const kind = corruptions[made % corruptions.length] ?? "number";
      const told = pick(random, own);
      const item = told === undefined ? null : corrupt(kind, told, own, random);
      if (told === undefined || item === null) continue;
      made += 1;
      const [judged] = judge(told.talk, [item]);
      const found = judged?.support !== "supported";
      const tally = noticed.get(kind) ?? { found: 0, of: 0 };
      noticed.set(kind, { found: tally.found + (found ? 1 : 0), of: tally.of + 1 });
      if (!found && show === set) context.diagnostic(`${kind}: ${told.item.text} => ${item.text}`);
    }
    const tallies = [...noticed.entries()];
    for (const [kind, { found, of }] of tallies) context.diagnostic(`${kind}: ${String(found)} of ${String(of)}`);
    const [found, of] = [
      tallies.reduce((sum, [, t]) => sum + t.found, 0),
      tallies.reduce((sum, [, t]) => sum + t.of, 0),
    ];
    context.diagnostic(`all: ${String(found)} of ${String(of)}`);
    assert.ok(found >= noticedMinOfSet * of, `${String(found)} of ${String(of)}`);
    sums.found += found;
    sums.of += of;
  });
}

test("of all false sentences together, enough are noticed", () =>
  assert.ok(sums.found >= noticedMin * sums.of, `${String(sums.found)} of ${String(sums.of)}`));
