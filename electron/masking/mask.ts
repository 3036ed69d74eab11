// Placeholders in place of what was found, and back again. The law: restore(mask(texts)) gives the texts, sign by sign.
// Runs anywhere.
import { type Find, labelOf, type MaskKind, type Passage, placeholderPattern } from "./kinds.ts";

export interface MaskedName {
  /** "PERSON_1", without brackets. */
  readonly placeholder: string;
  readonly kind: MaskKind;
  /** The fullest way in which it stood; what a placeholder in another text is restored to. */
  readonly text: string;
}

/** The key file. Whoever has it can read everything again: it is stored only where a person asks for it. */
export interface MaskKey {
  readonly lyssna: "mask-key/1";
  readonly language: string;
  readonly names: readonly MaskedName[];
  /** For each passage what its placeholders stood for, in order, in the very spelling. */
  readonly passages: Readonly<Record<string, readonly string[]>>;
}

export interface Masked {
  readonly passages: readonly Passage[];
  readonly key: MaskKey;
  /** By kind and key of a find, with a space between. */
  readonly placeholders: ReadonlyMap<string, string>;
}

/** @param finds in no overlap, as `findAll` gives them */
export function maskPassages(passages: readonly Passage[], finds: readonly Find[], language: string): Masked {
  const byPassage = Map.groupBy(finds, ({ passage }) => passage);
  const numbers = new Map<string, string>();
  const counts = new Map<MaskKind, number>();
  const texts = new Map<string, MaskedName>();
  const stoodFor: Record<string, readonly string[]> = {};
  const masked = passages.map((passage) => {
    const own = (byPassage.get(passage.id) ?? []).toSorted((a, b) => a.start - b.start);
    if (own.length === 0) return passage;
    let text = "";
    let at = 0;
    const stood: string[] = [];
    for (const { start, end, kind, key } of own) {
      const id = `${kind} ${key}`;
      if (!numbers.has(id)) {
        counts.set(kind, (counts.get(kind) ?? 0) + 1);
        numbers.set(id, `${labelOf(kind, language)}_${String(counts.get(kind))}`);
      }
      const placeholder = numbers.get(id) ?? "";
      const was = passage.text.slice(start, end);
      stood.push(was);
      const before = texts.get(placeholder);
      if (before === undefined || was.length > before.text.length)
        texts.set(placeholder, { placeholder, kind, text: was });
      text += `${passage.text.slice(at, start)}[${placeholder}]`;
      at = end;
    }
    stoodFor[passage.id] = stood;
    return { ...passage, text: text + passage.text.slice(at) };
  });
  return {
    passages: masked,
    placeholders: numbers,
    key: { lyssna: "mask-key/1", language, names: [...texts.values()], passages: stoodFor },
  };
}

/**
 * The texts as they were. A passage that was changed since, or that the key does not know, gets the fullest spelling of
 * each name; a placeholder that the key does not know stays.
 */
export function restorePassages(passages: readonly Passage[], key: MaskKey): Passage[] {
  const names = new Map(key.names.map(({ placeholder, text }) => [placeholder, text]));
  return passages.map((passage) => {
    const stood = Object.hasOwn(key.passages, passage.id) ? key.passages[passage.id] : undefined;
    const found = passage.text.match(placeholderPattern) ?? [];
    const isWhole = stood !== undefined && stood.length === found.length;
    let at = 0;
    const text = passage.text.replace(placeholderPattern, (placeholder) => {
      const exact = isWhole ? stood[at] : undefined;
      at += 1;
      return exact ?? names.get(placeholder.slice(1, -1)) ?? placeholder;
    });
    return { ...passage, text };
  });
}

/** A placeholder that the key holds, for a text that stands alone (a plain text file): the fullest spelling of each. */
export function restoreText(text: string, key: MaskKey): string {
  const names = new Map(key.names.map(({ placeholder, text: name }) => [placeholder, name]));
  return text.replace(placeholderPattern, (placeholder) => names.get(placeholder.slice(1, -1)) ?? placeholder);
}
