// At start: recordings that a crash or a power cut left without an end get one. Runs in main.
// What the disk holds is kept to its last whole page; what somebody had asked to be struck is struck now.
import { LyssnaError, toErrorData } from "../errors.ts";
import { lastPage } from "../opus/ogg-page.ts";
import { endOfPageMs, preSkipOf } from "../opus/opus-stream.ts";
import type { Strike } from "../recorded.ts";
import type { Meeting, MeetingId, SoundStore, Store } from "../store/types.ts";

/**
 * Answers the meetings that were recovered. One that never got any sound is taken away; one whose sound cannot be read is
 * kept as it is and says so, and keeps no other from being recovered.
 */
export async function recoverRecordings(store: Store, sound: SoundStore): Promise<readonly Meeting[]> {
  const recovered: Meeting[] = [];
  for (const id of await store.listRunningRecordings()) {
    const record = await store.getRecording(id);
    if (record === null) continue;
    const wasCutOff = record.endedBy === null;
    let durationMs: number | null = null;
    try {
      if (wasCutOff) durationMs = await endSound(id, sound);
    } catch (error) {
      // Not ended: what could not be read today (another program held the file) may be readable at the next start.
      await store.updateMeeting(id, { status: "failed", hasSound: true, error: toErrorData(error) });
      continue;
    }
    if (wasCutOff && durationMs === 0) {
      await store.deleteMeeting(id);
      continue;
    }
    const strikes: Strike[] = [];
    for (const strike of record.strikes)
      strikes.push({ ...strike, done: strike.done || (await isStruck(id, strike, sound)) });
    const struck = (atMs: number) => strikes.some(({ fromMs, toMs, done }) => done && atMs >= fromMs && atMs <= toMs);
    const marks = record.marks.filter(({ atMs }) => !struck(atMs));
    await store.saveRecording(id, { ...record, strikes, marks, endedBy: record.endedBy ?? "crash" });
    if (durationMs === null) continue;
    recovered.push(
      await store.updateMeeting(id, {
        status: "recorded",
        hasSound: true,
        durationMs,
        recovered: true,
        error: null,
      }),
    );
  }
  return recovered;
}

/** False where there is no room for it yet: the next start tries again. */
const isStruck = (id: MeetingId, { fromMs, toMs }: Strike, sound: SoundStore): Promise<boolean> =>
  sound.strike(id, fromMs, toMs).then(
    () => true,
    () => false,
  );

/** Length in milliseconds of the sound, now ended; 0 where there is none. Throws where there is one that cannot be read. */
async function endSound(id: MeetingId, sound: SoundStore): Promise<number> {
  const unfinished = await sound.unfinished();
  if (unfinished.includes(id)) await sound.settle(id);
  const size = await sizeOf(id, sound);
  if (size === 0) return 0;
  const head = await bytesOf(sound.read(id, 0, Math.min(size, 1 << 12)));
  const tail = await bytesOf(sound.read(id, Math.max(0, size - (1 << 16)), size));
  const page = lastPage(tail);
  if (page === null) throw new LyssnaError("sound-damaged");
  return Math.round(endOfPageMs(page, preSkipOf(head) ?? 0) ?? 0);
}

/** 0 where no sound was ever begun. */
async function sizeOf(id: MeetingId, sound: SoundStore): Promise<number> {
  try {
    return await sound.sizeBytes(id);
  } catch (error) {
    if (toErrorData(error).code === "not-found") return 0;
    throw error;
  }
}

async function bytesOf(parts: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const part of parts) all.push(part);
  return Buffer.concat(all);
}
