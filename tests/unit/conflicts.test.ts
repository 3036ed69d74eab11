// Statements that cannot both hold are set side by side; what may both hold, or was settled in the talk, is left alone.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Conflict, Transcript } from "../../electron/formats.ts";
import { findConflicts } from "../../electron/summary/conflicts/find-conflicts.ts";
import { lexiconFor } from "../../electron/summary/lexicon.ts";
import { splitTranscripts } from "../../electron/summary/sentences/split.ts";
import { understand } from "../../electron/summary/understand/understand.ts";
import { talk } from "./talks.ts";

function conflictsIn(...transcripts: readonly Transcript[]): Conflict[] {
  const lexicon = lexiconFor(transcripts[0]?.language ?? "sv");
  const split = splitTranscripts(transcripts, lexicon);
  return findConflicts(split, understand(split, lexicon), lexicon);
}

/** Talk around the lines, so that they do not follow on each other. */
const between = [
  "Klient: Jag har varit i skogen mycket.",
  "Handläggare: Det låter skönt.",
  "Klient: Det var fint väder.",
];

describe("inside a meeting they are found", () => {
  const pairs: readonly (readonly [string, string, string])[] = [
    ["a sum", "Klient: Hyran är 6 800 kronor.", "Handläggare: Hyran är 7 200 kronor."],
    [
      "a sum, mine and yours",
      "Klient: Min hyra är 6 800 kronor i månaden.",
      "Handläggare: Din hyra ligger på 7 250 kronor.",
    ],
    [
      "a sum in words",
      "Klient: Ja alltså hyran är sextusen åttahundra kronor.",
      "Handläggare: Mm hyran ligger på sjutusen tvåhundra.",
    ],
    ["the rent and my rent", "Klient: Min hyra är 6 800 kronor.", "Handläggare: Hyran är 7 200 kronor."],
    ["a number of children", "Klient: Jag har tre barn.", "Handläggare: Du har två barn."],
    ["a day that was", "Klient: Inflyttningen var den 3 februari.", "Handläggare: Inflyttningen var den 10 februari."],
    ["a weekday", "Klient: Operationen är på tisdag.", "Handläggare: Operationen är på torsdag."],
    ["a time of day", "Klient: Larmet kom klockan 02.14.", "Handläggare: Larmet kom klockan 02.40."],
    ["a town", "Klient: Jag bor i Sävsjö.", "Handläggare: Du bor i Vetlanda."],
    ["a street", "Klient: Pappa bor på Storgatan.", "Handläggare: Pappa bor på Kungsgatan."],
    ["not, against so", "Klient: Läkarintyget är skickat.", "Handläggare: Läkarintyget är inte skickat."],
    ["who did it", "Klient: Det var Anna som ringde polisen.", "Handläggare: Det var Bosse som ringde polisen."],
    ["who answers for it", "Klient: Mamma ansvarar för läxorna.", "Handläggare: Pappa ansvarar för läxorna."],
  ];
  for (const [name, one, other] of pairs)
    test(name, () => {
      const found = conflictsIn(talk(["Handläggare: Välkommen hit.", one, ...between, other, ...between]));
      assert.equal(found.length, 1, JSON.stringify(found));
      assert.deepEqual(
        found[0]?.statements.map(({ segments }) => segments),
        [["s2"], ["s6"]],
      );
      assert.deepEqual(
        found[0]?.statements.map(({ who }) => who),
        ["Klienten", "Handläggaren"],
      );
    });
});

