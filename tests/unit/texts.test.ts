// The interface's texts: complete in both languages, in the right language, in our manner, and nowhere but in their files.
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { IntlMessageFormat } from "intl-messageformat";
import en from "../../renderer/texts/en.json" with { type: "json" };
import sv from "../../renderer/texts/sv.json" with { type: "json" };

const renderer = fileURLToPath(new URL("../../renderer", import.meta.url));
const texts = { sv: flatten(sv), en: flatten(en) };
const sources = await Promise.all(
  (await readdir(renderer, { recursive: true }))
    .filter((name) => /\.tsx?$/u.test(name))
    .map(async (name) => ({ name, code: await readFile(join(renderer, name), "utf8") })),
);

describe("interface texts", () => {
  test("both languages have the same keys", () => {
    assert.deepEqual([...texts.sv.keys()].toSorted(), [...texts.en.keys()].toSorted());
  });

  test("no text is empty, and every message can be formatted with the same values in both languages", () => {
    for (const [key, swedish] of texts.sv) {
      const english = texts.en.get(key) ?? "";
      assert.ok(swedish.trim() !== "" && english.trim() !== "", key);
      assert.deepEqual(valuesOf(swedish, "sv"), valuesOf(english, "en"), key);
    }
  });

  test("no English is left in Swedish, no Swedish in English", () => {
    const english =
      /\b(?:the|and|your|you|of|with|from|this|that|are|was|file|save|delete|cancel|meeting|summary|speaker|settings)\b/iu;
    const swedish = /[åäöÅÄÖ]|\b(?:och|att|inte|det|som|en|ett|till|av|den|samtal|talare|mall)\b/u;
    for (const [key, text] of texts.sv) assert.doesNotMatch(withoutValues(text), english, `sv ${key}`);
    for (const [key, text] of texts.en) assert.doesNotMatch(withoutValues(text), swedish, `en ${key}`);
  });

  test("what reads the same in both languages is meant to", () => {
    const same = [...texts.sv].filter(([key, text]) => texts.en.get(key) === text).map(([key]) => key);
    const meant = new Set([
      "app.name",
      "export.format.docx",
      "export.format.json",
      "export.format.md",
      "export.format.pdf",
      "keys.names.escape",
      "library.demonstration",
      "models.demonstration",
      "record.about.restLine",
      "record.marked",
      "settings.version",
      "time.minutes",
      "time.lessThanMinute",
    ]);
    const unexpected = same.filter((key) => !meant.has(key));
    assert.deepEqual(unexpected, []);
  });

  test("the manners of the house: no exclamation marks, the right words, nobody called a user", () => {
    for (const [language, all] of Object.entries(texts)) {
      for (const [key, text] of all) {
        // The professional's own words to those present.
        if (key === "record.consent.text") continue;
        assert.doesNotMatch(
          text,
          /!|oops|högtalare|användare|genererat|\bjag\b|är du säker|artificiell/iu,
          `${language} ${key}`,
        );
      }
    }
  });

  test("every text is used somewhere", () => {
    const code = sources.map((source) => source.code).join("\n");
    const used = new Set([...code.matchAll(/["'`]([a-zA-Z]+(?:\.[\w-]+)+)["'`]/gu)].map(([, key]) => key));
    // Keys put together from a part and a value: `status.${…}`, `models.state.${…}`, `export.${what}As`.
    const patterns = [...code.matchAll(/`([a-zA-Z]+(?:\.\w+)*\.)\$\{[^}]+\}(\w*)`/gu)].map(
      ([, start = "", end = ""]) => ({ start, end }),
    );
    const unused = [...texts.sv.keys()].filter(
      (key) =>
        !used.has(key) &&
        !patterns.some(
          ({ start, end }) => key.startsWith(start) && key.endsWith(end) && !key.slice(start.length).includes("."),
        ),
    );
    assert.deepEqual(unused, []);
  });

  test("no view holds a text of its own", () => {
    const found = sources
      .filter(({ name }) => name.endsWith(".tsx"))
      .flatMap(({ name, code }) => literalsOf(code).map((literal) => `${name}: ${literal}`));
    assert.deepEqual(found, []);
  });

  test("a text in a view would be found", () => {
    assert.deepEqual(literalsOf('<p className="x">Spara nu</p>'), ["Spara nu"]);
    assert.deepEqual(literalsOf('<Button aria-label="Stäng fönstret" />'), ["Stäng fönstret"]);
    assert.deepEqual(literalsOf('<p lang="sv">{t("meeting.save")} · {clock(1)}</p>'), []);
  });
});

/** Words between tags, and in the attributes that are read out. */
function literalsOf(code: string): string[] {
  const bare = code.replaceAll(/\{\/\*[\s\S]*?\*\/\}|\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gmu, "");
  const between = [...bare.matchAll(/<\/?[A-Za-z][^<>]*?>((?!,)[^<>{}();=]*\p{L}{2,}[^<>{}();=]*)(?=[<{])/gu)].map(
    ([, text = ""]) => text.trim(),
  );
  const read = [...bare.matchAll(/\b(?:aria-label|title|placeholder|label|hint|alt)="([^"]*\p{L}[^"]*)"/gu)].map(
    ([, text = ""]) => text,
  );
  return [...between, ...read];
}

function flatten(value: object, before = ""): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
      typeof inner === "string" ? [[before + key, inner] as const] : [...flatten(inner as object, `${before}${key}.`)],
    ),
  );
}

/** The names of the values that a message takes. */
function valuesOf(message: string, language: string): readonly string[] {
  const names = new Set<string>();
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(walk);
    else if (typeof node === "object" && node !== null) {
      if ("type" in node && "value" in node && typeof node.value === "string" && node.type !== 0) names.add(node.value);
      Object.values(node).forEach(walk);
    }
  };
  walk(new IntlMessageFormat(message, language).getAst());
  return [...names].toSorted();
}

const withoutValues = (text: string) => text.replaceAll(/\{\w+(?:, plural,)?|\b(?:one|other) \{/gu, " ");
