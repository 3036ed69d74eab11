// A summary's actions with a date as a calendar (RFC 5545): an all-day entry each, which every calendar program reads.
// Runs anywhere under Node.
import { createHash } from "node:crypto";
import { LyssnaError } from "../errors.ts";
import type { InterfaceLanguage, Summary } from "../formats.ts";
import { type Action, actionsOf } from "./dated-actions.ts";
import { labelOf, type Review } from "./label.ts";
import { exportTexts } from "./texts.ts";

/**
 * The same summary gives the same entries, so that bringing it in twice makes no doubles. `madeAt` is the moment of the
 * export. Throws no-dated-actions.
 */
export function ics(summary: Summary, review: Review | null, language: InterfaceLanguage, madeAt: Date): string {
  const texts = exportTexts(language);
  const label = labelOf(review, texts);
  const dated = actionsOf(summary).filter(({ due }) => due !== "");
  if (dated.length === 0) throw new LyssnaError("no-dated-actions");
  const stamp = `${madeAt.toISOString().slice(0, 19).replaceAll(/[-:]/gu, "")}Z`;
  const taken = new Map<string, number>();
  const entry = (action: Action): string[] => {
    const { what, who, when, due, heading } = action;
    const key = createHash("sha256")
      .update(JSON.stringify([summary.recordedAt, summary.title, action]))
      .digest("hex");
    const double = taken.get(key) ?? 0;
    taken.set(key, double + 1);
    const notes = [
      who === "" ? "" : `${texts.who}: ${who}`,
      when === "" ? "" : `${texts.when}: ${when}`,
      heading === "" ? "" : `${texts.heading}: ${heading}`,
      label,
    ];
    return [
      "BEGIN:VEVENT",
      `UID:${key.slice(0, 32)}-${double}@lyssna`,
      `DTSTAMP:${stamp}`,
      `DTSTART;VALUE=DATE:${due.replaceAll("-", "")}`,
      `SUMMARY:${escapeText(who === "" ? what : `${what} (${who})`)}`,
      `DESCRIPTION:${notes
        .filter((note) => note !== "")
        .map(escapeText)
        .join("\\n")}`,
      // A day that is marked as busy would hide the free time of whoever brings it in.
      "TRANSP:TRANSPARENT",
      "CLASS:PRIVATE",
      "END:VEVENT",
    ];
  };
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Lyssna//Lyssna//SV",
    ...dated.flatMap(entry),
    "END:VCALENDAR",
  ];
  return `${lines.map(fold).join("\r\n")}\r\n`;
}

/** RFC 5545, 3.3.11. */
const escapeText = (text: string): string =>
  text.replaceAll("\\", "\\\\").replaceAll(";", "\\;").replaceAll(",", "\\,").replaceAll("\n", "\\n");

/** Lines of at most 75 octets, cut between characters; the next one begins with a space (RFC 5545, 3.1). */
function fold(line: string): string {
  const lines: string[] = [];
  let current = "";
  let octets = 0;
  for (const sign of line) {
    const size = Buffer.byteLength(sign);
    if (octets + size > 75) {
      lines.push(current);
      current = " ";
      octets = 1;
    }
    current += sign;
    octets += size;
  }
  return [...lines, current].join("\r\n");
}
