// WebVTT (Teams, Zoom, our own) and SubRip as spoken lines. Runs anywhere.
import { clockPattern, timeMs } from "./clock-time.ts";
import { findSpeakers, splitSpeaker } from "./speaker-prefix.ts";
import type { SpokenLine } from "./spoken-line.ts";

const timing = new RegExp(String.raw`^\s*${clockPattern}\s*-->\s*${clockPattern}(?:\s.*)?$`, "u");

/** True if some line has a cue's times. */
export const hasCues = (text: string): boolean => text.split("\n", 2000).some((line) => timing.test(line));

interface Cue {
  readonly startMs: number;
  readonly endMs: number;
  readonly payload: string;
}

/** Cues in order of time. A cue with several voices becomes a line each, its time shared by length. */
export function parseCues(text: string): readonly SpokenLine[] {
  const cues = findCues(text).toSorted((a, b) => a.startMs - b.startMs);
  const voiced = cues.flatMap((cue) => voicesOf(cue));
  const people = findSpeakers(voiced.filter(({ speaker }) => speaker === undefined).map((line) => line.text));
  return voiced
    .map((line) => (line.speaker === undefined ? { ...line, ...splitSpeaker(line.text, people) } : line))
    .filter((line) => line.text !== "");
}

function findCues(text: string): Cue[] {
  const lines = text.replace(/^\uFEFF/u, "").split("\n");
  const cues: Cue[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const match = timing.exec(lines[at] ?? "");
    if (match === null) continue;
    const payload: string[] = [];
    while ((lines[at + 1] ?? "").trim() !== "" && !timing.test(lines[at + 1] ?? "")) {
      at += 1;
      payload.push((lines[at] ?? "").trim());
    }
    // SubRip without blank lines: the last line before the next times is that cue's number.
    if (timing.test(lines[at + 1] ?? "") && payload.length > 1 && /^\d+$/u.test(payload.at(-1) ?? "")) payload.pop();
    cues.push({ startMs: timeMs(match, 1), endMs: timeMs(match, 5), payload: payload.join(" ") });
  }
  return cues;
}

function voicesOf({ startMs, endMs, payload }: Cue): readonly SpokenLine[] {
  const parts = payload.split(/<v(?:\.[^\s<>]*)?(?:[ \t]([^<>]*))?>/u);
  const lines: { speaker?: string; text: string }[] = [];
  for (let at = 0; at < parts.length; at += 2) {
    const text = plain(parts[at] ?? "");
    const speaker = at === 0 ? "" : plain(parts[at - 1] ?? "");
    if (text !== "") lines.push(speaker === "" ? { text } : { speaker, text });
  }
  const total = lines.reduce((sum, { text }) => sum + text.length, 0);
  let passed = 0;
  return lines.map((line) => {
    const lineStartMs = startMs + Math.round(((endMs - startMs) * passed) / total);
    passed += line.text.length;
    return { ...line, startMs: lineStartMs, endMs: startMs + Math.round(((endMs - startMs) * passed) / total) };
  });
}

const named: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  lrm: "",
  rlm: "",
};

/** A payload without its tags and with its character references as signs. */
function plain(payload: string): string {
  return payload
    .replace(/<\/?(?:v|c|i|b|u|ruby|rt|lang|font)(?:[.\s][^<>]*)?>|<\d[\d:.]*>/giu, "")
    .replace(
      /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,6}));/giu,
      (whole, decimal?: string, hex?: string, name?: string) => {
        if (name !== undefined) return named[name.toLowerCase()] ?? whole;
        const code = decimal === undefined ? Number.parseInt(hex ?? "0", 16) : Number(decimal);
        return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : whole;
      },
    )
    .replace(/\s+/gu, " ")
    .trim();
}
