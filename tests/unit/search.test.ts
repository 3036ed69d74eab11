import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { boundPassage } from "../../electron/store/search.ts";
import { matchEnd, matchStart } from "../../electron/store/plain-text.ts";
import { toFullTextQuery } from "../../electron/store/search-query.ts";
import { meeting, summary, temporaryStore, transcript } from "./store-fixtures.ts";

/** The passage as a person sees it, with what matched in brackets. */
const seen = (passage: string): string => passage.replaceAll(matchStart, "[").replaceAll(matchEnd, "]");

describe("search", () => {
  test("finds Swedish words in any case, whole or by their beginning", async (t) => {
    const { store } = await temporaryStore(t);
    const { id } = await store.createMeeting(meeting({ title: "Hembesök" }));
    await store.saveTranscript(id, transcript(["Nästa åtgärd gäller Öberg.", "Hon har två får och en ÉLÈVE."]));
    for (const [query, passage] of [
      ["åtgärd", "Nästa [åtgärd] gäller Öberg."],
      ["ÅTGÄRD", "Nästa [åtgärd] gäller Öberg."],
      ["åtgä", "Nästa [åtgärd] gäller Öberg."],
      ["öberg", "Nästa åtgärd gäller [Öberg]."],
      ["ÖBERG nästa", "[Nästa] åtgärd gäller [Öberg]."],
      ["gäller ö", "Nästa åtgärd [gäller] [Öberg]."],
      ['"åtgärd gäller"', "Nästa [åtgärd gäller] Öberg."],
      ["”två får”", "Hon har [två får] och en ÉLÈVE."],
      ["élève", "Hon har två får och en [ÉLÈVE]."],
      // The same letters as base and combining mark.
      ["åtgärd".normalize("NFD"), "Nästa [åtgärd] gäller Öberg."],
    ] as const) {
      const hits = await store.search(query, 10);
      assert.deepEqual(
        hits.map((hit) => seen(hit.passage)),
        [passage],
        query,
      );
      assert.equal(hits[0]?.meetingId, id);
      assert.equal(hits[0]?.title, "Hembesök");
    }
  });

  test("does not take one letter for another, nor part of a word in quotes for the whole", async (t) => {
    const { store } = await temporaryStore(t);
    const { id } = await store.createMeeting(meeting());
    await store.saveTranscript(id, transcript(["Han såg ett får i hagen.", "Min far kommer."]));
    assert.deepEqual(
      (await store.search("far", 10)).map(({ segmentId }) => segmentId),
      ["s2"],
    );
    assert.deepEqual(
      (await store.search("får", 10)).map(({ segmentId }) => segmentId),
      ["s1"],
    );
    for (const nothing of ["sag", "atgard", '"hag"', "ha gen", '"far i"', "äg"]) {
      assert.deepEqual(await store.search(nothing, 10), [], nothing);
    }
  });

  test("text saved in decomposed form is found too", async (t) => {
    const { store } = await temporaryStore(t);
    const { id } = await store.createMeeting(meeting());
    await store.saveTranscript(id, transcript(["En åtgärd.".normalize("NFD")]));
    assert.equal((await store.search("åtgärd", 10)).length, 1);
    assert.equal((await store.listSegments(id))[0]?.text, "En åtgärd.".normalize("NFD"), "kept as it was saved");
  });

  test("the newest meeting comes first and its passages in order; also after its date was changed", async (t) => {
    const { store } = await temporaryStore(t);
    const newer = await store.createMeeting(meeting({ title: "ny", recordedAt: "2026-03-11T10:00:00" }));
    const older = await store.createMeeting(meeting({ title: "gammal", recordedAt: "2025-03-11T10:00:00" }));
    for (const { id } of [newer, older]) {
      await store.saveTranscript(id, transcript(["boende ett", "boende två"]));
      await store.addSummary(id, summary(["boende sammanfattat"]));
    }
    const order = async () =>
      (await store.search("boende", 10)).map((hit) => `${hit.title} ${hit.in} ${hit.segmentId}`);
    const of = (title: string) => [`${title} transcript s1`, `${title} transcript s2`, `${title} summary s1`];
    assert.deepEqual(await order(), [...of("ny"), ...of("gammal")]);
    assert.equal((await store.search("boende", 2)).length, 2);
    await store.updateMeeting(older.id, { recordedAt: "2026-05-01T10:00:00" });
    assert.deepEqual(await order(), [...of("gammal"), ...of("ny")]);
  });

  test("only the latest summary is found", async (t) => {
    const { store } = await temporaryStore(t);
    const { id } = await store.createMeeting(meeting());
    await store.addSummary(id, summary(["fritids", "skolskjuts"]));
    await store.addSummary(id, summary(["hemtjänst"]));
    assert.deepEqual(await store.search("skolskjuts", 10), []);
    assert.deepEqual(
      (await store.search("hemtjänst", 10)).map((hit) => hit.in),
      ["summary"],
    );
  });

  test("nothing a person types is an error or query syntax", async (t) => {
    const { store } = await temporaryStore(t);
    const { id } = await store.createMeeting(meeting());
    await store.saveTranscript(id, transcript(["text OR annan NEAR det", "kolumnen heter text"]));
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string({ unit: "binary" }), syntax()), async (query) => {
        const hits = await store.search(query, 5);
        assert.ok(hits.length <= 5);
      }),
      { numRuns: 300 },
    );
    assert.equal((await store.search("text: heter", 10)).length, 1);
    assert.deepEqual(await store.search("annan NOT det", 10), []);
    for (const nothing of ["", "   ", '"', "*", "-- ()", "\u0301"])
      assert.deepEqual(await store.search(nothing, 10), []);
  });

  test("every word of a saved segment is found, and lit up", async (t) => {
    const { store } = await temporaryStore(t);
    const { id } = await store.createMeeting(meeting());
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(word(), { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 5 }),
        async (texts) => {
          await store.saveTranscript(id, transcript(texts.map((words) => words.join(" "))));
          for (const [index, words] of texts.entries()) {
            for (const sought of words) {
              const hits = await store.search(sought, 100);
              const hit = hits.find(({ segmentId }) => segmentId === `s${index + 1}`);
              assert.ok(hit, `“${sought}” in “${words.join(" ")}”`);
              assert.ok(hit.passage.includes(matchStart) && hit.passage.includes(matchEnd));
            }
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  test("words that stand apart are found in the meetings that hold all of them, also by a beginning", async (t) => {
    const { store } = await temporaryStore(t);
    const made = async (title: string, texts: readonly string[]) => {
      const { id } = await store.createMeeting(meeting({ title }));
      await store.saveTranscript(id, transcript(texts));
      return id;
    };
    const both = await made("Ett", ["Mormor hämtar på fredag.", "Skolsköterskan ringer.", "Mer om skolskjutsen."]);
    await made("Två", ["Skolsköterskan ringer igen."]);
    await made("Tre", ["Mormor är sjuk.", "Sko lagas."]);
    const found = async (query: string, limit = 10) =>
      (await store.search(query, limit)).map(({ meetingId, passage }) => [meetingId, seen(passage)]);
    assert.deepEqual(await found("mormor skols"), [
      [both, "[Mormor] hämtar på fredag."],
      [both, "[Skolsköterskan] ringer."],
      [both, "Mer om [skolskjutsen]."],
    ]);
    assert.deepEqual(await found("mormor skolskju"), [
      [both, "[Mormor] hämtar på fredag."],
      [both, "Mer om [skolskjutsen]."],
    ]);
    assert.deepEqual(await found("mormor skolbuss"), []);
    assert.equal((await found("mormor skols", 1)).length, 1);
  });

  test("a passage is short, and its marks come in pairs", async (t) => {
    const { store } = await temporaryStore(t);
    const { id } = await store.createMeeting(meeting());
    const long = `${"ord ".repeat(3000)}nålen ${"ord ".repeat(3000)}`;
    await store.saveTranscript(
      id,
      transcript([long, "å".repeat(20_000), `märke ${matchStart}redan${matchEnd} i texten`]),
    );
    assert.match(seen((await store.search("nålen", 1))[0]?.passage ?? ""), /^…(?:ord )+\[nålen\](?: ord)+…$/u);
    const [unbroken] = await store.search("åå", 1);
    assert.ok((unbroken?.passage.length ?? 0) <= 620);
    assert.equal(seen((await store.search("märke", 1))[0]?.passage ?? ""), "[märke]  redan  i texten");
    assert.equal(seen(boundPassage(`${"x".repeat(700)}${matchStart}ja${matchEnd}`)).endsWith("[ja]"), true);
  });

  test("a query is at most sixteen parts, each a quoted string", () => {
    assert.equal(toFullTextQuery('en "två tre" fyr'), '"en" AND "två tre" AND "fyr"*');
    assert.equal(toFullTextQuery("a ".repeat(50))?.split(" AND ").length, 16);
    assert.equal(toFullTextQuery("?! …"), null);
  });
});

const letters = Array.from("abcdefghijklmnopqrstuvwxyzåäöÅÄÖéüñçßøæłžшжяأبتثሀለሐ漢字0123456789");
const word = () =>
  fc.array(fc.constantFrom(...letters), { minLength: 1, maxLength: 10 }).map((parts) => parts.join(""));
const syntax = () =>
  fc
    .array(
      fc.constantFrom(
        "AND",
        "OR",
        "NOT",
        "NEAR(",
        ")",
        "(",
        '"',
        "”",
        "*",
        "^",
        "text:",
        "{",
        "}",
        "-",
        "+",
        "a",
        "å",
        "'",
        ";",
        "\0",
      ),
    )
    .map((parts) => parts.join(" "));
