// The tokens' colours can be read on everything they are set on, in daylight and by lamp; and only the tokens hold colours.
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";

const renderer = fileURLToPath(new URL("../../renderer", import.meta.url));
const source = await readFile(join(renderer, "styles", "tokens.css"), "utf8");
const colours = new Map(
  [...source.matchAll(/(--[\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/gu)].map(
    ([, name = "", light = "", dark = ""]) => [name.slice(2), { light, dark }],
  ),
);

const surfaces = ["paper", "sheet", "float", "hover"];
/** What is written with, and what it is written on. */
const texts: readonly (readonly [text: string, on: readonly string[]])[] = [
  ["ink", [...surfaces, "wash", "wash-quiet"]],
  ["ink-quiet", surfaces],
  ["accent", [...surfaces, "wash-quiet"]],
  ["accent-strong", surfaces],
  ["amber", [...surfaces, "wash", "wash-quiet", "amber-wash"]],
  ["red", [...surfaces, "red-wash"]],
  ["on-accent", ["accent", "accent-strong"]],
];
/** Marks and edges that one must be able to see, but that are not read. */
const marks = ["edge", "accent", "amber", ...Array.from({ length: 6 }, (_, index) => `speaker-${index + 1}`)];

describe("colour tokens", () => {
  for (const theme of ["light", "dark"] as const) {
    test(`text is at least 4.5 : 1 on every surface it stands on (${theme})`, () => {
      for (const [text, on] of texts) {
        for (const surface of on) {
          const ratio = contrast(colour(text, theme), colour(surface, theme));
          assert.ok(ratio >= 4.5, `${text} on ${surface} (${theme}) is ${ratio.toFixed(2)} : 1`);
        }
      }
    });
    test(`marks are at least 3 : 1 on every surface (${theme})`, () => {
      for (const mark of marks) {
        for (const surface of ["paper", "sheet", "float"]) {
          const ratio = contrast(colour(mark, theme), colour(surface, theme));
          assert.ok(ratio >= 3, `${mark} on ${surface} (${theme}) is ${ratio.toFixed(2)} : 1`);
        }
      }
    });
  }

  test("contrast is computed as WCAG 2.2 defines it", () => {
    assert.equal(contrast("#000000", "#ffffff").toFixed(2), "21.00");
    assert.equal(contrast("#777777", "#ffffff").toFixed(2), "4.48");
  });

  test("only the tokens hold colours, and every token that is used exists", async () => {
    const known = new Set([...source.matchAll(/(--[\w-]+):/gu)].map(([, name]) => name));
    const files = (await readdir(renderer, { recursive: true })).filter(
      (name) => name.endsWith(".css") && !name.endsWith("tokens.css"),
    );
    assert.ok(files.length > 10);
    for (const file of files) {
      const style = await readFile(join(renderer, file), "utf8");
      const raw = /#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch|oklab)a?\(/iu.exec(style);
      assert.equal(raw, null, `${file} holds the colour ${raw?.[0]}`);
      for (const [, name] of style.matchAll(/var\((--[\w-]+)/gu)) {
        assert.ok(known.has(name) || name === "--trigger-width", `${file} uses ${name}, which is no token`);
      }
    }
  });
});

function colour(name: string, theme: "light" | "dark"): string {
  const found = colours.get(name);
  assert.ok(found, `no colour token ${name}`);
  return found[theme];
}

/** WCAG 2.2, contrast ratio and relative luminance. */
function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
