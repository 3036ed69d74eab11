// Third-person reported speech: turned where it is certain, left in its own words where it is not.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { lexiconFor } from "../../electron/summary/lexicon.ts";
import type { Person } from "../../electron/summary/understand/people.ts";
import { definite } from "../../electron/summary/understand/people.ts";
import { askedAs, reportTokens, strip } from "../../electron/summary/write/reported-speech.ts";
import { tokenise } from "../../electron/summary/language/tokens.ts";

const person = (label: string): Person => ({ id: label, label, title: label, pronoun: "hen", side: null, names: [] });
const client = person("klienten");
const worker = person("handläggaren");
const report = (text: string, addressee: Person | null = worker, language = "sv"): { form: string; text: string } => {
  const lexicon = lexiconFor(language);
  return reportTokens(
    strip(tokenise(text), lexicon),
    language === "sv" ? client : { ...client, label: "the client", pronoun: "they" },
    addressee,
    lexicon,
  );
};

describe("Swedish", () => {
  for (const [said, told] of [
    ["Ja, jag bor i en etta.", "att hen bor i en etta"],
    ["Jag har inte sett nåt papper.", "att hen inte har sett något papper"],
    ["Det vet jag inte.", "att hen inte vet det"],
    ["I engelska har jag läst en bok själv.", "att hen i engelska har läst en bok själv"],
    ["Min kusin sa att man får det.", "att hens kusin sa att man får det"],
    ["Jag skrev in mig i januari.", "att hen skrev in sig i januari"],
    ["Jag ringde dig men du svarade inte.", "att hen ringde handläggaren, men att handläggaren inte svarade"],
    ["Och så behöver vi prata om det.", "att de behöver prata om det"],
    ["Om jag får papperen så fattar jag beslut på måndag.", "att hen fattar beslut på måndag om hen får papperen"],
    ["Vi flyttar i vår.", "att de flyttar i vår"],
    ["Jag sålde min bil.", "att hen sålde sin bil"],
  ] as const)
    test(`${said} → ${told}`, () => assert.deepEqual(report(said), { form: "reported", text: told }));

  test("whom “du” means cannot be told: the words stay", () => {
    assert.deepEqual(report("Jag ringde dig i går.", null), { form: "quoted", text: "Jag ringde dig i går" });
  });

  test("an order of words that is not read for certain keeps its own order", () => {
    const { form, text } = report("Barnbidraget delar vi på.");
    assert.equal(form, "main");
    assert.match(text, /barnbidraget delar de på/iu);
  });

  for (const [asked, told] of [
    ["Är du med i någon a-kassa?", "hen är med i någon a-kassa"],
    ["Krisplanen, är den uppdaterad?", "krisplanen är uppdaterad"],
    ["Har du inte fått svar?", "hen inte har fått svar"],
  ] as const)
    test(`the question ${asked}`, () =>
      assert.equal(
        askedAs(strip(tokenise(asked), lexiconFor("sv")), worker, client, lexiconFor("sv"))?.toLowerCase(),
        told,
      ));

  test("two questions in one are not told as one", () => {
    const asked = strip(tokenise("Du heter Alm, och numret, stämmer det att det är nytt?"), lexiconFor("sv"));
    assert.equal(askedAs(asked, worker, client, lexiconFor("sv")), null);
  });

  for (const [role, form] of [
    ["klient", "klienten"],
    ["Lärare", "läraren"],
    ["undersköterska", "undersköterskan"],
    ["ordförande", "ordföranden"],
    ["barn", "barnet"],
    ["rektor", "rektorn"],
    ["brandman", "brandmannen"],
    ["Rökdykare två", "Rökdykare två"],
  ] as const)
    test(`${role} is called ${form}`, () => assert.equal(definite(role, lexiconFor("sv")), form));
});

describe("English", () => {
  for (const [said, told] of [
    ["Well, I live with my sister.", "that they live with their sister"],
    ["I'm worried about you.", "that they are worried about the worker"],
    ["We don't have any money.", "that they don't have any money"],
  ] as const)
    test(`${said} → ${told}`, () =>
      assert.deepEqual(report(said, { ...worker, label: "the worker" }, "en"), { form: "reported", text: told }));
});
