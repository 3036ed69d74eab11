// Spelling by the bundled dictionaries: what is right is left alone, slips are noticed and mended.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { openSpelling } from "../../electron/glossary/run-spelling.ts";
import { openSpeller } from "../../electron/glossary/spelling.ts";
import { seeded } from "../seeded.ts";

interface Talk {
  readonly lang: string;
  readonly segments: readonly { readonly speaker: string; readonly text: string }[];
}
const talks = ["absence", "followup", "road-accident", "staff-meeting", "workplace"].map(
  (name) => JSON.parse(readFileSync(new URL(`../fixtures/meetings/${name}.json`, import.meta.url), "utf8")) as Talk,
);
const wordsIn = (talk: Talk): readonly string[] => [
  ...new Set(talk.segments.flatMap(({ text }) => text.match(/\p{L}[\p{L}\p{M}]*/gu) ?? [])),
];
const spellerOf = ({ lang, segments }: Talk) =>
  openSpeller(lang, [], [...new Set(segments.map(({ speaker }) => speaker))]);

test("words that people say are no mistakes", () => {
  const wrong = talks.flatMap((talk) => {
    const speller = spellerOf(talk);
    return wordsIn(talk).filter((word) => !speller.isKnown(word));
  });
  const all = talks.reduce((sum, talk) => sum + wordsIn(talk).length, 0);
  assert.ok(wrong.length <= all / 200, wrong.join(" "));
});

test("a slip is noticed, and what was meant is among the suggestions, mostly as the first", () => {
  const random = seeded(7);
  let [slips, unnoticed, among, first] = [0, 0, 0, 0];
  for (const talk of talks) {
    const speller = spellerOf(talk);
    for (const word of wordsIn(talk)
      .filter((one) => one.length >= 5 && speller.isKnown(one))
      .slice(0, 16)) {
      const at = 1 + Math.floor(random() * (word.length - 2));
      const [before, here, after] = [word.slice(0, at), word.slice(at, at + 1), word.slice(at + 1)];
      const slip = [before + after, before + after.slice(0, 1) + here + after.slice(1), before + here + here + after][
        Math.floor(random() * 3)
      ];
      if (slip === undefined || slip === word) continue;
      slips += 1;
      if (speller.isKnown(slip)) unnoticed += 1;
      else {
        const found = speller.suggest(slip);
        if (found.includes(word)) among += 1;
        if (found[0] === word) first += 1;
      }
    }
  }
  const noticed = slips - unnoticed;
  assert.ok(slips > 40 && unnoticed < slips * 0.2, `${String(unnoticed)} of ${String(slips)}`);
  assert.ok(
    among >= noticed * 0.93 && first >= noticed * 0.65,
    `${String(among)}, ${String(first)} of ${String(noticed)}`,
  );
});

test("names and terms are right, in their forms; a capital stays one", () => {
  const speller = openSpeller("sv", [{ id: "t", text: "Sävsjöhemmet", kind: "name" }], ["Berit Exempelsson"]);
  for (const word of [
    "Sävsjöhemmet",
    "Sävsjöhemmets",
    "Exempelsson",
    "Exempelssons",
    "LVU",
    "BUP-kontakten",
    "mm",
    "weekend",
  ])
    assert.ok(speller.isKnown(word), word);
  for (const word of ["Sävsjöhemmt", "lägenhetten", "socialtjnst"]) assert.ok(!speller.isKnown(word), word);
  assert.equal(speller.suggest("Lägenhetten")[0], "Lägenheten");
  assert.ok(openSpeller("sv", [{ id: "t", text: "Sävsjöhemmet", kind: "name" }], []).suggest("Sävsjöhemmt").length > 0);
  assert.ok(openSpeller("en", [], []).suggest("recieve").includes("receive"));
});

test("questions are answered in a thread, one after the other, also after it has ended", async () => {
  const spelling = openSpelling();
  assert.deepEqual(await spelling.unknown(["hej", "hejj", "Anna"], "sv", [], []), ["hejj"]);
  assert.ok((await spelling.suggest("lägenhetten", "sv", [], [])).includes("lägenheten"));
  await spelling.close();
  assert.deepEqual(await spelling.unknown(["hejj"], "sv", [], []), ["hejj"]);
  await spelling.close();
});
