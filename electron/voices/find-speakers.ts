// From kept windows and lines to lines with speakers. Pure; never on main's thread.
import type { Segment, Speaker } from "../formats.ts";
import { assignLines, withVoice } from "./assign-lines.ts";
import { unpackWindows } from "./keep-windows.ts";
import { type Grouped, splitGroup } from "./group-voices.ts";
import { type LineVoice, personOf, regroup, type TimedItem } from "./regroup.ts";
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
  /** What is done; told anew with new lines where nothing is said. */
  readonly again?: Again;
}

/** The lines stay as they are cut, and keep their ids: summaries cite them. */
export type Again =
  /** What a person said of some lines teaches the rest. */
  | { readonly kind: "learn"; readonly speakers: readonly Speaker[] }
  /** There are so many people; those who are known keep their names as far as can be. */
  | { readonly kind: "count"; readonly speakers: readonly Speaker[] }
  /** One speaker is two people. */
  | { readonly kind: "split"; readonly speakers: readonly Speaker[]; readonly speaker: string };

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
  switch (task.again?.kind) {
    case undefined:
      return tellAnew(task, windows);
    case "learn":
      return learn(task, task.again.speakers, windows);
    case "count":
      return recount(task, task.again.speakers, windows);
    case "split":
      return split(task, task.again, windows);
  }
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

function linesOf(task: SpeakerTask, speakers: readonly Speaker[]): readonly LineVoice[] {
  const placeOf = new Map(speakers.map(({ id }, at) => [id, at]));
  return task.segments.flatMap(({ startMs, endMs, speaker, speakerTold }): LineVoice[] => {
    const person = placeOf.get(speaker ?? "");
    return person === undefined ? [] : [{ startMs, endMs, person, told: speakerTold === true }];
  });
}

const isSettled = ({ speakerTold, state }: Segment): boolean => speakerTold === true || state === "struck";

/** What a person said of some lines teaches the rest; those lines stay as they were given. */
function learn(task: SpeakerTask, speakers: readonly Speaker[], windows: readonly VoiceWindow[]): FoundSpeakers {
  const lines = linesOf(task, speakers);
  const { turns } = tellTurns(windows, { ...task, group: (items) => regroup(items, lines, speakers.length) });
  const idOf = (person: number): string => speakers[person]?.id ?? speakerId(person);
  const segments = task.segments.map((segment) => {
    const found = isSettled(segment) ? segment : withVoice(segment, turns, idOf);
    return found.speaker === undefined ? segment : found;
  });
  return { speakers, segments };
}

function recount(task: SpeakerTask, speakers: readonly Speaker[], windows: readonly VoiceWindow[]): FoundSpeakers {
  const { turns, people } = tellTurns(windows, task);
  const raw = task.segments.map((segment) => withVoice(segment, turns, (person) => String(person)));
  // Who was known keeps the name where most of what he says is now.
  const shared = new Map<string, number>();
  for (const [at, { speaker, startMs, endMs }] of raw.entries()) {
    const key = `${speaker ?? ""} ${task.segments[at]?.speaker ?? ""}`;
    shared.set(key, (shared.get(key) ?? 0) + endMs - startMs);
  }
  const known = new Map<string, Speaker>();
  for (const [key] of [...shared].toSorted((a, b) => b[1] - a[1])) {
    const [person = "", id = ""] = key.split(" ");
    const speaker = speakers.find((one) => one.id === id);
    if (person === "" || speaker === undefined || known.has(person) || [...known.values()].includes(speaker)) continue;
    known.set(person, speaker);
  }
  const taken = new Set(speakers.map(({ id }) => id));
  for (let person = 0; person < people; person++) {
    if (known.has(String(person))) continue;
    const free = freeSpeaker(taken, task.language);
    taken.add(free.id);
    known.set(String(person), free);
  }
  const segments = raw.map((segment, at) => {
    const before = task.segments[at] ?? segment;
    const speaker = known.get(segment.speaker ?? "");
    return isSettled(before) || speaker === undefined ? before : { ...segment, speaker: speaker.id };
  });
  return { speakers: heardOf([...speakers, ...known.values()], segments), segments };
}

function split(
  task: SpeakerTask,
  { speakers, speaker }: Extract<Again, { kind: "split" }>,
  windows: readonly VoiceWindow[],
): FoundSpeakers {
  const lines = linesOf(task, speakers);
  const place = speakers.findIndex(({ id }) => id === speaker);
  const added = freeSpeaker(new Set(speakers.map(({ id }) => id)), task.language);
  const group = (items: readonly TimedItem[]): Grouped => {
    const people = items.map((item) => personOf(item, lines).person);
    const own = items.flatMap((_, at) => (people[at] === place ? [at] : []));
    const position = new Map(own.map((at, row) => [at, row]));
    const halves = splitGroup(
      own.flatMap((at) => {
        const item = items[at];
        if (item === undefined) return [];
        return [{ ...item, apart: item.apart.flatMap((other) => position.get(other) ?? []), before: null }];
      }),
    );
    const groups = people.map((person, at) =>
      person === place && halves?.[position.get(at) ?? 0] === 1 ? speakers.length : person,
    );
    return { groups, certainties: groups.map(() => 1), count: speakers.length + 1 };
  };
  const { turns } = tellTurns(windows, { ...task, group });
  const idOf = (person: number): string => (person === speakers.length ? added.id : (speakers[person]?.id ?? speaker));
  const segments = task.segments.map((segment) => {
    if (isSettled(segment) || segment.speaker !== speaker) return segment;
    const found = withVoice(segment, turns, idOf);
    return found.speaker === added.id ? found : segment;
  });
  return { speakers: heardOf([...speakers, added], segments), segments };
}

/** Speakers who still say something. */
const heardOf = (speakers: readonly Speaker[], segments: readonly Segment[]): readonly Speaker[] => {
  const heard = new Set(segments.map(({ speaker }) => speaker));
  return [...new Set(speakers)].filter(({ id }) => heard.has(id));
};

function freeSpeaker(taken: ReadonlySet<string>, language: string): Speaker {
  for (let at = 0; ; at++) if (!taken.has(speakerId(at))) return unnamedSpeaker(at, language);
}
