// How people really speak: what is taken back, turned down, joked, told on, asked not to be told, and whose words they are.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Summary } from "../../electron/formats.ts";
import { summarise } from "../../electron/summary/summarise.ts";
import { plain, talk, template } from "./talks.ts";

const told = (summary: Summary): string =>
  summary.sections.flatMap(({ items }) => items.map(({ text }) => text)).join("\n");
const tell = (...lines: string[]): string => told(summarise([talk(lines)], plain));
const heard = (...lines: string[]): string =>
  told(
    summarise(
      [
        talk(
          lines.map(
            (line) =>
              `${line.slice(0, line.indexOf(":"))}:${line
                .slice(line.indexOf(":") + 1)
                .toLowerCase()
                .replaceAll(/[.,!?]/gu, "")}`,
          ),
        ),
      ],
      plain,
    ),
  );

describe("the last word holds", () => {
  test("a date put right in the next sentence", () => {
    const text = tell(
      "Handläggare: Vi följer upp torsdag elva juni klockan åtta. Nej förlåt, inte juni, torsdag elfte december.",
      "Klient: Det går bra.",
    );
    assert.match(text, /torsdag 11 december.*klockan 8.*2026-12-11/u);
    assert.doesNotMatch(text, /juni/u);
  });

  test("a date thought over anew", () => {
    const text = tell(
      "Handläggare: Nästa uppföljning tar vi om tre månader, den nionde juni klockan tio. Eller, vänta, nionde är en tisdag, då har jag utbildning. Vi säger onsdagen den tionde i stället.",
      "Klient: Det blir bra.",
      "Handläggare: Du får hem planen på posten nästa vecka.",
    );
    assert.match(text, /onsdagen den 10.*2026-06-10/u);
    assert.doesNotMatch(text, /2026-06-09/u);
  });

  test("a sum put right by the speaker", () => {
    assert.match(
      tell("Klient: Hyran är fyratusen femhundra. Nej vänta, femtusen femhundra är det."),
      /hyran är 5 500\./u,
    );
  });

  test("what no longer holds beside what does is not run together", () => {
    assert.match(tell("Klient: Jag jobbar på Ica. Nej, inte nu längre."), /inte nu längre/u);
  });

  test("a figure that another put right, and that was accepted", () => {
    const lines = [
      "Insatsledare: Vi hade sju skadade på plats.",
      "Sjuksköterska: Åtta var det.",
      "Insatsledare: Åtta alltså.",
    ];
    for (const text of [tell(...lines), heard(...lines)]) {
      assert.match(text, /(?:åtta|8) skadade/u);
      assert.doesNotMatch(text, /sju/u);
    }
  });

  test("a figure about something else changes nothing", () => {
    assert.match(
      tell("Insatsledare: Vi ska äta klockan fem.", "Styrkeledare: Tre är kvar i huset.", "Insatsledare: Bra."),
      /äta klockan 5/u,
    );
  });
});

describe("not everything that was said is so", () => {
  test("an offer that was turned down is no plan", () => {
    const text = tell(
      "Kurator: Jag kan prata med Hugo och hans föräldrar.",
      "Rektor: Nej, vänta med det. Jag tar det samtalet själv, tillsammans med mentorn.",
      "Kurator: Okej.",
    );
    assert.match(text, /Rektorn tar det samtalet/u);
    assert.doesNotMatch(text, /^Kuratorn (?:pratar|ska prata)/mu);
  });

  test("a proposal that was not agreed stands with its refusal, and not among what is to be done", () => {
    const summary = summarise([talk(["Pappa: Då byter vi skola.", "Mamma: Det har vi inte bestämt."])], plain);
    assert.deepEqual(summary.sections[1]?.items, []);
    const text = told(summary);
    if (text.includes("byter")) assert.match(text, /inte har bestämt/u);
  });

  test("a joke that is admitted", () => {
    const text = tell(
      "Mentor: Vi kanske ska ha en liten tårta då, om han har kommit varje dag.",
      "Elev: Haha, okej.",
      "Rektor: Vi skojar bara.",
    );
    assert.doesNotMatch(text, /tårta/u);
  });

  test("what is not to be written is not written", () => {
    const text = tell(
      "Maskinist: Jag såg på nätet att föraren var full.",
      "Insatsledare: Det vet vi ingenting om och det ska inte stå i rapporten.",
      "Insatsledare: Polisen kom klockan tolv och tjugo.",
    );
    assert.doesNotMatch(text, /full/u);
    assert.match(text, /Polisen/u);
  });

  test("a decision of an earlier day is none of today's", () => {
    const decisions = template([
      { heading: "Beslut", kind: "bullets" },
      { heading: "Läget", kind: "bullets" },
    ]);
    const [first] = summarise(
      [talk(["Chef: I morse beslutade vi att stänga vägen.", "Chef: Nu beslutar vi att öppna skolan i morgon."])],
      decisions,
    ).sections;
    const text = first?.items.map((item) => item.text).join(" ") ?? "";
    assert.match(text, /öppna skolan/u);
    assert.doesNotMatch(text, /vägen/u);
  });
});

