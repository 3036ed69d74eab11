// What tells who somebody is goes, what is ordinary stays, and the key brings back every sign.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { Transcript } from "../../electron/formats.ts";
import { passesIban, passesIdentity, passesLuhn, passesNhs } from "../../electron/masking/check-digits.ts";
import { findAll, noRules } from "../../electron/masking/find-all.ts";
import type { Passage } from "../../electron/masking/kinds.ts";
import { maskPassages, restorePassages } from "../../electron/masking/mask.ts";
import { maskTranscript, restoreTranscript } from "../../electron/masking/mask-transcript.ts";
import { readMaskGold, scoreMasking } from "../bench/masking/mask-gold.ts";

const lines = (...texts: readonly string[]): Passage[] => texts.map((text, at) => ({ id: `s${String(at)}`, text }));

/** What is found, as "kind:text". */
function found(texts: readonly string[], language = "sv", rules = noRules): string[] {
  const passages = lines(...texts);
  return findAll(passages, language, rules).map(({ passage, start, end, kind }) => {
    const text = passages.find(({ id }) => id === passage)?.text ?? "";
    return `${kind}:${text.slice(start, end)}`;
  });
}

const examples: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ["a personnummer", ["Numret är 910417-9826."], ["identity:910417-9826"]],
  ["a century with it", ["Det är 19910417-9826."], ["identity:19910417-9826"]],
  ["a samordningsnummer", ["Hon har 910477-9821 från Skatteverket."], ["identity:910477-9821"]],
  [
    "a personnummer said in pairs",
    ["Personnumret är sjuttioåtta noll tre tolv, nittioåtta tjugosex."],
    ["identity:sjuttioåtta noll tre tolv, nittioåtta tjugosex"],
  ],
  [
    "the last four alone",
    ["Vad är personnumret?", "De fyra sista är tjugotre sextiosju."],
    ["identity:tjugotre sextiosju"],
  ],
  ["nothing in a number before a date that a bracket cut", ["Vi väntade 20 (2026-03-20"], []],
  ["nothing in a date after a number", ["Det var 20 (2026-03-20) som kom."], []],
  ["nothing in a date before a number", ["Beslutet (2026-03-20) 20 dagar senare."], []],
  ["nothing in a date before a number in brackets", ["Mötet 2026-03-20 (20 minuter)."], []],
  ["a date of birth, not what a bracket opens after it", ["Hon är född 1980-03-20 (20 år."], ["birth:1980-03-20"]],
  [
    "a telephone number, not the date in brackets after it",
    ["Ring 070-174 06 22 (2026-03-20"],
    ["phone:070-174 06 22"],
  ],
  ["one whose area code stands in brackets", ["Ring (08) 12 34 56."], ["phone:(08) 12 34 56"]],
  ["one with its national nought in brackets", ["Det är +46 (0)70 174 06 22."], ["phone:+46 (0)70 174 06 22"]],
  ["a personnummer with its end in brackets", ["Personnumret är 910417 (9826) då."], ["identity:910417 (9826)"]],
  ["a telephone number", ["Ring 070-174 06 22."], ["phone:070-174 06 22"]],
  ["one from abroad", ["Hon har +358 40 123 4567 nu."], ["phone:+358 40 123 4567"]],
  [
    "one that was said",
    ["Det är noll sju noll ett sju fyra noll sex tjugotvå."],
    ["phone:noll sju noll ett sju fyra noll sex tjugotvå"],
  ],
  ["an e-mail address", ["Skriv till eva.x@kommun.example."], ["email:eva.x@kommun.example"]],
  [
    "one that was said",
    ["Det är kim punkt alm snabel-a posten punkt se."],
    ["email:kim punkt alm snabel-a posten punkt se"],
  ],
  ["an address", ["Adressen är Norra Ringvägen 4 B i dag."], ["address:Norra Ringvägen 4 B"]],
  ["a plate", ["En vit skåpbil, MLB 47G, stod där."], ["plate:MLB 47G"]],
  ["a spelled plate", ["Den hette M L B fyra sju G."], ["plate:M L B fyra sju G"]],
  ["a case", ["Målet är T 4471-25 i tingsrätten."], ["matter:T 4471-25"]],
  ["a date of birth", ["Hon är född femtonde mars tvåtusennitton."], ["birth:femtonde mars tvåtusennitton"]],
  ["one that was asked for", ["När är han född?", "Den 2 maj 1941."], ["birth:2 maj 1941"]],
  ["a name and its genitive", ["Leila är sju.", "Det är Leilas bok."], ["person:Leila", "person:Leila"]],
  ["a name that nobody listed", ["Jag hyr av Kvistrundt i andra hand."], ["person:Kvistrundt"]],
  ["a name that is a word", ["I dag kom Björn.", "Björn ringer i morgon."], ["person:Björn", "person:Björn"]],
  ["a school", ["Han går på Granbackaskolan."], ["organisation:Granbackaskolan"]],
  ["a preschool", ["Hon går på Solgläntans förskola."], ["organisation:Solgläntans förskola"]],
  [
    "names without capitals",
    ["ja jag heter annika ståhlberg och du är samira haddvall", "tack leila"],
    ["person:annika ståhlberg", "person:samira haddvall", "person:leila"],
  ],
  [
    "an address without capitals",
    ["ja du bor på lingonvägen 14 b i norrhult"],
    ["address:lingonvägen 14 b", "place:norrhult"],
  ],
];

