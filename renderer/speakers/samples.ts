// Which passages let one hear who somebody is, and which lines nobody is sure of. Pure.
import type { Segment } from "../../electron/formats.ts";

const wantedMs = 4000;
const longestMs = 9000;
const shortestMs = 1200;
/** Below this it may well be somebody else. */
const unsureBelow = 0.6;

/** Somebody was heard, and it may be another. */
export const isUnsure = ({ speakerCertainty, state, text }: Segment): boolean =>
  state !== "struck" && text.trim() !== "" && speakerCertainty !== undefined && speakerCertainty < unsureBelow;

/** The clearest passages of a speaker, at most three, from different parts of the meeting and in its order. */
export function clearSamples(segments: readonly Segment[], speaker: string): readonly Segment[] {
  const own = segments.filter((one) => one.speaker === speaker && one.state !== "struck" && one.text.trim() !== "");
  const length = ({ startMs, endMs }: Segment): number => endMs - startMs;
  const worth = (one: Segment): number =>
    (one.speakerCertainty ?? 1) +
    0.5 * (one.confidence ?? 1) -
    Math.abs(Math.log(Math.min(length(one), longestMs) / wantedMs));
  const audible = own.filter((one) => length(one) >= shortestMs);
  const from = audible.length > 0 ? audible : own;
  const thirds = [0, 1, 2].map((third) =>
    from.slice(Math.floor((third * from.length) / 3), Math.floor(((third + 1) * from.length) / 3)),
  );
  return thirds.flatMap((some) => {
    const [best] = some.toSorted((a, b) => worth(b) - worth(a));
    return best === undefined ? [] : [best];
  });
}

/** So much of a sample is played. */
export const sampleEndMs = ({ startMs, endMs }: Segment): number => Math.min(endMs, startMs + longestMs);

/** True where the name is the one that the app gave: "Talare 2", or none. */
export const isUnnamed = (name: string | undefined): boolean =>
  name === undefined || /^(?:(?:Talare|Speaker) \d+|Okänd talare|Unknown speaker|)$/u.test(name.trim());
