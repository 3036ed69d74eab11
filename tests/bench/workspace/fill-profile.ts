// Profiles to measure the window on: one long meeting with its sound, or a library of thousands. Bench only.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { launchApp } from "../../e2e/launch-app.ts";
import { openStoreOf } from "../../e2e/open-store.ts";
import { writeLongSound } from "../../long-sound.ts";
import { makeTranscript, makeVocabulary } from "./many-words.ts";

/** Three hours, 27,000 words. */
export const longShape = { segments: 5000, wordsPerSegment: 5.4, words: true } as const;
const longMinutes = 180;
/** 6,000 words: an hour's talk. */
const usualShape = { segments: 500, wordsPerSegment: 12, words: false } as const;
const batch = 100;

async function makeProfile(dataDir: string) {
  await (await launchApp({ dataDir })).close();
  return openStoreOf(dataDir);
}

/** One meeting of three hours, to be reviewed, with its sound. Answers its id. */
export async function makeLongMeeting(dataDir: string): Promise<string> {
  const store = await makeProfile(dataDir);
  const transcript = makeTranscript(makeVocabulary(), 3, longShape);
  const { id } = await store.createMeeting({
    title: "Tre timmar",
    recordedAt: "2026-03-10T09:02:00",
    language: "sv",
    durationMs: transcript.durationMs,
    status: "to-review",
  });
  await store.saveTranscript(id, transcript);
  await writeLongSound(store.sound, id, longMinutes);
  await store.updateMeeting(id, { hasSound: true, durationMs: longMinutes * 60_000 });
  await store.close();
  return id;
}

/** Says in the profile how many meetings it holds, once it is whole. */
const libraryMade = "library-made";

/**
 * As many meetings as wanted, a few each day, each with an hour's words. What an earlier run made is kept, and gone on
 * from where that was cut off. Answers how many words there are.
 */
export async function makeLibrary(
  dataDir: string,
  meetings: number,
  progress: (line: string) => void,
): Promise<{ readonly words: number }> {
  const words = meetings * usualShape.segments * usualShape.wordsPerSegment;
  const made = join(dataDir, libraryMade);
  if ((await readFile(made, "utf8").catch(() => "")) === String(meetings)) return { words };
  const store = await makeProfile(dataDir);
  const vocabulary = makeVocabulary();
  const first = Date.UTC(2020, 0, 7, 8);
  for (let at = (await store.listMeetings()).length; at < meetings; at++) {
    const recordedAt = new Date(first + at * 5 * 3_600_000).toISOString().slice(0, 19);
    const transcript = { ...makeTranscript(vocabulary, at + 100, usualShape), recordedAt };
    const { id } = await store.createMeeting({
      title: `Samtal ${String(at + 1)}`,
      recordedAt,
      language: "sv",
      durationMs: transcript.durationMs,
      status: at % 3 === 0 ? "to-review" : "approved",
    });
    await store.updateMeeting(id, { caseReference: `2026-${String(at % 700)}` });
    await store.saveTranscript(id, transcript);
    if (at % batch === batch - 1) progress(`library: ${String(at + 1)} of ${String(meetings)} meetings`);
  }
  await store.close();
  await writeFile(made, String(meetings));
  return { words };
}
