// The typeface of PDFs: Source Sans 3, in the pieces by script that its package has, each embedded only where used. Runs
// anywhere under Node.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { create, type Font } from "fontkit";

export type Face = "regular" | "bold" | "italic";

const fileEndings: Readonly<Record<Face, string>> = { regular: "400-normal", bold: "600-normal", italic: "400-italic" };
const scripts = ["latin", "latin-ext", "cyrillic", "cyrillic-ext", "greek", "greek-ext", "vietnamese"] as const;

export interface LoadedFont {
  /** Unique among the fonts. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly font: Font;
}

const loaded = new Map<string, LoadedFont>();

function load(face: Face, script: (typeof scripts)[number]): LoadedFont {
  const name = `source-sans-3-${script}-${fileEndings[face]}`;
  const known = loaded.get(name);
  if (known !== undefined) return known;
  const bytes = readFileSync(createRequire(import.meta.url).resolve(`@fontsource/source-sans-3/files/${name}.woff`));
  const font = { name, bytes, font: create(bytes) };
  loaded.set(name, font);
  return font;
}

export interface Stretch {
  readonly text: string;
  readonly font: LoadedFont;
  /** True where no font has these signs: they are seen as boxes. */
  readonly missing: boolean;
}

/** The text in stretches of one font each. Signs that only steer others (joiners, variation selectors) go. */
export function stretches(text: string, face: Face): readonly Stretch[] {
  const made: { text: string; font: LoadedFont; missing: boolean }[] = [];
  for (const sign of text.replaceAll(/\p{Default_Ignorable_Code_Point}/gu, "")) {
    const last = made.at(-1);
    const code = sign.codePointAt(0) ?? 0;
    // The font of the sign before wins where it can, so that words are not torn apart.
    if (last !== undefined && !last.missing && last.font.font.hasGlyphForCodePoint(code)) {
      last.text += sign;
      continue;
    }
    const script = scripts.find((one) => load(face, one).font.hasGlyphForCodePoint(code));
    const font = load(face, script ?? "latin");
    const missing = script === undefined;
    if (last !== undefined && last.font === font && last.missing === missing) last.text += sign;
    else made.push({ text: sign, font, missing });
  }
  return made;
}