const ordinary: readonly (readonly [string, readonly string[]])[] = [
  ["amounts", ["Jag betalar sextusen åttahundra i månaden.", "Det är 1 250 000 kronor i skuld."]],
  ["times and dates", ["Vi ses den femtonde mars klockan noll två trettiosex.", "Mötet är 2026-03-10, 09.30-10.15."]],
  ["years", ["Det var mellan 2019 och 2024, nitton nittioett föddes huset."]],
  ["counting", ["Ett, två, tre, fyra, fem, sex, sju, åtta, nio."]],
  [
    "words that are also names",
    ["Dag för dag går det bättre.", "Björnbär är gott.", "Bo kvar där vill jag.", "Rita gärna."],
  ],
  ["authorities and medicines", ["Jag ringde Försäkringskassan.", "Hon tar Naltrexon och har BankID."]],
  ["streets in general", ["Bilen stod på brandgatan.", "Röken syntes inte från gatan."]],
  [
    "words without capitals",
    ["hans mamma ville rita en sten", "per dag tar det max tio minuter", "dag för dag och stig ut"],
  ],
];

describe("masking", () => {
  for (const [name, texts, expected] of examples) it(`finds ${name}`, () => assert.deepEqual(found(texts), expected));
  for (const [name, texts] of ordinary) it(`leaves ${name}`, () => assert.deepEqual(found(texts), []));

  it("knows British and American forms", () => {
    assert.deepEqual(found(["Her NHS number is 943 476 5919, she lives at 17 Larkfield Road, BS6 5QT."], "en"), [
      "identity:943 476 5919",
      "address:17 Larkfield Road",
      "address:BS6 5QT",
    ]);
    assert.deepEqual(found(["Call (555) 010-4477 and ask for Siobhan."], "en"), [
      "phone:(555) 010-4477",
      "person:Siobhan",
    ]);
  });

  it("gives one person one number, and two who share a surname two", () => {
    const passages = lines("Det är Anna Lind.", "Anna kommer.", "Lind kommer.", "Erik Berg och Siv Berg, Erik först.");
    const { passages: masked } = maskPassages(passages, findAll(passages, "sv"), "sv");
    assert.deepEqual(
      masked.map(({ text }) => text),
      [
        "Det är [PERSON_1].",
        "[PERSON_1] kommer.",
        "[PERSON_1] kommer.",
        "[PERSON_2] och [PERSON_3], [PERSON_2] först.",
      ],
    );
  });

  it("masks a learned name where a recogniser lost its capital or its last letter", () => {
    assert.deepEqual(found(["ja jag heter pontus lind eller hur", "rapporten skriver du pontu och du blir klar"]), [
      "person:pontus lind",
      "person:pontu",
    ]);
  });

  it("heeds what a person says of words and of places", () => {
    const texts = ["Kompisen kallas Blixten av alla.", "Anna och Leila kom."];
    const rules = {
      always: [{ text: "kompisen", kind: "person" as const }],
      never: ["Leila"],
      places: [{ passage: "s1", start: 0, end: 4, kind: "person" as const, isMasked: false }],
    };
    assert.deepEqual(found(texts, "sv", rules), ["person:Kompisen", "person:Blixten"]);
  });

  it("checks digits", () => {
    assert.ok(passesIdentity("9104179826") && !passesIdentity("9104179827"));
    assert.ok(passesLuhn("4111111111111111") && !passesLuhn("4111111111111112"));
    assert.ok(passesIban("SE45 5000 0000 0583 9825 7466") && !passesIban("SE45 5000 0000 0583 9825 7467"));
    assert.ok(passesNhs("9434765919") && !passesNhs("9434765918"));
  });
});

