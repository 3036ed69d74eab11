// Spoken numbers as figures: written together, apart, read out one by one.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { writeFigures } from "../../electron/summary/language/figures.ts";
import { tokenise } from "../../electron/summary/language/tokens.ts";

const read = (text: string, language: "sv" | "en"): string =>
  writeFigures(tokenise(text), language, "reading")
    .map(({ text: word }) => word)
    .join(" ");

const below = {
  sv: "noll ett två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton sexton sjutton arton nitton".split(" "),
  en: "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(" "),
}; // prettier-ignore
const tens = {
  sv: ", ,tjugo,trettio,fyrtio,femtio,sextio,sjuttio,åttio,nittio".split(","),
  en: ", ,twenty,thirty,forty,fifty,sixty,seventy,eighty,ninety".split(","),
};

/** 1–999 999 in words, each by itself. */
function spoken(value: number, language: "sv" | "en"): string[] {
  if (value < 20) return value === 0 ? [] : [below[language][value] ?? ""];
  if (value < 100) return [tens[language][Math.floor(value / 10)] ?? "", ...spoken(value % 10, language)];
  const [size, name] = value < 1000 ? [100, { sv: "hundra", en: "hundred" }] : [1000, { sv: "tusen", en: "thousand" }];
  const rest = spoken(value % size, language);
  const and = language === "en" && value % size < 100 && rest.length > 0 ? ["and"] : [];
  return [...spoken(Math.floor(value / size), language), name[language], ...and, ...rest];
}

describe("spoken numbers", () => {
  test("every number reads back, written apart and together", () => {
    for (let value = 13; value < 100_000; value += value < 2000 ? 1 : 37) {
      const words = spoken(value, "sv");
      assert.equal(read(words.join(" "), "sv").replaceAll(" ", ""), String(value), words.join(" "));
      assert.equal(read(words.join(""), "sv").replaceAll(" ", ""), String(value), words.join(""));
      const english = spoken(value, "en").join(" ");
      assert.equal(read(english, "en").replaceAll(" ", ""), String(value), english);
    }
  });

  for (const [text, figures] of [
    ["vi ringde ett ett två", "vi ringde 112"],
    ["larm elva och fyrtiotvå", "larm 11.42"],
    ["framme elva femtiosex", "framme 11.56"],
    ["två tre hundra kronor", "två tre hundra kronor"],
    ["om tre fyra dagar", "om tre fyra dagar"],
    ["tjugo tjugosex", "tjugo tjugosex"],
  ] as const)
    test(text, () => {
      assert.equal(read(text, "sv"), figures);
    });

  for (const [text, figures] of [
    ["between two hundred and three hundred", "between 200 and 300"],
    ["a hundred and twenty", "120"],
    ["the ninth of april", "the 9th of april"],
    ["the twenty-second of may", "the 22nd of may"],
    ["ring nine nine nine", "ring 999"],
  ] as const)
    test(text, () => {
      assert.equal(read(text, "en"), figures);
    });
});
