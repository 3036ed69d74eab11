// From kept windows and lines to lines with speakers. Pure; never on main's thread.
import type { Segment, Speaker } from "../formats.ts";
import { assignLines, withVoice } from "./assign-lines.ts";
import { unpackWindows } from "./keep-windows.ts";
import { type LineVoice, regroup } from "./regroup.ts";
import { tellTurns } from "./tell-turns.ts";
import type { VoiceWindow } from "./types.ts";

export interface SpeakerTask {
  /** As kept, in any order. */
  readonly pieces: readonly Uint8Array[];
  readonly windowCount: number;
  readonly segments: readonly Segment[];
  /** How many people there are; null where nobody knows. */
  readonly people: number | null;
  readonly language: string;
  /** Those there are, where lines were given to some of them by hand: the voices are told apart anew by that. */
  readonly speakers?: readonly Speaker[];
}

export interface FoundSpeakers {
  readonly speakers: readonly Speaker[];
  readonly segments: readonly Segment[];
}

const unnamed: Readonly<Record<string, string>> = { sv: "Talare", en: "Speaker" };

/** A, B … Z, then S27 and on. */
export const speakerId = (at: number): string => (at < 26 ? String.fromCodePoint(65 + at) : `S${String(at + 1)}`);

export const unnamedSpeaker = (at: number, language: string): Speaker => ({
  id: speakerId(at),
  name: `${unnamed[language] ?? unnamed["en"] ?? ""} ${String(at + 1)}`,
});

export function findSpeakers(task: SpeakerTask): FoundSpeakers {
  const windows = task.pieces
    .flatMap((bytes): readonly VoiceWindow[] => unpackWindows(bytes) ?? [])
    .toSorted((a, b) => a.index - b.index);
  return task.speakers === undefined ? tellAnew(task, windows) : learn(task, task.speakers, windows);
}

function tellAnew(task: SpeakerTask, windows: readonly VoiceWindow[]): FoundSpeakers {
  const { turns } = tellTurns(windows, task);
  const segments = assignLines(task.segments, turns, speakerId);
  // Somebody in whose voice no word was written down is nobody in the transcript; the others move up.
  const heard = [...new Set(segments.flatMap(({ speaker }) => (speaker === undefined ? [] : [speaker])))];
  const places = new Map(heard.map((id, at) => [id, at]));
  return {
    speakers: heard.map((_, at) => unnamedSpeaker(at, task.language)),
    segments: segments.map((segment, at) => {
      const place = places.get(segment.speaker ?? "");
      const numbered = { ...segment, id: `s${String(at + 1)}` };
      return place === undefined ? numbered : { ...numbered, speaker: speakerId(place) };
    }),
  };
}

/** What a person said of some lines teaches the rest; those lines stay as they were given. */
function learn(task: SpeakerTask, speakers: readonly Speaker[], windows: readonly VoiceWindow[]): FoundSpeakers {
  const placeOf = new Map(speakers.map(({ id }, at) => [id, at]));
  const lines = task.segments.flatMap(({ startMs, endMs, speaker, speakerTold }): LineVoice[] => {
    const person = placeOf.get(speaker ?? "");
    return person === undefined ? [] : [{ startMs, endMs, person, told: speakerTold === true }];
  });
  const { turns } = tellTurns(windows, {
    ...task,
    group: (items) => regroup(items, lines, speakers.length),
  });
  const idOf = (person: number): string => speakers[person]?.id ?? speakerId(person);
  const segments = task.segments.map((segment) => {
    if (segment.speakerTold === true || segment.state === "struck") return segment;
    const found = withVoice(segment, turns, idOf);
    return found.speaker === undefined ? segment : found;
  });
  return { speakers, segments };
}
