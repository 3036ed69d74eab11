// What may not leave before a person has dealt with it: statements on self-harm, violence, abuse, addiction or suspicion
// that no passage supports. Runs anywhere.
import { LyssnaError } from "../errors.ts";
import type { Summary } from "../formats.ts";
import { openQuestions } from "./review.ts";

/** Throws unsupported-left with the heading of the first one ("–" for one that found none). */
export function refuseUndealt(summary: Summary): void {
  const first = openQuestions(summary).find(({ why }) => why === "flagged");
  if (first === undefined) return;
  const heading = summary.sections.find(({ id }) => id === first.sectionId)?.heading ?? "–";
  throw new LyssnaError("unsupported-left", { heading });
}
