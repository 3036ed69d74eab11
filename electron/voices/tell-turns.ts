// From what each window heard to who speaks when in the whole recording. Pure; never on main's thread.
import { sampleRateHz } from "../inference/protocol.ts";
import { frameAt, hopSamples, ownFrames, sampleAt, windowFrames, windowSamples } from "./frames.ts";
import { speaks, windowVoices } from "./powerset.ts";
import { type Grouped, groupVoices, type GroupOptions, type VoiceItem } from "./group-voices.ts";
import { linkWindows, type VoiceLink } from "./link-windows.ts";
import type { TimedItem } from "./regroup.ts";
import type { Turn, VoiceWindow } from "./types.ts";

/** A mouth that closes within a word is no end of a turn. */
const shortGapMs = 250;
/** A click is no turn. */
const shortestTurnMs = 120;
/** A voice that no window heard clearly takes its person from the neighbour; it is told as doubtful. */
const inheritedCertainty = 0.5;

export interface TellOptions extends GroupOptions {
  /** How voices become people; left out, by what they are like alone. */
  readonly group?: (items: readonly TimedItem[]) => Grouped;
  /** Windows of the whole recording, heard or not. */
  readonly windowCount: number;
}

export interface Told {
  readonly turns: readonly Turn[];
  readonly people: number;
  readonly items: readonly PlacedItem[];
}

interface PlacedItem extends VoiceItem {
  readonly window: number;
  readonly voice: number;
}

const toMs = (sample: number): number => Math.round((sample * 1000) / sampleRateHz);

/** Windows in order; those that are missing held no speech. */
export function tellTurns(windows: readonly VoiceWindow[], options: TellOptions): Told {
  const links = linksOf(windows);
  const items = itemsOf(windows, links);
  const grouped =
    options.group?.(items.map((item) => ({ ...item, spans: spansOf(windows, item, options.windowCount) }))) ??
    groupVoices(items, options);
  const personOf = peopleOf(windows, links, items, grouped);
  const turns = joinTurns(rawTurns(windows, personOf, options.windowCount));
  return { turns, people: grouped.count, items };
}

/** When an item's voice is heard in the part that its window answers for. */
function spansOf(windows: readonly VoiceWindow[], { window, voice }: PlacedItem, windowCount: number) {
  const here = windows.slice(window, window + 1);
  return rawTurns(here, (_, other) => (other === voice ? { person: 0, certainty: 1 } : null), windowCount);
}

/** For each window the links to the one before. */
function linksOf(windows: readonly VoiceWindow[]): readonly (readonly VoiceLink[])[] {
  return windows.map((window, at) => {
    const before = windows[at - 1];
    return before !== undefined && before.index === window.index - 1 ? linkWindows(before, window) : [];
  });
}

function itemsOf(windows: readonly VoiceWindow[], links: readonly (readonly VoiceLink[])[]): Told["items"] {
  const places = new Map<string, number>();
  let count = 0;
  for (const [at, { voices }] of windows.entries())
    for (const { voice } of voices) places.set(`${at} ${voice}`, count++);
  return windows.flatMap(({ voices }, at) =>
    voices.map(({ voice, cleanMs, embedding }) => {
      const link = links[at]?.find(({ after }) => after === voice);
      return {
        window: at,
        voice,
        embedding,
        // What helped out from beside the window's own weighs little.
        cleanMs: Math.max(100, cleanMs),
        apart: voices.flatMap((other) => (other.voice === voice ? [] : [places.get(`${at} ${other.voice}`) ?? 0])),
        before: link === undefined ? null : (places.get(`${at - 1} ${link.before}`) ?? null),
      };
    }),
  );
}

type PersonOf = (window: number, voice: number) => { readonly person: number; readonly certainty: number } | null;

/** By its own embedding, else by its link to a window that has one. */
function peopleOf(
  windows: readonly VoiceWindow[],
  links: readonly (readonly VoiceLink[])[],
  items: Told["items"],
  { groups, certainties }: Grouped,
): PersonOf {
  const people = new Map<string, { person: number; certainty: number }>();
  for (const [at, { window, voice }] of items.entries()) {
    people.set(`${window} ${voice}`, { person: groups[at] ?? 0, certainty: certainties[at] ?? 0 });
  }
  const inherit = (window: number, voice: number, from: number, fromVoice: number): void => {
    const known = people.get(`${from} ${fromVoice}`);
    if (people.has(`${window} ${voice}`) || known === undefined) return;
    people.set(`${window} ${voice}`, { person: known.person, certainty: known.certainty * inheritedCertainty });
  };
  for (const [at, ofWindow] of links.entries())
    for (const { before, after } of ofWindow) inherit(at, after, at - 1, before);
  for (let at = windows.length - 1; at > 0; at--)
    for (const { before, after } of links[at] ?? []) inherit(at - 1, before, at, after);
  return (window, voice) => people.get(`${window} ${voice}`) ?? null;
}

/** What each window says of the part that it answers for. */
function rawTurns(windows: readonly VoiceWindow[], personOf: PersonOf, windowCount: number): Turn[] {
  const turns: Turn[] = [];
  for (const [at, { index, activity }] of windows.entries()) {
    const { from, to } = ownFrames(index === 0, index === windowCount - 1);
    const startSample = index * hopSamples;
    const edge = (windowSamples - hopSamples) / 2;
    // The windows' own parts meet exactly, wherever the frames lie.
    const msAt = (frame: number): number => {
      if (frame === frameAt(edge) && index > 0) return toMs(startSample + edge);
      if (frame === frameAt(windowSamples - edge) && frame === to) return toMs(startSample + windowSamples - edge);
      const half = (sampleAt(1) - sampleAt(0)) / 2;
      return toMs(startSample + Math.max(0, sampleAt(frame) - half));
    };
    for (let voice = 0; voice < windowVoices; voice++) {
      const who = personOf(at, voice);
      if (who === null) continue;
      for (let frame = from; frame < Math.min(to, windowFrames); frame++) {
        if (!speaks(activity[frame], voice)) continue;
        let end = frame + 1;
        while (end < to && speaks(activity[end], voice)) end++;
        turns.push({ ...who, startMs: msAt(frame), endMs: msAt(end) });
        frame = end;
      }
    }
  }
  return turns;
}

/** One person's turns that touch, or nearly, are one; the certainty is that of most of it. */
function joinTurns(raw: readonly Turn[]): readonly Turn[] {
  const joined: Turn[] = [];
  const open = new Map<number, Turn>();
  for (const turn of raw.toSorted((a, b) => a.startMs - b.startMs || a.endMs - b.endMs)) {
    const last = open.get(turn.person);
    if (last !== undefined && turn.startMs - last.endMs <= shortGapMs) {
      const [before, now] = [last.endMs - last.startMs, Math.max(1, turn.endMs - turn.startMs)];
      open.set(turn.person, {
        ...last,
        endMs: Math.max(last.endMs, turn.endMs),
        certainty: (last.certainty * before + turn.certainty * now) / (before + now),
      });
      continue;
    }
    if (last !== undefined) joined.push(last);
    open.set(turn.person, turn);
  }
  joined.push(...open.values());
  return joined
    .filter(({ startMs, endMs }) => endMs - startMs >= shortestTurnMs)
    .toSorted((a, b) => a.startMs - b.startMs || a.person - b.person);
}
