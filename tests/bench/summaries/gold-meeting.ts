// Meetings with gold answers, and what an engine gets to see of them. Bench only.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Transcript } from "../../../electron/formats.ts";
import { seeded } from "../../seeded.ts";

export interface GoldPoint {
  readonly id: string;
  readonly text: string;
  readonly segments: readonly string[];
}

export interface GoldAction {
  readonly id: string;
  readonly who: string;
  readonly what: string;
  readonly when: string;
  readonly segments: readonly string[];
}

/** Something that was said and then corrected, denied, joked or only heard of. */
export interface GoldTrap {
  readonly id: string;
  readonly wrong: string;
  readonly right: string;
  readonly segments: readonly string[];
  readonly right_segments?: readonly string[];
  /** Expressions that all have to be found for a sentence to have fallen into it … */
  readonly wrong_match: readonly string[];
  /** … unless this stands beside. */
  readonly unless?: string;
}

export interface GoldMeeting {
  readonly name: string;
  readonly title: string;
  readonly template: string;
  readonly date: string;
  readonly lang: string;
  readonly segments: readonly {
    readonly id: string;
    readonly speaker: string;
    readonly start: number;
    readonly end: number;
    readonly text: string;
  }[];
  readonly gold: {
    readonly who_alias?: Readonly<Record<string, readonly string[]>>;
    readonly facts: readonly GoldPoint[];
    readonly decisions: readonly GoldPoint[];
    readonly concerns: readonly GoldPoint[];
    readonly voice: readonly GoldPoint[];
    readonly actions: readonly GoldAction[];
    readonly traps: readonly GoldTrap[];
  };
}

export const ownMeetings = fileURLToPath(new URL("../../fixtures/meetings", import.meta.url));

export async function readMeetings(folder: string): Promise<GoldMeeting[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".json")).toSorted();
  return Promise.all(names.map(async (name) => JSON.parse(await readFile(join(folder, name), "utf8")) as GoldMeeting));
}

/** The transcript alone. `anonymous`: speakers have a number and neither name nor role. */
export function toTranscript(meeting: GoldMeeting, anonymous = false): Transcript {
  const speakers = [...new Set(meeting.segments.map(({ speaker }) => speaker))];
  const idOf = (speaker: string): string => String.fromCodePoint(65 + speakers.indexOf(speaker));
  return {
    lyssna: "transcript/1",
    title: meeting.title,
    language: meeting.lang,
    recordedAt: meeting.date,
    durationMs: Math.round(1000 * (meeting.segments.at(-1)?.end ?? 0)),
    speakers: speakers.map((speaker, at) => ({
      id: idOf(speaker),
      ...(anonymous ? { name: `Talare ${String(at + 1)}` } : described(speaker)),
    })),
    segments: meeting.segments.map(({ id, speaker, start, end, text }) => ({
      id,
      startMs: Math.round(start * 1000),
      endMs: Math.round(end * 1000),
      speaker: idOf(speaker),
      text,
    })),
  };
}

/** "Lena/socialsekreterare" is a name and a role, "Rektor" both. */
function described(speaker: string): { readonly name: string; readonly role: string } {
  const [name = "", role = name] = speaker.split("/");
  return { name, role: role.toLowerCase() };
}

/** As a recogniser would give it: lower case, no punctuation, one word in thirty lost, one line in twenty-five on a wrong speaker. */
export function asHeard(meeting: GoldMeeting): GoldMeeting {
  const random = seeded(meeting.segments.length);
  const speakers = [...new Set(meeting.segments.map(({ speaker }) => speaker))];
  return {
    ...meeting,
    segments: meeting.segments.map((segment) => ({
      ...segment,
      speaker:
        random() < 0.04 ? (speakers[Math.floor(random() * speakers.length)] ?? segment.speaker) : segment.speaker,
      text: segment.text
        .toLowerCase()
        .replaceAll(/[.,;:!?”"]/gu, "")
        .split(" ")
        .filter(() => random() > 0.033)
        .join(" "),
    })),
  };
}
