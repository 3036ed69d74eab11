// --glossary FILE: says how many words of a list were probably misheard, and corrects the sure ones where it is asked
// to with --glossary-apply. Runs in the command line. Without that, nothing is changed: there is nobody to say yes.
import { basename } from "node:path";
import type { Transcript } from "../formats.ts";
import { applySuggestions } from "../glossary/apply.ts";
import { readGlossary } from "../glossary/glossary-file.ts";
import { suggestTerms } from "../glossary/suggest.ts";
import { usageError } from "./arguments.ts";
import type { Terminal } from "./terminal.ts";

/** Options of parseArgs that every command with a glossary shares. */
export const glossaryOptions = {
  glossary: { type: "string" },
  "glossary-apply": { type: "boolean", default: false },
} as const;

export interface GlossaryChoice {
  readonly glossary?: string | undefined;
  readonly "glossary-apply": boolean;
}

/** Takes the transcript of a file and answers it with its sure words corrected, or as it was. */
export type UseGlossary = (transcript: Transcript, path: string) => Transcript;

/** Reads the list once, before anything is heard. Throws what reading it throws, or usage. */
export async function openGlossary(choice: GlossaryChoice, terminal: Terminal): Promise<UseGlossary> {
  const apply = choice["glossary-apply"];
  if (choice.glossary === undefined) {
    if (apply) throw usageError("option-missing", { option: "--glossary" });
    return (transcript) => transcript;
  }
  const { terms } = await readGlossary(choice.glossary);
  return (transcript, path) => {
    const suggestions = suggestTerms(transcript, terms);
    if (suggestions.length === 0) return transcript;
    const sure = suggestions.filter((suggestion) => suggestion.sure);
    const counts = { file: basename(path), count: String(suggestions.length), sure: String(sure.length) };
    terminal.note(apply ? "glossaryApplied" : "glossaryFound", counts);
    if (!apply) return transcript;
    const changed = new Map(applySuggestions(transcript.segments, sure).map((segment) => [segment.id, segment]));
    return { ...transcript, segments: transcript.segments.map((segment) => changed.get(segment.id) ?? segment) };
  };
}
