// Our own transcript/1, checked. Runs anywhere.
import { LyssnaError } from "../errors.ts";
import { type Transcript, transcriptSchema } from "../formats.ts";
import type { Reason } from "../reasons.ts";
import { fieldName } from "../field-name.ts";

/** Throws transcript-invalid with the reason; what the schema does not know is kept. */
export function parseTranscriptJson(text: string, file: string): Transcript {
  const invalid = (reason: Reason, details: Readonly<Record<string, string>> = {}) =>
    new LyssnaError("transcript-invalid", { file, reason, ...details });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw invalid("not-json");
  }
  const parsed = transcriptSchema.safeParse(json);
  if (!parsed.success) {
    const path = parsed.error.issues[0]?.path ?? [];
    if (path.length === 0 || path[0] === "lyssna") throw invalid("not-a-transcript");
    throw invalid("field-wrong", { field: fieldName(path) });
  }
  const seen = new Set<string>();
  for (const { id, startMs, endMs } of parsed.data.segments) {
    if (seen.has(id)) throw invalid("duplicate-segment");
    seen.add(id);
    if (endMs < startMs) throw invalid("times-wrong");
  }
  return parsed.data;
}
