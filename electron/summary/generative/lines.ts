// What was said as lines for a language model: a short mark, who, and the words between quotation marks. Pure.
import type { Transcript } from "../../formats.ts";

export interface TalkLine {
  /** Mark that stands for the segment in prompts and answers: "s1", "s2" … in the order of the talk. */
  readonly mark: string;
  /** The segment's own id; "m2:s12" in a report over several meetings. */
  readonly segment: string;
  readonly text: string;
}

/**
 * Every segment that holds words, in order. What was said is written as a JSON string: nothing in it can close its
 * quotation marks or begin a line of its own, whatever somebody said.
 */
export function talkLines(transcripts: readonly Transcript[]): readonly TalkLine[] {
  const several = transcripts.length > 1;
  const lines: TalkLine[] = [];
  for (const [at, { segments, speakers }] of transcripts.entries()) {
    const names = new Map(speakers.map(({ id, name, role }) => [id, nameOf(name, role)]));
    for (const { id, speaker, text, state } of segments) {
      if (state === "struck" || text.trim() === "") continue;
      const mark = `s${String(lines.length + 1)}`;
      const who = speaker === undefined ? "?" : (names.get(speaker) ?? speaker);
      const meeting = several ? `m${String(at + 1)} ` : "";
      lines.push({
        mark,
        segment: several ? `m${String(at + 1)}:${id}` : id,
        text: `${mark} ${meeting}${plain(who)}: ${quoted(text)}`,
      });
    }
  }
  return lines;
}

/** As data: a JSON string, with every sign that some reader takes for a line's end written out. */
export const quoted = (text: string): string =>
  JSON.stringify(text.normalize("NFC").replaceAll(/\s+/gu, " ").trim()).replaceAll(
    /[\u0085\u2028\u2029]/gu,
    (sign) => `\\u${sign.codePointAt(0)?.toString(16).padStart(4, "0") ?? ""}`,
  );

const nameOf = (name: string | undefined, role: string | undefined): string =>
  name === undefined || name === "" ? (role ?? "?") : role === undefined || role === "" ? name : `${name} (${role})`;

/** A name or role is a person's own text too: one line, without what sets the words apart. */
const plain = (text: string): string =>
  text
    .replaceAll(/[\p{C}\p{Z}]+/gu, " ")
    .replaceAll(/["“”:\\]/gu, "")
    .trim()
    .slice(0, 60) || "?";
