// Corrections and denials: the last word holds, and what is contested is never told alone.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Summary } from "../../electron/formats.ts";
import { summarise } from "../../electron/summary/summarise.ts";
import { homeVisit, plain, talk } from "./talks.ts";

const textOf = (summary: Summary): string =>
  summary.sections.flatMap(({ items }) => items.map(({ text }) => text)).join("\n");
const told = (...lines: string[]): string => textOf(summarise([talk(lines)], plain));

describe("in one breath", () => {
  test("a slip is replaced by what was meant", () => {
    const text = told("Handläggare: När ringer du?", "Klient: Jag ringer banken på tisdag, nej, på onsdag.");
    assert.match(text, /onsdag/u);
    assert.doesNotMatch(text, /tisdag/u);
  });

  test("a number said wrong and right at once is the right one", () => {
    const text = told("Klient: Jag har betalat fyratusen, nej, femtusen kronor i hyra till Lundin.");
    assert.match(text, /5 000/u);
    assert.doesNotMatch(text, /4 000/u);
  });
});

describe("across turns", () => {
  test("a moved meeting stands with its final time and cites both", () => {
    const summary = summarise([homeVisit], plain);
    const meeting = summary.sections[1]?.items.find(({ text }) => text.includes("Nästa möte"));
    assert.equal(meeting?.due, "2026-03-20");
    assert.doesNotMatch(meeting?.text ?? "", /19|torsdag/u);
    for (const id of ["s16", "s18"]) assert.ok(meeting?.segments.includes(id), id);
  });

  test("what a speaker takes back is left out", () => {
    const text = told(
      "Klient: Min dotter Ebba är sju år. Hon fyllde sju i mars.",
      "Handläggare: Vänta nu, i dag är det den tionde mars.",
      "Klient: Ja förlåt, hon är sex år och fyller sju i maj.",
    );
    assert.match(text, /sex år/u);
    assert.doesNotMatch(text, /är sju år/u);
  });

  test("“inte till hyresvärden” replaces “till hyresvärden”", () => {
    const text = told(
      "Handläggare: Jag betalar hyran till hyresvärden på fredag.",
      "Klient: Kan jag inte få pengarna själv?",
      "Handläggare: Jo. Jag betalar hyran till ditt konto på fredag, inte till hyresvärden.",
    );
    assert.match(text, /konto/u);
    assert.doesNotMatch(text.replaceAll("inte till hyresvärden", ""), /till hyresvärden/u);
  });

  test("a statement that another denies is told with the denial, in one item", () => {
    const summary = summarise(
      [
        talk([
          "Maskinist: Det var dåligt tryck i brandposten på Kvarngatan.",
          "Styrkeledare: Nej, trycket i brandposten var bra, slangen hade en knick.",
          "Maskinist: Vi övade på slang förra veckan.",
        ]),
      ],
      plain,
    );
    for (const { text } of summary.sections.flatMap(({ items }) => items))
      if (/dåligt tryck/u.test(text)) assert.match(text, /trycket i brandposten var bra/u);
    assert.match(textOf(summary), /trycket i brandposten var bra/u);
  });
});

describe("what is no fact", () => {
  const text = textOf(summarise([homeVisit], plain));
  test("hearsay keeps its source and its doubt", () => {
    for (const line of text.split("\n"))
      if (/rivas/u.test(line)) assert.match(line, /granne säger.*vet (?:de )?inte|granne säger/u);
  });
  test("a question alone is not told as a fact", () => {
    assert.doesNotMatch(text, /\?$/mu);
    assert.match(text, /svarar nej på frågan om (?:hen är med i någon a-kassa|hyran är betald)|inte mars/u);
  });
  test("small talk is left out", () => assert.doesNotMatch(text, /kaffe|ta hand om/u));
  test("a joke is left out", () => {
    const joked = told(
      "Klient: Jag kan väl vinna på lotteriet så slipper vi ses.",
      "Handläggare: Skämt åsido, hyran är fyratusen kronor i månaden.",
    );
    assert.doesNotMatch(joked, /lotteriet/u);
  });
  test("“inte” is never lost", () => assert.match(text, /inte mars/u));
});
