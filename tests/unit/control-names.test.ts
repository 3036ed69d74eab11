// The table of controls that testers go by: every name in it is a text of the interface, in the language of its column.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { helpTexts } from "../../renderer/help/help-texts.ts";
import en from "../../renderer/texts/en.json" with { type: "json" };
import sv from "../../renderer/texts/sv.json" with { type: "json" };

const readme = readFileSync(new URL("../../renderer/README.md", import.meta.url), "utf8");
/** Each language is called by its own name, whatever language is in use. */
const ownNames = ["Svenska", "English"];

/** What stands for a value, in the table and in the texts. */
const value = "\u0001";
const bare = (name: string): string => name.replaceAll(/(?:\{[^{}]*\}|\d+)(?: \{[^{}]*\})*/gu, value).trim();

const rows = readme
  .split("\n")
  .filter((line) => line.startsWith("| ") && line.split("|").length === 6)
  .map((line) =>
    line
      .split("|")
      .slice(1, 5)
      .map((cell) => cell.trim()),
  )
  .filter(([, role]) => role !== "role");

describe("names of controls for testers", () => {
  test("the table is read", () => assert.ok(rows.length > 60));

  for (const [language, column] of [
    ["sv", 2],
    ["en", 3],
  ] as const) {
    const known = knownNames(language);
    test(`every name in the ${language} column is a text of the interface`, () => {
      const strange = rows.flatMap((row) => {
        const cell = row[column] ?? "";
        return isMadeOf(cell, known) ? [] : [`${row[0]} ${row[1]}: ${cell}`];
      });
      assert.deepEqual(strange, []);
    });
  }

  test("a name that is not there would be found", () => {
    const known = knownNames("sv");
    assert.ok(isMadeOf("Spara, Ta bort {kind}; Godkänn", known));
    assert.ok(!isMadeOf("Spara, Ta bort {kind}; Godkänn nu", known));
  });
});

function knownNames(language: "sv" | "en"): ReadonlySet<string> {
  const texts = [
    ...flatten(language === "sv" ? sv : en),
    ...helpTexts[language].map(({ title }) => title),
    ...ownNames,
  ];
  return new Set(texts.flatMap(formsOf).map(bare));
}

/** A plural's branches, each as a text of its own. */
function formsOf(text: string): readonly string[] {
  const plural = /\{\w+, plural,((?:\s*=?\w+ \{(?:[^{}]|\{[^{}]*\})*\})+)\s*\}/u.exec(text);
  if (plural === null) return [text];
  const branches = [...(plural[1] ?? "").matchAll(/=?\w+ \{((?:[^{}]|\{[^{}]*\})*)\}/gu)];
  return branches.map(([, branch = ""]) => text.replace(plural[0], branch.replaceAll("#", "{n}")));
}

/** Whether a cell is a list of known names, though a name may itself hold a comma. Notes in brackets are not names. */
function isMadeOf(cell: string, known: ReadonlySet<string>): boolean {
  const parts = cell
    .replaceAll(/\([^()]*\)/gu, "")
    .split(/\s*(?:;|:(?= )|,)\s*/u)
    .filter((part) => part !== "");
  const isName = (name: string): boolean => {
    const sought = bare(name);
    if (sought === value || known.has(sought)) return true;
    // "Visa talarnas namn …": a long name by its beginning.
    const beginning = sought.endsWith(" …") ? sought.slice(0, -2) : null;
    return beginning !== null && [...known].some((text) => text.startsWith(beginning));
  };
  const fits = (from: number): boolean => {
    if (from === parts.length) return true;
    for (let to = from + 1; to <= Math.min(parts.length, from + 3); to += 1)
      if (isName(parts.slice(from, to).join(", ")) && fits(to)) return true;
    return false;
  };
  return fits(0);
}

function flatten(texts: object): readonly string[] {
  return Object.values(texts).flatMap((text: unknown) => (typeof text === "string" ? [text] : flatten(text as object)));
}