describe("inside a meeting they are left alone", () => {
  const pairs: readonly (readonly [string, ...string[]])[] = [
    ["the same value", "Klient: Hyran är 6 800 kronor.", "Handläggare: Hyran är 6 800 kronor."],
    ["the same in words", "Klient: Hyran är sextusen åttahundra.", "Handläggare: Hyran är 6 800 kronor."],
    ["a round figure", "Klient: Hyran är 6 800 kronor.", "Handläggare: Hyran är 7 000 kronor."],
    ["about so much", "Klient: Hyran är 6 800 kronor.", "Handläggare: Hyran är ungefär 7 200 kronor."],
    ["another thing", "Klient: Hyran är 6 800 kronor.", "Handläggare: Hyran för garaget är 400 kronor."],
    ["another owner", "Klient: Min hyra är 6 800 kronor.", "Handläggare: Min hyra är 7 200 kronor."],
    ["before and now", "Klient: Hyran är 6 800 kronor.", "Handläggare: Hyran var 6 200 kronor."],
    ["the old one", "Klient: Hyran är 6 800 kronor.", "Handläggare: Förra hyran är 6 200 kronor."],
    [
      "a year and a month",
      "Klient: Avgiften är 200 kronor i månaden.",
      "Handläggare: Avgiften är 2 400 kronor om året.",
    ],
    ["a question", "Klient: Hyran är 6 800 kronor.", "Handläggare: Hyran är 7 200 kronor?"],
    ["if", "Klient: Hyran är 6 800 kronor.", "Handläggare: Om hyran är 7 200 kronor får du avslag."],
    ["what one believes", "Klient: Hyran är 6 800 kronor.", "Handläggare: Jag tror att hyran är 7 200 kronor."],
    ["two payments", "Klient: Jag betalade 500 kronor.", "Handläggare: Du betalade 700 kronor."],
    ["two somebodies", "Klient: Han är sju år.", "Handläggare: Hon är nio år."],
    ["one speaker", "Klient: Hyran är 6 800 kronor.", "Klient: Hyran är 7 200 kronor."],
    ["two children", "Klient: Elsa är sju år.", "Handläggare: Maja är nio år."],
    [
      "accepted",
      "Klient: Hyran är 6 800 kronor.",
      "Handläggare: Hyran är 7 200 kronor.",
      "Klient: Ja just det, så är det.",
    ],
    [
      "taken over later",
      "Klient: Hyran är 6 800 kronor.",
      "Handläggare: Hyran är 7 200 kronor.",
      "Klient: Det var kallt i går.",
      "Klient: Hyran är 7 200 kronor.",
    ],
    [
      "days that come back",
      "Klient: Boendestödet kommer på tisdagar.",
      "Handläggare: Boendestödet kommer på torsdagar.",
    ],
    ["a time that is offered", "Klient: Mötet kan vara på tisdag.", "Handläggare: Mötet kan vara på torsdag."],
    ["two talks", "Klient: Polisen ringde klockan 14.", "Handläggare: Polisen ringde klockan 16."],
    ["two o'clock", "Klient: Larmet kom klockan 2.", "Handläggare: Larmet kom klockan 14."],
    ["a town and a village", "Klient: Jag bor i Rosengård.", "Handläggare: Du bor i Malmö."],
    ["a house and a town", "Klient: Jag bor i lägenhet.", "Handläggare: Du bor i Vetlanda."],
    ["a feeling", "Klient: Skolan är trygg.", "Handläggare: Skolan är inte trygg."],
    ["another day", "Klient: Läkarintyget är skickat i dag.", "Handläggare: Läkarintyget är inte skickat i går."],
    ["mine and yours", "Klient: Jag är inte godkänd på kursen.", "Handläggare: Jag är godkänd på kursen."],
    ["both may ring", "Klient: Anna ringde polisen.", "Handläggare: Bosse ringde polisen."],
    ["a name and a word", "Klient: Det var mamma som ringde polisen.", "Handläggare: Det var Lena som ringde polisen."],
    [
      "a word that is taken back",
      "Klient: Hyran är 6 800 kronor. Nej, fel av mig.",
      "Handläggare: Hyran är 7 200 kronor.",
    ],
  ];
  for (const [name, ...lines] of pairs)
    test(name, () => {
      const found = conflictsIn(talk(["Handläggare: Välkommen hit.", ...lines, "Handläggare: Då går vi vidare nu."]));
      assert.deepEqual(found, []);
    });
});