describe("whose words they are", () => {
  test("another's words inside a sentence stay word for word", () => {
    const text = tell(
      "Klient: Han sa till mig häromdagen, mamma, jag behöver inte åka på lägret, det är lugnt.",
      "Klient: Min mamma sa till mig, jag kan inte hjälpa dig mer nu.",
    );
    assert.match(text, /”Han sa till mig häromdagen, mamma, jag behöver inte åka på lägret, det är lugnt”/u);
    assert.doesNotMatch(text, /att hen inte behöver|hjälpa handläggaren/u);
  });

  test("what was reported with “att” is turned as before", () => {
    assert.match(tell("Klient: Läkaren säger att jag måste sluta röka."), /läkaren säger att hen måste sluta röka/u);
  });

  test("“du” in an order is whoever was told", () => {
    assert.match(
      tell("Handläggare: Läs planen och hör av dig om nåt är fel."),
      /”?Läs planen och hör av dig|läsa planen/u,
    );
  });

  test("only the question tells who “han” is", () => {
    assert.match(
      tell("Rektor: Pappan då, är han med på det här?", "Mamma: Han tycker att Melker ska skärpa sig."),
      /Pappan då/u,
    );
  });
});

describe("children", () => {
  const child = template([
    { heading: "Barnets berättelse med barnets ord", kind: "quotes", guidance: "Det barnet berättar, ordagrant." },
    { heading: "Det barnet inte vill ska föras vidare", kind: "quotes" },
  ]);

  test("what a child tells when asked, whole", () => {
    const text = told(
      summarise(
        [
          talk([
            "Handläggare: Berätta om när de bråkar.",
            "Barn: De skriker. Och en gång kastade han en tallrik. Den gick sönder på väggen.",
          ]),
        ],
        child,
      ),
    );
    assert.match(text, /De skriker\. Och en gång kastade han en tallrik\. Den gick sönder på väggen\./u);
  });

  test("what a child asks not to be told on stands under its heading", () => {
    const summary = summarise(
      [talk(["Handläggare: Vet pappa om det du berättar nu?", "Barn: Nej! Du får inte säga det."])],
      child,
    );
    assert.match(summary.sections[1]?.items[0]?.text ?? "", /Du får inte säga det/u);
  });

  test("a heading on the child takes what concerns the child by name", () => {
    const about = template([
      { heading: "Barnperspektiv", kind: "bullets" },
      { heading: "Ekonomi", kind: "bullets" },
    ]);
    const summary = summarise(
      [
        talk([
          "Handläggare: Bor du själv?",
          "Klient: Jag och min son. Elias. Han är elva.",
          "Handläggare: Hur är det med Elias då?",
          "Klient: Elias sover dåligt och har ont i magen varje morgon.",
        ]),
      ],
      about,
    );
    assert.match(summary.sections[0]?.items.map(({ text }) => text).join(" ") ?? "", /ont i magen/u);
  });
});

describe("tasks", () => {
  test("“det gör jag” is what was said just before", () => {
    assert.match(
      tell("Rektor: Det här måste jag anmäla till huvudmannen. Det gör jag i dag."),
      /anmäla.*huvudmannen, i dag \(2026-03-10\)/u,
    );
  });

  test("an offer and the promise that repeats it are one", () => {
    const items =
      summarise(
        [
          talk([
            "Handläggare: Ska jag ringa och boka en tid åt dig?",
            "Klient: Ja, det vore skönt.",
            "Handläggare: Då gör jag det i eftermiddag.",
          ]),
        ],
        plain,
      ).sections[1]?.items ?? [];
    assert.equal(items.length, 1);
    assert.equal(items[0]?.due, "2026-03-10");
  });

  test("how often is no day to do it on, and what mamma says that pappa decided is no decision of the meeting", () => {
    const [, tasks] = summarise(
      [
        talk([
          "Handläggare: Hur gör du med träningen?",
          "Klient: Jag bokar träning två gånger i veckan med sjukgymnasten.",
          "Klient: Mamman säger att det är något pappan har bestämt.",
        ]),
      ],
      plain,
    ).sections;
    assert.deepEqual(tasks?.items, []);
  });

  test("a no to a question with “inte” says that it is so", () => {
    const text = tell(
      "Handläggare: Har du inte märkt någon skillnad?",
      "Klient: Nej.",
      "Handläggare: Har du intyget med dig?",
      "Klient: Nej, det ligger hemma.",
    );
    assert.match(text, /bekräftar att hen inte har märkt någon skillnad/u);
    assert.match(text, /svarar nej på frågan om hen har intyget med sig/u);
  });

  test("what holds only “annars” is told with it", () => {
    assert.match(tell("Chef: Annars byter vi lås på fredag."), /Annars byter vi lås på fredag/u);
  });
});
