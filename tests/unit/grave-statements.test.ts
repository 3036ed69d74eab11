// Self-harm, violence, threats, abuse, addiction, suspicion: red where no passage says so, never red for "slog upp".
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Summary, SummaryItem } from "../../electron/formats.ts";
import { checkEvidence } from "../../electron/summary/evidence/check-evidence.ts";
import { graveTopicsIn } from "../../electron/summary/evidence/sensitive.ts";
import { talk } from "./talks.ts";

function judge(lines: readonly string[], text: string, segments: readonly string[], language = "sv"): SummaryItem {
  const summary: Summary = {
    lyssna: "summary/1",
    template: { id: "prov", version: 1 },
    engine: { id: "prov", version: "1" },
    language,
    sections: [{ id: "a", heading: "A", state: "filled", items: [{ text, segments: [...segments] }] }],
    unplaced: [],
  };
  const [item] = checkEvidence(summary, [talk(lines, { language })]).sections[0]?.items ?? [];
  assert.ok(item !== undefined);
  return item;
}

describe("what is grave, inflected, compound and as people say it", () => {
  for (const [language, topic, texts] of [
    [
      "sv",
      "selfharm",
      [
        "hon skar sig i höstas",
        "han ville ta livet av sig",
        "tankar på självmordsförsök",
        "hen orkar inte leva",
        "hon har skadat sig själv",
        "han hängde sig",
      ],
    ],
    [
      "sv",
      "violence",
      [
        "mannen slog henne",
        "han har blivit misshandlad",
        "pappan ger honom stryk",
        "hon fick en örfil",
        "han sparkade sin bror",
        "våldsutövaren flyttade",
      ],
    ],
    ["sv", "threat", ["hot om stryk", "han dödshotade henne", "hon hotades med kniv"]],
    ["sv", "sexual", ["hon våldtogs i maj", "han har ofredat henne", "sexuella övergrepp"]],
    ["sv", "abuse", ["barnen vanvårdas", "omsorgssvikt i hemmet", "hon blev bortgift"]],
    [
      "sv",
      "addiction",
      [
        "mamman dricker varje dag",
        "han är drogpåverkad",
        "ett återfall i somras",
        "hennes alkoholproblem",
        "de röker gräs",
      ],
    ],
    ["sv", "suspicion", ["han misstänks för stöld", "en polisanmälan", "hon har stulit pengar", "han arbetar svart"]],
    ["en", "selfharm", ["she cut herself", "he tried to take his own life", "suicidal thoughts"]],
    ["en", "violence", ["he slapped her", "she was beaten", "domestic violence"]],
    ["en", "threat", ["he threatened to leave them dead"]],
    ["en", "addiction", ["he drinks every day", "a relapse", "addicted to pills"]],
    ["en", "suspicion", ["he stole the money", "she is suspected of fraud"]],
  ] as const)
    for (const text of texts) test(`${topic}: ${text}`, () => assert.ok(graveTopicsIn(text, language).includes(topic)));
});

describe("what only looks like it", () => {
  for (const text of [
    "vi slog upp dörren",
    "hon slår av datorn",
    "nämnden slog fast beslutet",
    "kommunen skar ner på tjänster",
    "de bor på hotell",
    "projektet drog igång i mars",
    "han drog tillbaka ansökan",
    "vi slog ihop grupperna",
    "hon slog sig ner",
    "de sparkar boll på rasten",
    "det är full fart på fritids",
    "hon dricker kaffe på morgonen",
    "det beror på vädret",
    "oberoende av inkomst",
    "han bröt inte avtalet",
    "ett avbrott i strömmen",
    "klockan slår tolv",
    "hon fick sparken i mars",
    "han arbetar full tid",
    "vi ska slå larm om läckan",
    "robotgräsklipparen",
    "övergången till sexan",
    "vinden vrider mot norr",
    "ölandsresan",
    "stryka tvätt",
    "påverkad av kylan",
  ])
    // prettier-ignore
    test(text, () => assert.deepEqual(graveTopicsIn(text, "sv"), []));
  for (const text of ["we kick off in May", "she is lying down", "drinks a cup of tea", "dealing with the bank"])
    test(text, () => assert.deepEqual(graveTopicsIn(text, "en"), []));
});

describe("with and without a passage", () => {
  const visit = [
    "Klient: Min man har aldrig slagit mig. Han dricker varje helg.",
    "Handläggare: Har du tankar på självmord?",
    "Klient: Nej, det har jag inte.",
    "Handläggare: Har han hotat dig?",
    "Klient: Ja, två gånger i våras.",
  ];
  for (const [what, text, segments, flags] of [
    ["supported: no flag", "Klienten uppger att mannen dricker varje helg.", ["s1"], undefined],
    ["denied as it was: no flag", "Klienten uppger att mannen aldrig har slagit hen.", ["s1"], undefined],
    ["the denial dropped", "Klienten uppger att mannen har slagit hen.", ["s1"], ["violence"]],
    ["nothing of the kind there", "Klienten har skurit sig i armarna.", ["s1"], ["selfharm"]],
    ["no place at all", "Klienten har blivit våldtagen.", [], ["sexual"]],
    ["a place that is gone", "Klienten misstänker stöld.", ["s99"], ["suspicion"]],
    ["asked and denied", "Klienten har tankar på självmord.", ["s2", "s3"], ["selfharm"]],
    ["asked alone", "Klienten har tankar på självmord.", ["s2"], ["selfharm"]],
    ["asked, denied and told so", "Klienten har inga tankar på självmord.", ["s2", "s3"], undefined],
    ["asked and affirmed", "Klienten uppger att mannen har hotat hen två gånger i våras.", ["s4", "s5"], undefined],
  ] as const)
    test(what, () => {
      const item = judge(visit, text, segments);
      assert.deepEqual(item.flags, flags, JSON.stringify(item.reasons));
      if (flags !== undefined) assert.equal(item.support, "unsupported");
    });
  test("in English", () => {
    const said = ["Client: He has never hit me, but he drinks every weekend."];
    assert.deepEqual(judge(said, "The client says that he has hit them.", ["s1"], "en").flags, ["violence"]);
    assert.equal(judge(said, "The client says that he drinks every weekend.", ["s1"], "en").flags, undefined);
  });
});
