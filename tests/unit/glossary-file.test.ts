import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import fc from "fast-check";
import type { Segment, Term } from "../../electron/formats.ts";
import { applySuggestions, applyToSegment } from "../../electron/glossary/apply.ts";
import { glossaryBytes, mergeTerms, readGlossary } from "../../electron/glossary/glossary-file.ts";
import { learnFromEdit } from "../../electron/glossary/learn.ts";
import { contextOf, remainingOf, undoing } from "../../renderer/meeting/suggestions.ts";
import { temporaryFolder } from "./store-fixtures.ts";

const term = (text: string, more: Partial<Term> = {}): Term => ({ id: text, text, kind: "name", ...more });
const dir = temporaryFolder();
const fileWith = (content: string | Uint8Array): string => {
  const path = join(dir, `lista-${Math.random()}.json`);
  writeFileSync(path, content);
  return path;
};

describe("glossary files", () => {
  test("what is written is read again, with what we do not know", async () => {
    const terms = [
      { ...term("Sävsjö", { kind: "place", soundsLike: ["sävskö"], note: "orten" }), own: 1 },
      term("Ångermanland"),
    ];
    const { terms: read, title } = await readGlossary(fileWith(glossaryBytes(terms, "Norra")));
    assert.equal(title, "Norra");
    assert.deepEqual(read, terms);
  });

  test("a list written by hand needs no ids, and what is spelled the same is one", async () => {
    const list = {
      lyssna: "glossary/1",
      terms: [
        { text: " LVU ", kind: "abbreviation", soundsLike: ["el ve u"] },
        { text: "LVU", kind: "term", soundsLike: ["El ve u", "elveu"], note: "lagen" },
        { text: "lvu", kind: "term" },
      ],
    };
    const { terms } = await readGlossary(fileWith(JSON.stringify(list)));
    assert.deepEqual(terms, [
      { id: "t1", text: "LVU", kind: "abbreviation", soundsLike: ["el ve u", "elveu"], note: "lagen" },
      { id: "t3", text: "lvu", kind: "term" },
    ]);
  });

  test("a file that is no glossary is refused with the reason", async () => {
    const bad: readonly (readonly [string | Uint8Array, object])[] = [
      ["", { code: "file-empty" }],
      ["{", { code: "glossary-invalid", reason: "not-json" }],
      [new Uint8Array([0x7b, 0xff, 0x7d]), { code: "glossary-invalid", reason: "not-json" }],
      ["[]", { code: "glossary-invalid", reason: "not-a-glossary" }],
      ['{"lyssna":"template/1"}', { code: "glossary-invalid", reason: "not-a-glossary" }],
      ['{"lyssna":"glossary/1"}', { code: "glossary-invalid", reason: "field-wrong", field: "terms" }],
      [
        '{"lyssna":"glossary/1","terms":[{"text":"","kind":"name"}]}',
        { code: "glossary-invalid", reason: "field-wrong", field: "terms[0].text" },
      ],
      [
        '{"lyssna":"glossary/1","terms":[{"text":"a","kind":"ort"}]}',
        { code: "glossary-invalid", reason: "field-wrong", field: "terms[0].kind" },
      ],
      [" ".repeat(8 * 1024 * 1024 + 1), { code: "glossary-invalid", reason: "too-large" }],
    ];
    for (const [content, { code, ...details }] of bad as readonly (readonly [string, { code: string }])[]) {
      await assert.rejects(readGlossary(fileWith(content)), (error: { code: string; details: object }) => {
        assert.equal(error.code, code);
        for (const [name, value] of Object.entries(details)) {
          assert.equal((error.details as Record<string, unknown>)[name], value);
        }
        return true;
      });
    }
    await assert.rejects(readGlossary(join(dir, "saknas.json")), { code: "file-not-found" });
  });

  test("merging keeps what one has, takes what one lacks, and is the same the second time", () => {
    const own = [term("Anna", { id: "a", note: "min" }), term("Beda", { id: "b" })];
    const others = [
      term("Anna", { id: "b", note: "din", soundsLike: ["ana"] }),
      term("Cia", { id: "b" }),
      term("Beda", { id: "x" }),
    ];
    const { terms, added, changed } = mergeTerms(own, others);
    assert.deepEqual(
      terms.map(({ id, text, note, soundsLike }) => [id, text, note, soundsLike]),
      [
        ["a", "Anna", "min", ["ana"]],
        ["b", "Beda", undefined, undefined],
        ["b-2", "Cia", undefined, undefined],
      ],
    );
    assert.deepEqual([added.map(({ text }) => text), changed.map(({ text }) => text)], [["Cia"], ["Anna"]]);
    assert.deepEqual(mergeTerms(terms, others).changed, []);
    assert.deepEqual(mergeTerms(terms, others).terms, terms);
  });

  test("whatever is merged: ids and spellings are there once", () => {
    const any = fc.array(
      fc.record({
        id: fc.constantFrom("a", "b", "c"),
        text: fc.constantFrom("X", "Y", "Z"),
        kind: fc.constant("name" as const),
      }),
    );
    fc.assert(
      fc.property(any, any, (one, other) => {
        const own = mergeTerms([], one).terms;
        const { terms } = mergeTerms(own, other);
        assert.equal(new Set(terms.map(({ id }) => id)).size, terms.length);
        assert.equal(new Set(terms.map(({ text }) => text)).size, terms.length);
        assert.deepEqual(terms.slice(0, own.length), own);
      }),
    );
  });
});

