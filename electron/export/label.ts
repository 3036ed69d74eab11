// What every document and every copy says of itself: that a machine helped, and whether a person has reviewed it. Runs
// anywhere.
import type { SummaryVersion } from "../contract.ts";
import { oneLine } from "./clean-text.ts";
import type { ExportTexts } from "./texts.ts";

/** Who approved a summary, and when. */
export interface Review {
  /** May be empty where the name is not known. */
  readonly by: string;
  /** ISO 8601. */
  readonly at: string;
}

/** Null for everything that is not approved: a draft that a person has written in is still a draft. */
export function reviewOf({ state, approvedAt, approvedBy }: SummaryVersion): Review | null {
  return state === "approved" && approvedAt !== undefined ? { by: approvedBy ?? "", at: approvedAt } : null;
}

/** "AI-stött utkast, granskat av Kim Påhitt den 2026-03-12", or "AI-stött utkast, ej granskat". */
export function labelOf(review: Review | null, texts: ExportTexts): string {
  if (review === null) return texts.draft;
  const name = oneLine(review.by);
  return (name === "" ? texts.reviewedUnnamed : texts.reviewed)
    .replace("{name}", () => name)
    .replace("{date}", () => oneLine(review.at).slice(0, 10));
}
