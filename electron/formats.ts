// The public formats: transcript/1, template/1, summary/1 and glossary/1, as zod schemas with their types derived.
// Runs anywhere (no Node, no DOM). Times are integer milliseconds. Readers keep what they do not know.
import { z } from "zod";

const milliseconds = z.number().int().nonnegative();

/** A person in the meeting. `id` is unique in its transcript; `role` is a word such as "klient" or "tolk". */
export const speakerSchema = z.looseObject({
  id: z.string().min(1),
  name: z.string().optional(),
  role: z.string().optional(),
});

export const wordSchema = z.looseObject({
  text: z.string(),
  startMs: milliseconds,
  endMs: milliseconds,
  confidence: z.number().min(0).max(1).optional(),
});

export const segmentSchema = z.looseObject({
  id: z.string().min(1),
  startMs: milliseconds,
  endMs: milliseconds,
  speaker: z.string().optional(),
  text: z.string(),
  /** What the recogniser wrote, where a person has changed it since. */
  original: z.string().optional(),
  /** Mean probability of the segment's tokens, 0 to 1. */
  confidence: z.number().min(0).max(1).optional(),
  words: z.array(wordSchema).optional(),
  timing: z.enum(["measured", "spread"]).optional(),
  state: z.enum(["ok", "not-transcribed", "struck"]).optional(),
  /** Only where it differs from the transcript's. */
  language: z.string().min(2).optional(),
  /** How surely it is this speaker and nobody else, 0 to 1; absent where a person said so or nothing is known. */
  speakerCertainty: z.number().min(0).max(1).optional(),
  /** A person said who this is. */
  speakerTold: z.boolean().optional(),
  /** True where a person began a new line here, false where one was joined to the line before. */
  newLine: z.boolean().optional(),
  /** ISO 8601, when a person last changed it. */
  changedAt: z.string().optional(),
});

export const transcriptSchema = z.looseObject({
  lyssna: z.literal("transcript/1"),
  title: z.string().optional(),
  /** BCP 47 language of what was said, for example "sv". */
  language: z.string().min(2),
  /** ISO 8601 local date and time at which the meeting began. Relative dates are resolved against it. */
  recordedAt: z.string().optional(),
  durationMs: milliseconds,
  speakers: z.array(speakerSchema),
  segments: z.array(segmentSchema),
  /** ISO 8601, when a person last changed what it says: a summary made before that rests on other words. */
  editedAt: z.string().optional(),
  /** Moments that somebody marked while it was said: "important", "action", "quote" or "own". They weigh in a summary. */
  marks: z
    .array(z.looseObject({ atMs: milliseconds, kind: z.string().max(40) }))
    .max(2000)
    .optional(),
  /** Text that the recogniser gave and that was left out, counted by why: "no-speech", "phantom", "loop". */
  dropped: z.record(z.string(), z.number().int().nonnegative()).optional(),
});

/** What a heading holds, and so how an engine fills it. `manual` belongs to the professional: no engine fills it. */
export const sectionKinds = ["paragraph", "bullets", "quotes", "actions", "timeline", "facts", "manual"] as const;

export const templateSectionSchema = z.looseObject({
  id: z.string().regex(/^[a-z0-9-]{1,64}$/u),
  heading: z.string().trim().min(1).max(200),
  guidance: z.string().max(2000).optional(),
  kind: z.enum(sectionKinds),
  maxItems: z.number().int().min(1).max(200).optional(),
});

export const templateSchema = z.looseObject({
  lyssna: z.literal("template/1"),
  id: z.string().regex(/^[a-z0-9-]{1,64}$/u),
  version: z.number().int().min(1),
  title: z.string().trim().min(1).max(200),
  description: z.string().max(2000).optional(),
  for: z.array(z.string().max(60)).max(20).optional(),
  language: z.string().min(2).max(35),
  owner: z.string().max(200).optional(),
  /** Uses that the organisation rules out, shown where the template is chosen. */
  notFor: z.array(z.string().max(300)).max(20).optional(),
  /** True for templates that by design record that a talk was held and nothing of what was said. */
  refusesContent: z.boolean().optional(),
  sections: z.array(templateSectionSchema).min(1).max(100),
});

export const supportLevels = ["supported", "weak", "unsupported"] as const;

