// Figures of a text in one form, whatever signs they are written with. Pure.
import { writeFigures } from "../language/figures.ts";
import { tokenise } from "../language/tokens.ts";

/** Zeros of the digits that other scripts use. */
const zeros = [0x0660, 0x06f0] as const;

/** "4 500", "4,500" and "٤٬٥٠٠" are 4500; "14.30" and "14:30" are 14.30; "03" is 3. In the order of the text. */
export function figuresIn(text: string): readonly string[] {
  const western = text
    .replaceAll(/[٠-٩۰-۹]/gu, (digit) => {
      const code = digit.codePointAt(0) ?? 0;
      return String(code - (zeros.findLast((zero) => code >= zero) ?? 0));
    })
    .replaceAll(/[٫]/gu, ".")
    .replaceAll(/[٬]/gu, ",");
  const together = western.replaceAll(/(?<=\d)[\s\u00A0\u202F.,'’](?=\d{3}(?!\d))/gu, "");
  return [...together.matchAll(/\d+(?:[.,:]\d+)?/gu)].map(([figure]) => {
    const [whole = "", part] = figure.split(/[.,:]/u);
    return part === undefined ? String(Number(whole)) : `${String(Number(whole))}.${part}`;
  });
}

/** Figures that stand there as words, where we know the language's: "två", "fyra hundra". */
export function saidFigures(text: string, language: string): ReadonlySet<string> {
  if (!/^(?:sv|en)\b/u.test(language)) return new Set();
  const tokens = writeFigures(tokenise(text), /^sv\b/u.test(language) ? "sv" : "en");
  return new Set(figuresIn(tokens.map(({ text: word }) => word).join(" ")));
}
