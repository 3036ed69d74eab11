import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import type { Segment, Term } from "../../electron/formats.ts";
import { shareOf, soundDistance } from "../../electron/glossary/distance.ts";
import { dictionaryOf } from "../../electron/glossary/ordinary-words.ts";
import { toCodes } from "../../electron/glossary/phones.ts";
import { soundsOf } from "../../electron/glossary/pronounce.ts";
import { suggestTerms } from "../../electron/glossary/suggest.ts";
import { loadExampleMeeting } from "../../electron/import/example-meeting.ts";
import { municipalTerms, said } from "../fixtures/glossary.ts";

const suggested = (text: string, terms = municipalTerms, language = "sv", more: Partial<Segment> = {}) => {
  const transcript = said([text], language);
  const segments = transcript.segments.map((segment) => ({ ...segment, ...more }));
  return suggestTerms({ ...transcript, segments }, terms).map(({ heard, replacement }) => `${heard} → ${replacement}`);
};
const term = (text: string, kind: Term["kind"] = "name", more: Partial<Term> = {}): Term => ({
  id: text,
  text,
  kind,
  ...more,
});

describe("how words sound", () => {
  test("different spellings of the same Swedish sounds", () => {
    for (const same of [
      ["sävsjö", "sävskö", "sävstjö", "sävschö"],
      ["ljungby", "jungby", "djungby", "hjungby"],
      ["kjellberg", "tjellberg"],
      ["lindqvist", "lindkvist", "linndkvist"],
      ["filip", "philip", "fillip"],
      ["station", "stasjon", "stasion"],
      ["götene", "jötene"],
      ["helsingborg", "helsingborj"],
      ["matilda", "mathilda"],
      ["växel", "väcksel", "wäksel"],
    ]) {
      assert.equal(new Set(same.map((word) => soundsOf(word, "sv"))).size, 1, same.join(" "));
    }
  });

  test("the same spelling where the sounds differ", () => {
    assert.notEqual(soundsOf("kö", "sv").charAt(0), soundsOf("ko", "sv").charAt(0));
    assert.notEqual(soundsOf("gärna", "sv").charAt(0), soundsOf("gata", "sv").charAt(0));
    assert.notEqual(soundsOf("skön", "sv").charAt(0), soundsOf("skola", "sv").charAt(0));
  });

  test("English has rules of its own", () => {
    for (const same of [
      ["night", "knight", "nite"],
      ["right", "wright", "write"],
      ["philips", "filips"],
    ]) {
      assert.equal(new Set(same.map((word) => soundsOf(word, "en"))).size, 1, same.join(" "));
    }
    assert.notEqual(soundsOf("chair", "en"), soundsOf("chair", "sv"));
  });

  test("the distance is nothing to itself, the same both ways, never negative, and true to its limit", () => {
    const sounds = fc
      .string({ unit: fc.constantFrom(..."aeiouyåäöpbtdkgfvsSCTmnNlrjh".split("")), maxLength: 12 })
      .map(toCodes);
    fc.assert(
      fc.property(sounds, sounds, (one, other) => {
        const there = soundDistance(one, other);
        assert.ok(Math.abs(there - soundDistance(other, one)) < 1e-9);
        assert.equal(soundDistance(one, one), 0);
        assert.ok(there >= 0 && shareOf(there, one, other) <= 1.1);
        assert.equal(soundDistance(one, other, there + 1e-9), there);
        if (there > 0.01) assert.equal(soundDistance(one, other, there - 0.01), Number.POSITIVE_INFINITY);
      }),
    );
  });

  test("what the ear confuses is nearer than what it does not", () => {
    const near = (one: string, other: string) => soundDistance(toCodes(one), toCodes(other));
    for (const [alike, unlike] of [
      [near("ta", "da"), near("ta", "ma")],
      [near("sa", "Sa"), near("sa", "ka")],
      [near("men", "män"), near("men", "mon")],
      [near("hanna", "anna"), near("kanna", "anna")],
      [near("bo", "bå"), near("bo", "bi")],
    ] as const) {
      assert.ok(alike < unlike);
    }
  });
});

describe("ordinary words", () => {
  test("words, bent words, names, compounds and what is none of it", () => {
    const swedish = dictionaryOf("sv");
    const classes = ["kommer", "skolorna", "vänd", "gnesta", "gisslaved", "sävskö"].map((word) =>
      swedish.classOf(word),
    );
    assert.deepEqual(classes, ["ordinary", "ordinary", "ordinary", "name", "compound", "unknown"]);
    const english = dictionaryOf("en-GB");
    assert.deepEqual(
      ["walked", "unhappy", "london", "sävskö"].map((word) => english.classOf(word)),
      ["ordinary", "ordinary", "name", "unknown"],
    );
  });
});

