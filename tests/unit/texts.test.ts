// The interface's texts: complete in both languages, in the right language, in our manner, and nowhere but in their files.
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { IntlMessageFormat } from "intl-messageformat";
import shellEn from "../../electron/shell/texts/en.json" with { type: "json" };
import shellSv from "../../electron/shell/texts/sv.json" with { type: "json" };
import { dictionaryOf } from "../../electron/glossary/ordinary-words.ts";
import { helpTexts } from "../../renderer/help/help-texts.ts";
import en from "../../renderer/texts/en.json" with { type: "json" };
import sv from "../../renderer/texts/sv.json" with { type: "json" };

const renderer = fileURLToPath(new URL("../../renderer", import.meta.url));
const texts = { sv: flatten(sv), en: flatten(en) };
/** What the language's words are looked for in: the interface, the help, the menu and the file dialogs. */
const written = {
  sv: [...texts.sv, ...helpLines("sv"), ...flatten(shellSv)],
  en: [...texts.en, ...helpLines("en"), ...flatten(shellEn)],
} as const;
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

  test("every word belongs to its language", () => {
    for (const language of ["sv", "en"] as const) {
      assert.deepEqual(
        written[language].flatMap(([key, text]) => strangersIn(text, language).map((word) => `${key}: ${word}`)),
        [],
      );
    }
  });

  test("a word that was left in the other language, or misspelled, would be found", () => {
    assert.deepEqual(strangersIn("Öppna your meeting", "sv"), ["your", "meeting"]);
    assert.deepEqual(strangersIn("Sammanfattnig av samtalet", "sv"), ["sammanfattnig"]);
    assert.deepEqual(strangersIn("Open the samtal", "en"), ["samtal"]);
    assert.deepEqual(strangersIn("{count, plural, one {# samtal} other {# samtal}}", "sv"), []);
  });

  test("a number that counts things is a plural, and a large one is written as the language writes it", () => {
    for (const [language, all] of Object.entries(texts)) {
      for (const [key, text] of all) {
        assert.doesNotMatch(text, /\{(?:count|shown|added|changed|most)\}/u, `${language} ${key}`);
      }
    }
  });

  test("what reads the same in both languages is meant to", () => {
    const same = [...texts.sv].filter(([key, text]) => texts.en.get(key) === text).map(([key]) => key);
    const meant = new Set([
      "app.name",
      "ask.place",
      "eventLog.by.person",
      "export.format.docx",
      "export.format.json",
      "export.format.md",
      "export.format.pdf",
      "keys.names.escape",
      "library.demonstration",
      "masking.kinds.person",
      "models.demonstration",
      "record.about.restLine",
      "record.marked",
      "retention.list",
      "settings.version",
      "templates.version",
      "time.minutes",
      "time.lessThanMinute",
    ]);
    const unexpected = same.filter((key) => !meant.has(key));
    assert.deepEqual(unexpected, []);
  });

  test("the manners of the house: no exclamation marks, the right words, nobody called a user", () => {
    for (const [language, all] of Object.entries(written)) {
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

/** Names, and signs of the trade, that are in no dictionary. */
const ownWords = new Set(
  "lyssna ollama lm markdown word json vtt srt csv ics pdf usb eupl enter ctrl windows imy sosfs jo fp esc minnesanteckningar april".split(
    " ",
  ),
);
/** Right Swedish that the dictionary does not list. */
const swedishWords = new Set("nekanden dokumenthanteringsplan åååå dd".split(" "));

/** English as it is spelled in Britain, which is Swedish too. */
const britishWords = new Set(["organisation"]);

/**
 * In Swedish, words that the language does not know: whatever was left in English, and whatever is misspelled. A compound
 * of words that it knows is known. In English, words that only Swedish knows: the dictionary spells as in America, we do not.
 */
function strangersIn(text: string, language: "sv" | "en"): readonly string[] {
  const words =
    withoutValues(text)
      .toLowerCase()
      .match(/\p{L}{2,}/gu) ?? [];
  const isUnknown = (word: string, to: "sv" | "en") => dictionaryOf(to).classOf(word) === "unknown";
  return words.filter((word) => {
    if (ownWords.has(word) || !isUnknown(word, language)) return false;
    return language === "sv" ? !swedishWords.has(word) : !britishWords.has(word) && !isUnknown(word, "sv");
  });
}

/** The help, line by line. */
function helpLines(language: "sv" | "en"): readonly (readonly [string, string])[] {
  return helpTexts[language].flatMap(({ id, title, parts }) => [
    [`help ${id}`, title] as const,
    ...parts.flatMap((part) =>
      [part.title, ...(part.text ?? []), ...(part.list ?? []), ...(part.steps ?? [])].map(
        (line) => [`help ${id}`, line] as const,
      ),
    ),
  ]);
}

const withoutValues = (text: string) => text.replaceAll(/\{\w+(?:, (?:plural,|number))?|\b(?:one|other) \{/gu, " ");
