// Spoken numbers and times: what they are as figures and dates.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { writeFigures } from "../../electron/summary/language/figures.ts";
import { lexiconFor } from "../../electron/summary/lexicon.ts";
import { findTimes } from "../../electron/summary/times/times.ts";
import { tokenise, writeTokens } from "../../electron/summary/language/tokens.ts";

const read = (text: string): string => writeTokens(writeFigures(tokenise(text), "sv", "reading"));
const compare = (text: string): string[] => writeFigures(tokenise(text), "sv", "all").map(({ lower }) => lower);

describe("spoken numbers", () => {
  for (const [spoken, written] of [
    ["sextusen åttahundra i månaden", "6 800 i månaden"],
    ["arton och ett halvt tusen", "18 500"],
    ["hundrafyrtiotvå tusen", "142 000"],
    ["noll komma noll åtta", "0,08"],
    ["larmet kom noll två fjorton", "larmet kom 02.14"],
    ["klockan fjorton trettio till femton trettio", "klockan 14.30 till 15.30"],
    ["den tjugosjunde mars", "den 27 mars"],
    ["den tredje våningen", "den tredje våningen"],
    ["tre, fyra minuter", "tre, fyra minuter"],
    ["fordon tvåettnoll", "fordon 210"],
    ["en vuxen och ett halvt barn", "en vuxen och ett halvt barn"],
  ] as const)
    test(`${spoken} → ${written}`, () => assert.equal(read(spoken), written));

  test("words and figures compare as equal", () => {
    assert.deepEqual(compare("sextusen åttahundra"), compare("6 800"));
    assert.deepEqual(compare("tjugofem"), compare("25"));
  });

  const tens = ["", "", "tjugo", "trettio", "fyrtio", "femtio", "sextio", "sjuttio", "åttio", "nittio"];
  const ones = ["", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio"];
  const below100 = (n: number): string => `${tens[Math.floor(n / 10)] ?? ""}${ones[n % 10] ?? ""}`;
  test("any number from 20 to 99 999, said as a word, is that number", () => {
    const part = fc.integer({ min: 20, max: 99 });
    fc.assert(
      fc.property(part, fc.integer({ min: 1, max: 9 }), part, (thousands, hundreds, rest) => {
        const spoken = `${below100(thousands)}tusen ${ones[hundreds] ?? ""}hundra${below100(rest)}`;
        assert.deepEqual(compare(spoken), [String(thousands * 1000 + hundreds * 100 + rest)]);
        assert.deepEqual(compare(below100(rest)), [String(rest)]);
      }),
    );
  });
});

describe("times against the meeting's date, Wednesday 4 February 2026", () => {
  const dueOf = (text: string): (string | null)[] => {
    const tokens = writeFigures(tokenise(text), "sv", "reading");
    return findTimes(tokens, "2026-02-04T08:00:00", lexiconFor("sv")).map(({ due }) => due);
  };
  for (const [said, due] of [
    ["senast på fredag", "2026-02-06"],
    ["på onsdag", "2026-02-11"],
    ["nästa torsdag", "2026-02-12"],
    ["torsdag nästa vecka", "2026-02-12"],
    ["i morgon", "2026-02-05"],
    ["före lunch i dag", "2026-02-04"],
    ["i helgen", "2026-02-08"],
    ["inom två veckor", "2026-02-18"],
    ["tisdagen den fjärde augusti klockan tio", "2026-08-04"],
    ["den tjugosjunde", "2026-02-27"],
    ["i torsdags", "2026-01-29"],
    ["i juni", "2026-06-30"],
    ["den 3/12", "2026-12-03"],
    ["på onsdag i nästa vecka", "2026-02-11"],
    ["nästa vecka på tisdag", "2026-02-10"],
    ["på torsdag om två veckor", "2026-02-19"],
    ["torsdag vecka tolv", "2026-03-19"],
    ["i slutet av månaden", "2026-02-28"],
    ["i morgon bitti klockan åtta", "2026-02-05"],
    ["tolfte april halv tio", "2026-04-12"],
    ["sista veckan i juni", "2026-06-30"],
  ] as const)
    test(`${said} → ${due}`, () => assert.deepEqual(dueOf(said), [due]));

  test("what comes back every week has no date", () => assert.deepEqual(dueOf("på tisdagar"), [null]));

  test("without a meeting date nothing relative is resolved", () => {
    const tokens = writeFigures(tokenise("senast på fredag"), "sv", "reading");
    assert.deepEqual(
      findTimes(tokens, undefined, lexiconFor("sv")).map(({ due }) => due),
      [null],
    );
  });

  test("any date said with day and month is that date, the next to come", () => {
    const months = lexiconFor("sv").months;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 28 }), fc.integer({ min: 0, max: 11 }), (day, month) => {
        const [due] = dueOf(`den ${String(day)} ${months[month] ?? ""}`);
        assert.equal(due?.slice(5), `${String(month + 1).padStart(2, "0")}-${String(day).padStart(2, "0")}`);
      }),
    );
  });
});