export const summaryItemSchema = z.looseObject({
  text: z.string(),
  /** Ids of the transcript segments that hold it; "m2:s12" in a report over several meetings. */
  segments: z.array(z.string()),
  support: z.enum(supportLevels).optional(),
  /** Why the support is not full, in plain words in the summary's language. */
  reasons: z.array(z.string()).optional(),
  origin: z.enum(["engine", "person"]).optional(),
  /** What an engine wrote and a person changed. It is still judged. */
  edited: z.boolean().optional(),
  /** A person has looked at the passages and stands by it, whatever the check found. */
  confirmed: z.boolean().optional(),
  /** Matters that no passage supports and that may not leave the app unseen: "selfharm", "violence" … */
  flags: z.array(z.string()).optional(),
  /** A language model also pointed to a passage that is not there; that citation was dropped. */
  stray: z.boolean().optional(),
  who: z.string().optional(),
  what: z.string().optional(),
  /** When, in the words that were used. */
  when: z.string().optional(),
  /** The same as an ISO date, where the words could be resolved against the meeting's date. */
  due: z.iso.date().optional(),
  /** In a report over several meetings: said in the last one and in none before. */
  isNew: z.boolean().optional(),
  /** In a report over several meetings: what later meetings say of this action. */
  later: z.array(z.looseObject({ text: z.string(), segments: z.array(z.string()) })).optional(),
});

/** Statements on one thing that cannot all hold, side by side; nothing says which is right. */
export const conflictSchema = z.looseObject({
  /** The thing, in the words that were used. */
  about: z.string(),
  statements: z.array(z.looseObject({ text: z.string(), segments: z.array(z.string()), who: z.string().optional() })),
});

export const summarySectionSchema = z.looseObject({
  id: z.string(),
  heading: z.string(),
  /** The template's kind of this heading, so that documents lay out what it holds; unknown in older summaries. */
  kind: z.enum(sectionKinds).optional(),
  state: z.enum(["filled", "not-mentioned", "left-to-person"]),
  items: z.array(summaryItemSchema),
});

export const summarySchema = z.looseObject({
  lyssna: z.literal("summary/1"),
  template: z.looseObject({ id: z.string(), version: z.number().int(), title: z.string().optional() }),
  engine: z.looseObject({ id: z.string(), version: z.string() }),
  language: z.string(),
  title: z.string().optional(),
  recordedAt: z.string().optional(),
  sections: z.array(summarySectionSchema),
  /** What was said but found no heading: offered to the person, never lost. */
  unplaced: z.array(summaryItemSchema),
  /** What was said to and fro inside the meeting or between meetings, and not settled. */
  conflicts: z.array(conflictSchema).optional(),
  /** Only in a report over several meetings: which meeting "m1", "m2" … stand for. */
  sources: z
    .array(z.looseObject({ id: z.string(), title: z.string().optional(), recordedAt: z.string().optional() }))
    .optional(),
});

export const termKinds = ["name", "place", "term", "abbreviation"] as const;

/** A word of a person's own that a recogniser may mishear. */
export const termSchema = z.looseObject({
  id: z.string().min(1).max(64),
  /** As it is to be written. */
  text: z.string().trim().min(1).max(100),
  kind: z.enum(termKinds),
  /** What was written for it before, and a person corrected. */
  soundsLike: z.array(z.string().trim().min(1).max(100)).max(50).optional(),
  note: z.string().max(500).optional(),
});

export const glossarySchema = z.looseObject({
  lyssna: z.literal("glossary/1"),
  title: z.string().max(200).optional(),
  terms: z.array(termSchema).max(20_000),
});

export type Speaker = z.infer<typeof speakerSchema>;
export type Word = z.infer<typeof wordSchema>;
export type Segment = z.infer<typeof segmentSchema>;
export type Transcript = z.infer<typeof transcriptSchema>;
export type SectionKind = (typeof sectionKinds)[number];
export type TemplateSection = z.infer<typeof templateSectionSchema>;
export type Template = z.infer<typeof templateSchema>;
export type SupportLevel = (typeof supportLevels)[number];
export type SummaryItem = z.infer<typeof summaryItemSchema>;
export type Conflict = z.infer<typeof conflictSchema>;
export type SummarySection = z.infer<typeof summarySectionSchema>;
export type Summary = z.infer<typeof summarySchema>;
export type TermKind = (typeof termKinds)[number];
export type Term = z.infer<typeof termSchema>;
export type Glossary = z.infer<typeof glossarySchema>;
export type InterfaceLanguage = "sv" | "en";
