// Hostile lines of a megabyte: masking takes time in step with their length, whatever they repeat.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { findAll } from "../../electron/masking/find-all.ts";

const patterns = [
  "a",
  " ",
  "1",
  "1 ",
  "070-",
  "@",
  "a@",
  "a.b@c.",
  "snabel-a punkt ",
  "noll ett ",
  "nollett",
  "två tusen nitton ",
  "Anna Lind ",
  "ABC 12",
  "SE45 5000 ",
  "Storgatan 1 ",
  "Norra ",
  "född 1 maj ",
  "[PERSON_1]",
  "[PERSON_",
  "a-",
  "1,",
  "2026/",
  "(",
  "personnummer 19",
  "registrerad ",
  "och Anna ",
  "sju en ",
  "\n",
];

/** Seconds of processor time: other work on the machine does not count. */
function seconds(pattern: string, length: number, language: string): number {
  const text = pattern.repeat(Math.ceil(length / pattern.length)).slice(0, length);
  const begun = process.cpuUsage();
  findAll([{ id: "a", text }], language);
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1e6;
}

describe("a hostile line", () => {
  // Lists and dictionary are read once.
  for (const language of ["sv", "en"]) findAll([{ id: "a", text: "Hej Anna." }], language);
  for (const pattern of patterns)
    test(JSON.stringify(pattern), (context) => {
      for (const language of ["sv", "en"]) {
        const quarter = seconds(pattern, 2 ** 18, language);
        const whole = seconds(pattern, 2 ** 20, language);
        context.diagnostic(`${language}: ${whole.toFixed(2)} s for a megabyte`);
        // Four times the text may take four times as long, not sixteen; the start weighs in what is short.
        assert.ok(whole < Math.max(1, quarter * 10), `${language}: ${String(quarter)} s, then ${String(whole)} s`);
        assert.ok(whole < 5, `${language}: ${String(whole)} s`);
      }
    });
});
