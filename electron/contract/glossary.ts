// The glossary: its words, where they may have been said, what an edit teaches.
import { z } from "zod";
import { type Term, termSchema } from "../formats.ts";
import type { Lesson, Suggestion } from "../glossary/types.ts";
import { call, id, passage } from "./call.ts";

const offset = z.number().int().nonnegative();
const acceptedSchema = z.object({
  segmentId: id,
  start: offset,
  end: offset,
  heard: z.string().min(1).max(400),
  replacement: z.string().min(1).max(400),
  termId: id,
});

const word = z.string().min(1).max(100);
const language = z.string().max(12);
/** Of the people in the meeting. */
const names = z.array(z.string().max(100)).max(200);

export const glossaryCalls = {
  "glossary.list": call<readonly Term[]>()(z.tuple([])),
  /** Adds a term, or changes the one with the id. Another one that is spelled the same becomes part of it. */
  "glossary.save": call<Term>()(
    z.tuple([
      z.object({
        id: id.optional(),
        text: termSchema.shape.text,
        kind: termSchema.shape.kind,
        soundsLike: termSchema.shape.soundsLike,
        note: termSchema.shape.note,
      }),
    ]),
  ),
  "glossary.remove": call<null>()(z.tuple([id])),
  /** Opens a file dialog and adds what the file holds; answers null if the person thought better of it. */
  "glossary.import": call<{ readonly added: number; readonly changed: number } | null>()(z.tuple([])),
  /** Asks where, writes, and answers the file's path, or null. */
  "glossary.export": call<string | null>()(z.tuple([])),
  /** Those of the words that no dictionary, no term and none of the names knows. */
  "spelling.unknown": call<readonly string[]>()(z.tuple([z.array(word).max(2000), language, names])),
  /** What the word may have been meant to be, likeliest first. */
  "spelling.suggest": call<readonly string[]>()(z.tuple([word, language, names])),

  /** Where a term may have been said in the meeting. Changes nothing. */
  "glossary.suggest": call<readonly Suggestion[]>()(z.tuple([id])),
  /** Puts the terms in; answers how many segments changed. What the recogniser wrote is kept. */
  "glossary.accept": call<number>()(z.tuple([id, z.array(acceptedSchema).min(1).max(10_000)])),
  /** These words for this term are not suggested in this meeting again. */
  "glossary.reject": call<null>()(
    z.tuple([
      id,
      z
        .array(z.object({ termId: id, heard: z.string().min(1).max(400) }))
        .min(1)
        .max(10_000),
    ]),
  ),
  /** What an edit of a passage in a language may teach the glossary; the person is asked before any of it is saved. */
  "glossary.lessons": call<readonly Lesson[]>()(z.tuple([passage, passage, z.string().min(2).max(12)])),
} as const;