describe("the key", () => {
  const transcript: Transcript = {
    lyssna: "transcript/1",
    title: "Samtal med Samira Haddvall",
    language: "sv",
    durationMs: 9000,
    speakers: [
      { id: "A", name: "Annika Ståhlberg", role: "socialsekreterare" },
      { id: "B", name: "Klient", role: "klient" },
    ],
    segments: [
      { id: "s1", startMs: 0, endMs: 1, speaker: "A", text: "Hej Samira, jag heter Annika." },
      {
        id: "s2",
        startMs: 1,
        endMs: 2,
        speaker: "B",
        text: "Samiras nummer är 070-174 06 22. [PERSON_1] skrev någon.",
      },
    ],
  };

  it("brings a transcript back, also what looked like a placeholder before", () => {
    const { transcript: masked, key } = maskTranscript(transcript);
    assert.doesNotMatch(JSON.stringify(masked), /Samira|Annika|174/u);
    assert.equal(masked.speakers[1]?.name, "Klient");
    assert.deepEqual(restoreTranscript(masked, key), transcript);
  });

  it("leaves out timed words and what was heard at first", () => {
    const [first, ...rest] = transcript.segments;
    const told = {
      ...first,
      original: "hej samira",
      words: [{ text: "Hej", startMs: 0, endMs: 1 }],
    } as Transcript["segments"][0];
    const { transcript: masked } = maskTranscript({ ...transcript, segments: [told, ...rest] });
    assert.deepEqual(Object.keys(masked.segments[0] ?? {}).toSorted(), ["endMs", "id", "speaker", "startMs", "text"]);
  });

  it("restores any text", () => {
    const piece = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.constantFrom(
        "Anna",
        "annas",
        "Lind",
        "[PERSON_1]",
        "[PLATS_2]",
        "070-174 06 22",
        "910417-9826",
        "i Lund",
        "född 2 maj 1941",
        "a@b.se",
        "snabel-a",
        "punkt",
        "noll sju",
        ". ",
        "İ",
        "ﬁ",
        "Storgatan 1",
      ),
    );
    fc.assert(
      fc.property(
        fc.array(fc.array(piece, { maxLength: 12 }), { maxLength: 5 }),
        fc.constantFrom("sv", "en"),
        (words, language) => {
          const passages = lines(...words.map((own) => own.join(" ")));
          const { passages: masked, key } = maskPassages(passages, findAll(passages, language), language);
          assert.deepEqual(restorePassages(masked, key), passages);
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe("our own meetings with what must go", () => {
  const folder = new URL("../fixtures/masking/", import.meta.url);
  const meetings = readdirSync(folder).map((name) => readMaskGold(readFileSync(new URL(name, folder), "utf8"), name));
  for (const meeting of meetings)
    it(meeting.name, () => {
      const score = scoreMasking(meeting);
      assert.deepEqual(score.leaks, []);
      assert.ok(score.overShare <= 0.003, `over: ${score.over.join(", ")}`);
    });
});