describe("suggestions", () => {
  test("Swedish mishearings find their term", () => {
    const table: Readonly<Record<string, string>> = {
      Sävsjö: "sävskö, sevsjö, säv sjö, sävschö",
      Örnsköldsvik: "hörnsköldsvik, örn sköldsvik, örnsjölsvik",
      Ljungby: "ljung by, jungby, junby",
      Gnesta: "nesta, gnästa, gnesda",
      Nässjö: "nässkö, näsjö",
      Växjö: "vecksjö",
      Kungälv: "kungelv",
      Tjörn: "chörn",
      Götene: "jötene",
      Gislaved: "gisslaved",
      Gnosjö: "nosjö",
      Vaggeryd: "vagge ryd",
      Nynäshamn: "nynes hamn",
      Tyresö: "tyresjö",
      Österåker: "östråker",
      orosanmälan: "orosamälan, oros anmälan, orås anmälan",
      förhandsbedömning: "förhands bedömning, förhandsbedömming",
      Barnahus: "barna hus, barnarhus",
      biståndshandläggare: "biståndshandlegare",
      boendestödjare: "boende stödjare, boendestödare",
      arbetsterapeut: "arbetsterapeft",
      åtgärdsprogram: "åtgärdprogram",
      naloxon: "nalåxån",
      Försäkringskassan: "försekringskassan, försäkrings kassan, försäkringkassan",
      LVU: "el ve u, elveu, lvu",
      SIP: "ess i pe, sip",
      BBIC: "bbic",
      IVO: "i ve o",
      IVPA: "i ve pe a, ivpa",
      RAKEL: "rackel",
      HVB: "hå ve be",
      Hjalmarsson: "jalmarsson",
      Lindqvist: "lindkvist",
      Ekelöf: "ekelöv",
      Abdirahman: "abdi rahman",
      Zeynep: "zejnep",
      Djurberg: "jurberg",
      Linnéa: "linea",
    };
    const missed = Object.entries(table).flatMap(([right, heard]) =>
      heard
        .split(", ")
        .filter((wrong) => suggested(`Vi pratade om ${wrong} igår.`).join() !== `${wrong} → ${right}`)
        .map((wrong) => `${wrong} → ${right}`),
    );
    assert.deepEqual(missed, []);
  });

  test("English mishearings find their term", () => {
    const terms = [term("Wrightson"), term("Gillingham", "place"), term("Thackeray"), term("CAMHS", "abbreviation")];
    for (const [heard, right] of [
      ["rightson", "Wrightson"],
      ["rightsun", "Wrightson"],
      ["gilling ham", "Gillingham"],
      ["thackery", "Thackeray"],
      ["camhs", "CAMHS"],
    ]) {
      assert.deepEqual(suggested(`We talked to ${heard} about it.`, terms, "en"), [`${heard} → ${right}`]);
    }
  });

  test("a clean meeting is left alone", async () => {
    const meeting = await loadExampleMeeting();
    const found = suggestTerms(meeting, municipalTerms).filter(({ reason }) => reason !== "capitals");
    assert.equal(municipalTerms.length, 200);
    assert.ok(meeting.segments.length > 50);
    assert.ok(found.length <= 2, JSON.stringify(found.map(({ heard, replacement }) => [heard, replacement])));
  });

  test("words of the language are not made into names, unless the recogniser doubted and they sound the same", () => {
    const terms = [term("Tjell"), term("Hjo", "place"), term("Källa"), term("Vidar")];
    for (const text of ["Jo, det är så.", "Det finns en källa.", "Vi kan väl ta det vidare."]) {
      assert.deepEqual(suggested(text, terms), []);
    }
    const homophone = [term("Mod", "place"), term("Vänd")];
    assert.deepEqual(suggested("Vi åkte till en vänd by.", homophone, "sv", { confidence: 0.95 }), []);
    const doubted = [term("Skjäl", "place")];
    assert.deepEqual(suggested("Han bor i skäl nu.", doubted, "sv", { confidence: 0.2 }), ["skäl → Skjäl"]);
    assert.deepEqual(suggested("Han bor i skäl nu.", doubted, "sv", { confidence: 0.9 }), []);
  });

  test("what is written as it should be is right, also when another term is near", () => {
    const near = [term("Sävsjö", "place"), term("Sävskö", "place")];
    assert.deepEqual(suggested("Från Sävsjö till Sävskö.", near), []);
    assert.deepEqual(suggested("Sävsjös skola och en orosanmälan, två orosanmälans, LVU:s paragraf."), []);
  });

  test("the ending that was said is kept", () => {
    assert.deepEqual(suggested("Det är sävskös skola."), ["sävskös → Sävsjös"]);
    assert.deepEqual(suggested("Det var elveuets gräns."), ["elveuets → LVU:ets"]);
    assert.deepEqual(suggested("Vi gick till biståndshandlegaren."), ["biståndshandlegaren → biståndshandläggaren"]);
    assert.deepEqual(suggested("På sip-mötet."), ["sip → SIP"]);
  });

  test("capitals: the term's own, and those of the beginning of a sentence", () => {
    assert.deepEqual(suggested("Hon bor i gnesta."), ["gnesta → Gnesta"]);
    assert.deepEqual(suggested("Orosamälan kom in."), ["Orosamälan → Orosanmälan"]);
    assert.deepEqual(suggested("Orosanmälan kom in. RAKEL och Barnahus."), []);
  });

  test("what was taught is sure, also where it is an ordinary word", () => {
    const terms = [term("Hjo", "place", { soundsLike: ["jo", "i ho"] })];
    const [found] = suggestTerms(said(["Vi åkte till i ho i går."]), terms);
    assert.deepEqual([found?.heard, found?.replacement, found?.reason, found?.sure], ["i ho", "Hjo", "taught", true]);
  });

  test("two terms that sound the same are a question, never sure", () => {
    const [found] = suggestTerms(said(["Karl sa det till bergqist."]), [term("Bergqvist"), term("Bergkvist")]);
    assert.equal(found?.sure, false);
  });

  test("addresses, passages without words and punctuation in between are left alone", () => {
    assert.deepEqual(suggested("Skriv till jungby@sävskö.example eller www.nesta.example."), []);
    assert.deepEqual(suggested("Det var säv. Sjö och land."), []);
    assert.deepEqual(suggested("sävskö", municipalTerms, "sv", { state: "struck" }), []);
    assert.deepEqual(suggestTerms(said([]), municipalTerms), []);
    assert.deepEqual(suggestTerms(said(["sävskö"]), []), []);
  });

  test("a no holds for the same words and the same term, in any capitals", () => {
    const transcript = said(["I sävskö.", "Sävskö igen, och nesta."]);
    const [first] = suggestTerms(transcript, municipalTerms);
    assert.ok(first);
    const rejected = [{ termId: first.termId, heard: "SÄVSKÖ" }];
    const left = suggestTerms(transcript, municipalTerms, rejected).map(({ heard }) => heard);
    assert.deepEqual(left, ["nesta"]);
  });

  test("whatever is said: places are right, in order, and do not meet", () => {
    const word = fc.constantFrom(..."sävskö nesta jungby el ve u i på och Sävsjö LVU:s - , . ä 👋 e\u0301".split(" "));
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.string({ maxLength: 8 })), { maxLength: 20 }), (words) => {
        const text = words.join(" ");
        let end = 0;
        for (const suggestion of suggestTerms(said([text]), municipalTerms)) {
          assert.ok(suggestion.start >= end && suggestion.end > suggestion.start);
          assert.equal(text.slice(suggestion.start, suggestion.end), suggestion.heard);
          assert.notEqual(suggestion.heard, suggestion.replacement);
          ({ end } = suggestion);
        }
      }),
      { numRuns: 60 },
    );
  });

  test("twenty thousand words and two thousand terms take well under a second", () => {
    const parts = "ka lin mar berg holm vik by köping ås dal hult ryd stad torp sjö tjärn".split(" ");
    const many = Array.from({ length: 1800 }, (_, at) => {
      const text = [at % 16, (at >> 4) % 16, (at >> 8) % 16].map((part) => parts[part] ?? "").join("");
      return { ...term(text.charAt(0).toUpperCase() + text.slice(1), "place"), id: `x${at}` };
    });
    const sentences = Array.from(
      { length: 2000 },
      (_, at) => `Då pratade vi om ${at} kronor till den ${at % 7} boende, och sedan åkte hon hem igen.`,
    );
    const transcript = said(sentences.map((text, at) => text.replace("hon", `hon nummer${"abcdefghij"[at % 10]}`)));
    dictionaryOf("sv");
    dictionaryOf("en");
    const before = performance.now();
    suggestTerms(transcript, [...municipalTerms, ...many]);
    assert.ok(performance.now() - before < 2000);
  });
});
