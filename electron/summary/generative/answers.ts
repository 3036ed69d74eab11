// The shape of a model's answers, and what is taken of them. Pure.
import { z } from "zod";
import type { SectionKind } from "../../formats.ts";
import type { AnswerSchema, TextAnswer } from "../../inference/language-protocol.ts";

export interface Note {
  /** Marks of the lines that it rests on; none where it pointed to nothing that was there. */
  readonly marks: readonly string[];
  /** It also pointed to a line that was not there. */
  readonly stray?: true;
  readonly text: string;
  readonly who?: string;
  readonly when?: string;
}

/** Longest sentence, in signs. */
const textMost = 400;
const fieldMost = 60;
export const marksMost = 6;

/**
 * What an answer must look like. The marks are those in scope and no others: a place that is not there cannot be written.
 * They come first, so that a model finds the place before it writes the sentence.
 */
export function answerSchema(marks: readonly string[], kind: SectionKind, most: number, least = 0): AnswerSchema {
  const field: AnswerSchema = { type: "string", maxLength: fieldMost };
  return {
    type: "object",
    properties: {
      items: {
        type: "array",
        minItems: least,
        maxItems: most,
        items: {
          type: "object",
          properties: {
            segments: { type: "array", minItems: 1, maxItems: marksMost, items: { enum: marks } },
            text: { type: "string", minLength: 1, maxLength: textMost },
            ...(kind === "actions" ? { who: field, when: field } : {}),
          },
        },
      },
    },
  };
}

const noteSchema = z.object({
  segments: z.array(z.string()).max(500),
  // A server is not bound by the grammar: what is many times too long is no sentence.
  text: z.string().max(textMost * 4),
  who: z.string().max(textMost).optional(),
  when: z.string().max(textMost).optional(),
});

/**
 * The notes of an answer. Of one that was cut off those that are whole. A mark that is not in scope is left out and the note
 * called stray, so that the check marks it; a note without words goes: a server may answer anything.
 */
export function readNotes({ text, isWhole }: TextAnswer, marks: ReadonlySet<string>, most: number): readonly Note[] {
  return wholeItems(text, isWhole)
    .slice(0, most)
    .flatMap((item): Note[] => {
      const parsed = noteSchema.safeParse(item);
      if (!parsed.success) return [];
      const cited = [...new Set(parsed.data.segments)];
      const known = cited.filter((mark) => marks.has(mark));
      const words = tidy(parsed.data.text);
      if (!/\p{L}/u.test(words)) return [];
      const [who, when] = [tidy(parsed.data.who ?? ""), tidy(parsed.data.when ?? "")];
      return [
        {
          marks: known.slice(0, marksMost),
          text: words,
          ...(known.length === cited.length ? {} : { stray: true }),
          ...(who === "" ? {} : { who }),
          ...(when === "" ? {} : { when }),
        },
      ];
    });
}

function wholeItems(text: string, isWhole: boolean): readonly unknown[] {
  for (const candidate of isWhole ? [text] : [text, ...mended(text)]) {
    try {
      const { items } = JSON.parse(candidate) as { readonly items?: unknown };
      if (Array.isArray(items)) return items;
    } catch {
      // Cut off elsewhere.
    }
  }
  return [];
}

/** The text up to each closed item, last first, with the list and the object closed behind it. */
function* mended(text: string): Generator<string> {
  for (let end = text.lastIndexOf("}"); end > 0; end = text.lastIndexOf("}", end - 1))
    yield `${text.slice(0, end + 1)}]}`;
}

/** One line, without signs that nobody sees. */
const tidy = (text: string): string =>
  text
    .normalize("NFC")
    .replaceAll(/[\p{C}\p{Z}]+/gu, " ")
    .trim();