describe("putting terms in", () => {
  const segment: Segment = {
    id: "s1",
    startMs: 0,
    endMs: 4000,
    text: "Vi åkte till säv sjö, sen nesta.",
    words: [
      { text: " Vi", startMs: 0, endMs: 200 },
      { text: " åkte", startMs: 200, endMs: 500 },
      { text: " till", startMs: 500, endMs: 700 },
      { text: " säv", startMs: 700, endMs: 1000, confidence: 0.6 },
      { text: " sjö,", startMs: 1000, endMs: 1500, confidence: 0.3 },
      { text: " sen", startMs: 1500, endMs: 2000 },
      { text: " nesta.", startMs: 2000, endMs: 2500, confidence: 0.5 },
    ],
  };
  const place = (heard: string, replacement: string) => {
    const start = segment.text.indexOf(heard);
    return { segmentId: "s1", start, end: start + heard.length, heard, replacement };
  };

  test("text and timed words change together, and what stood there is kept", () => {
    const changed = applyToSegment(segment, [place("nesta", "Gnesta"), place("säv sjö", "Sävsjö")]);
    assert.equal(changed.text, "Vi åkte till Sävsjö, sen Gnesta.");
    assert.equal(changed.original, segment.text);
    assert.deepEqual(changed.words?.slice(3), [
      { text: " Sävsjö,", startMs: 700, endMs: 1500, confidence: 0.3 },
      { text: " sen", startMs: 1500, endMs: 2000 },
      { text: " Gnesta.", startMs: 2000, endMs: 2500, confidence: 0.5 },
    ]);
    assert.equal(applyToSegment(changed, [{ ...place("Vi", "Ni") }]).original, segment.text);
  });

  test("words that no longer stand there, or meet another change, are left", () => {
    assert.equal(applyToSegment(segment, [{ ...place("nesta", "Gnesta"), start: 0, end: 5 }]), segment);
    const two = applyToSegment(segment, [place("säv sjö", "Sävsjö"), place("sjö", "Sjö")]);
    assert.equal(two.text, "Vi åkte till Sävsjö, sen nesta.");
    assert.deepEqual(applySuggestions([segment], [{ ...place("nesta", "Gnesta"), segmentId: "s2" }]), []);
  });

  const suggestion = (heard: string, replacement: string) => ({
    ...place(heard, replacement),
    termId: replacement,
    reason: "sound" as const,
    distance: 0,
    sure: false,
  });

  test("accepted in any order, the rest still stands in its place; taken back, all is as it was", () => {
    const all = [suggestion("åkte", "ekte"), suggestion("säv sjö", "Sävsjö"), suggestion("nesta", "Gnesta")];
    fc.assert(
      fc.property(fc.shuffledSubarray(all), (order) => {
        let now: Segment = segment;
        for (const [at, one] of order.entries()) {
          const [next] = remainingOf([one], order.slice(0, at), []);
          assert.ok(next);
          now = applyToSegment(now, [next]);
        }
        for (const left of remainingOf(all, order, [])) {
          assert.equal(now.text.slice(left.start, left.end), left.heard);
        }
        assert.equal(applyToSegment(now, undoing(order, order)).text, segment.text);
      }),
    );
  });

  test("a no takes the same words for the same term with it", () => {
    const [one, other] = [suggestion("nesta", "Gnesta"), { ...suggestion("nesta", "Gnesta"), segmentId: "s9" }];
    assert.deepEqual(remainingOf([one, other], [], [one]), []);
  });

  test("the sentence around is cut at words", () => {
    const text = `${"ord ".repeat(40)}nesta${" ord".repeat(40)}`;
    const start = text.indexOf("nesta");
    const { before, after } = contextOf(text, { ...suggestion("nesta", "Gnesta"), start, end: start + 5 });
    assert.match(before, /^…(?:ord )+$/u);
    assert.match(after, /^(?: ord)+…$/u);
  });
});

describe("learning from edits", () => {
  const terms = [
    term("Sävsjö", { kind: "place" }),
    term("LVU", { kind: "abbreviation" }),
    term("Gnesta", { soundsLike: ["nesta"] }),
  ];
  const learned = (before: string, after: string) =>
    learnFromEdit(before, after, terms, "sv").map(({ termId, text, heard }) => [termId, text, heard]);

  test("words that were replaced by a term that sounds alike", () => {
    assert.deepEqual(learned("Hon bor i sävsjå nu.", "Hon bor i Sävsjö nu."), [["Sävsjö", "Sävsjö", "sävsjå"]]);
    assert.deepEqual(learned("Det är sev sjös skola.", "Det är Sävsjös skola."), [["Sävsjö", "Sävsjö", "sev sjö"]]);
    assert.deepEqual(learned("Enligt elva du.", "Enligt LVU."), [["LVU", "LVU", "elva du"]]);
  });

  test("a name that is no term yet is offered as one", () => {
    assert.deepEqual(learned("Jag träffade anjeska.", "Jag träffade Agnieszka."), [[null, "Agnieszka", "anjeska"]]);
  });

  test("what is known, what sounds otherwise and what was only written anew teaches nothing", () => {
    assert.deepEqual(learned("Hon bor i nesta.", "Hon bor i Gnesta."), []);
    assert.deepEqual(learned("Hon bor i Lund.", "Hon bor i Sävsjö."), []);
    assert.deepEqual(learned("det är bra", "Det är dåligt."), []);
    assert.deepEqual(learned("Hon kommer.", "Hon kommer på fredag i Sävsjö."), []);
    assert.deepEqual(learned("", ""), []);
  });
});