describe("between meetings", () => {
  const march = (lines: readonly string[]): Transcript => talk(lines, { recordedAt: "2026-03-12T09:00:00" });
  const april = (lines: readonly string[]): Transcript => talk(lines, { recordedAt: "2026-04-09T09:00:00" });
  const found: readonly (readonly [string, string, string])[] = [
    ["a rent", "Klient: Hyran är 6 800 kronor.", "Klient: Hyran är 7 200 kronor."],
    ["children", "Klient: Jag har tre barn.", "Klient: Jag har två barn."],
    ["a day that was", "Klient: Olyckan hände den 3 februari.", "Klient: Olyckan hände den 10 februari."],
    ["a time of day that was", "Klient: Larmet kom klockan 02.14.", "Klient: Larmet kom klockan 02.40."],
    ["not, against so, in the past", "Klient: Polisen var på plats.", "Klient: Polisen var inte på plats."],
    ["who did it", "Klient: Det var Anna som ringde polisen.", "Klient: Det var Bosse som ringde polisen."],
    ["a town", "Klient: Jag bor i Sävsjö.", "Klient: Jag bor i Vetlanda."],
  ];
  for (const [name, one, other] of found)
    test(`${name} is found`, () => {
      const conflicts = conflictsIn(march([one]), april([other]));
      assert.deepEqual(
        conflicts.map(({ statements }) => statements.map(({ segments }) => segments[0])),
        [["m1:s1", "m2:s1"]],
      );
    });
  const alone: readonly (readonly [string, string, string])[] = [
    ["what was done since", "Klient: Läkarintyget är inte skickat.", "Klient: Läkarintyget är skickat."],
    ["hours of sleep", "Klient: Jag sover fyra timmar.", "Klient: Jag sover sex timmar."],
    ["presence at school", "Klient: Närvaron är 40 procent.", "Klient: Närvaron är 70 procent."],
    ["a debt", "Klient: Skulden är 14 000 kronor.", "Klient: Skulden är 12 500 kronor."],
    ["the next meeting", "Klient: Mötet är på tisdag.", "Klient: Mötet är på torsdag."],
    ["when a meeting began", "Klient: Mötet började klockan 9.", "Klient: Mötet började klockan 10."],
    ["work that was sought", "Klient: Jag sökte tre jobb.", "Klient: Jag sökte fem jobb."],
    ["a birthday", "Klient: Elsa är sju år.", "Klient: Elsa är åtta år."],
    ["who answers for it", "Klient: Mamma ansvarar för läxorna.", "Klient: Pappa ansvarar för läxorna."],
    ["a move", "Klient: Jag bor i Sävsjö.", "Klient: Jag bor i Vetlanda nu."],
    ["two nameless speakers", "Talare 1: Jag har tre barn.", "Talare 1: Jag har två barn."],
  ];
  for (const [name, one, other] of alone)
    test(`${name} is left alone`, () => assert.deepEqual(conflictsIn(march([one]), april([other])), []));
  test("a bare number is about what was asked", () => {
    const asked = "Handläggare: Hur hög är hyran?";
    assert.deepEqual(
      conflictsIn(march([asked, "Klient: 6 800 kronor."]), april([asked, "Klient: Sjutusen tvåhundra."])),
      [
        {
          about: "Hyran",
          statements: [
            { text: "Hur hög är hyran? 6 800 kronor.", segments: ["m1:s1", "m1:s2"], who: "Klienten" },
            { text: "Hur hög är hyran? 7 200.", segments: ["m2:s1", "m2:s2"], who: "Klienten" },
          ],
        },
      ],
    );
  });
  for (const [name, one, other] of [
    [
      "another question",
      ["Handläggare: Hur hög är hyran?", "Klient: 6 800 kronor."],
      ["Handläggare: Hur hög är elräkningen?", "Klient: 900 kronor."],
    ],
    [
      "about so much",
      ["Handläggare: Hur hög är hyran?", "Klient: 6 800 kronor."],
      ["Handläggare: Hur hög är hyran?", "Klient: Ungefär 7 200 kronor."],
    ],
    [
      "how often",
      ["Handläggare: Hur många gånger har du sökt?", "Klient: Tre."],
      ["Handläggare: Hur många gånger har du sökt?", "Klient: Fem."],
    ],
  ] as const)
    test(`${name} is left alone`, () => assert.deepEqual(conflictsIn(march(one), april(other)), []));
  test("three meetings are one conflict, each with its own statement", () => {
    const may = talk(["Klient: Hyran är 7 900 kronor."], { recordedAt: "2026-05-09T09:00:00" });
    const conflicts = conflictsIn(
      march(["Klient: Hyran är 6 800 kronor."]),
      april(["Klient: Hyran är 7 200 kronor."]),
      may,
    );
    assert.deepEqual(conflicts, [
      {
        about: "Hyran",
        statements: [
          { text: "Hyran är 6 800 kronor.", segments: ["m1:s1"], who: "Klienten" },
          { text: "Hyran är 7 200 kronor.", segments: ["m2:s1"], who: "Klienten" },
          { text: "Hyran är 7 900 kronor.", segments: ["m3:s1"], who: "Klienten" },
        ],
      },
    ]);
  });
});

describe("in English", () => {
  const english = (...lines: readonly string[]): Conflict[] => conflictsIn(talk(lines, { language: "en" }));
  const filler = ["Client: We walked in the woods a lot.", "Officer: That sounds nice."];
  for (const [one, other] of [
    ["Client: The rent is 680 pounds.", "Officer: The rent is 740 pounds."],
    ["Client: I have three children.", "Officer: You have two children."],
    ["Client: The alarm came at 02.14.", "Officer: The alarm came at 02.40."],
    ["Client: The certificate was sent.", "Officer: The certificate was not sent."],
  ] as const)
    test(`${one} ${other}`, () => assert.equal(english(one, ...filler, other, ...filler).length, 1));
  for (const [one, other] of [
    ["Client: The rent is 680 pounds.", "Officer: The rent is about 740 pounds."],
    ["Client: The rent is 680 pounds.", "Officer: The rent was 600 pounds."],
    ["Client: He is seven years old.", "Officer: She is nine years old."],
    ["Client: The meeting could be on Tuesday.", "Officer: The meeting could be on Thursday."],
  ] as const)
    test(`left alone: ${one} ${other}`, () => assert.deepEqual(english(one, ...filler, other, ...filler), []));
});
