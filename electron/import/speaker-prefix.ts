// Telling "Anna: vi ses" from "Så här: vi ses". Runs anywhere.

/** A label: starts with a capital or a digit, at most six words, no sentence signs, then a colon and text. */
const labelled = /^([\p{Lu}\p{N}][\p{L}\p{M}\p{N} .'’_()/-]{0,59}?)\s?:\s+(?=\S)/u;

/** Share of lines with a label from which the file is taken to be written that way throughout. */
const throughoutShare = 0.6;

/**
 * Finds the labels that are people. A file whose lines mostly begin with a label is written that way; in any other,
 * a label counts once it comes back.
 */
export function findSpeakers(lines: readonly string[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  let filled = 0;
  let withLabel = 0;
  for (const line of lines) {
    if (line.trim() === "") continue;
    filled += 1;
    const label = labelOf(line);
    if (label === null) continue;
    withLabel += 1;
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  const throughout = withLabel >= filled * throughoutShare;
  return new Set([...counts].filter(([, count]) => throughout || count > 1).map(([label]) => label));
}

/** Splits a line into its speaker and the rest; `speaker` is undefined when its label is not one of the people. */
export function splitSpeaker(
  line: string,
  people: ReadonlySet<string>,
): { readonly speaker?: string; readonly text: string } {
  const label = labelOf(line);
  if (label === null || !people.has(label)) return { text: line };
  return { speaker: label, text: line.slice(line.indexOf(":") + 1).trim() };
}

function labelOf(line: string): string | null {
  const label = labelled.exec(line)?.[1]?.trim();
  return label === undefined || label.split(/\s+/u).length > 6 ? null : label;
}
