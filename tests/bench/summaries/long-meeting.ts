// A meeting of a wanted length, out of shorter ones: numbers and names differ each time round, so that nothing is said twice.
// Bench only.
import type { Transcript } from "../../../electron/formats.ts";
import { type GoldMeeting, toTranscript } from "./gold-meeting.ts";

const units = ["två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio"];
const tens = ["tjugo", "trettio", "fyrtio", "femtio", "sextio", "sjuttio", "åttio", "nittio"];
const tensAndUnits = tens.flatMap((ten) => units.map((one) => ten + one));
const names = [
  "Alva",
  "Bertil",
  "Carin",
  "Doris",
  "Edvin",
  "Freja",
  "Gunnar",
  "Hedda",
  "Isak",
  "Jonna",
  "Knut",
  "Lovisa",
];

export const wordsOf = ({ segments }: Transcript): number =>
  segments.reduce((sum, { text }) => sum + text.split(/\s+/u).length, 0);

/** A transcript of about `words` words. Its lines are those of the meetings, in turn, each round with other figures and names. */
export function longMeeting(meetings: readonly GoldMeeting[], words: number): Transcript {
  const parts = meetings.map((meeting) => toTranscript(meeting));
  const [first] = parts;
  if (first === undefined) throw new Error("A long meeting needs at least one short one.");
  const segments: Transcript["segments"] = [];
  let count = 0;
  let startMs = 0;
  for (let round = 0; count < words; round += 1)
    for (const part of parts) {
      for (const segment of part.segments) {
        if (count >= words) break;
        const text = varied(segment.text, round);
        const lengthMs = segment.endMs - segment.startMs;
        segments.push({ ...segment, id: `s${String(segments.length + 1)}`, text, startMs, endMs: startMs + lengthMs });
        count += text.split(/\s+/u).length;
        startMs += lengthMs + 200;
      }
    }
  const speakers = new Map(parts.flatMap((part) => (part.speakers ?? []).map((speaker) => [speaker.id, speaker])));
  return { ...first, durationMs: startMs, speakers: [...speakers.values()], segments };
}

function varied(text: string, round: number): string {
  const changed = text
    .replaceAll(
      /\b(?:två|tre|fyra|fem|sex|sju|åtta|nio)\b/giu,
      (word) => units[(units.indexOf(word.toLowerCase()) + round) % units.length] ?? word,
    )
    .replaceAll(
      /\b(?:tjugo|trettio|fyrtio|femtio)(?:ett|två|tre|fyra|fem|sex|sju|åtta|nio)\b/giu,
      (_, at: number) => tensAndUnits[(at + round) % tensAndUnits.length] ?? "",
    )
    .replaceAll(/(?<=\p{Ll} )\p{Lu}\p{Ll}{2,}/gu, (name, at: number) =>
      round === 0 ? name : `${names[(at + round) % names.length] ?? name}${String.fromCodePoint(97 + (round % 26))}`,
    );
  if (changed !== text || round === 0) return changed;
  // Nothing to change: a place is added, so that the line is new.
  const place = `${names[round % names.length] ?? ""}${String.fromCodePoint(97 + (round % 26))}gården`;
  return `${text.replace(/[.?!]$/u, "")} vid ${place}${/[.?!]$/u.exec(text)?.[0] ?? ""}`;
}
