// The store as the rest of the app sees it. Runs in main, and does nothing there but pass calls to worker threads.
import { LyssnaError } from "../errors.ts";
import type { Segment, Transcript } from "../formats.ts";
import { listBackups } from "./backup-files.ts";
import type { SoundCalls } from "./sound-calls.ts";
import { soundStore } from "./sound.ts";
import { runUpkeep, startRole, type StoreOptions, type UpkeepTask } from "./start-role.ts";
import type { StoreRole } from "./store-worker.ts";
import type { MeetingId, SoundStore, Store } from "./types.ts";
import type { Caller } from "./worker-calls.ts";

/** A deletion is followed by a new backup without what was deleted, once no more come for this long. */
const backUpAfterMs = 5000;

/**
 * Opens the folder's database and sound. The caller holds the folder's lock (lock.ts).
 * @throws store-key-wrong, store-damaged, store-newer, no-room, cannot-write; then nothing was changed
 */
export async function openStore(options: StoreOptions): Promise<Store & { readonly sound: SoundStore }> {
  const database = startRole<StoreRole>("store", options);
  const sound = startRole<SoundCalls>("sound", options);
  const upkeeps = new Set<Promise<unknown>>();
  let backUpTimer: NodeJS.Timeout | null = null;
  let backUpWanted = false;

  try {
    await database.open();
    await sound.open();
  } catch (error) {
    await Promise.all([database.end(), sound.end()]);
    throw error;
  }

  async function upkeep<Result>(task: UpkeepTask<Result>): Promise<Result> {
    const work = runUpkeep(options, task);
    upkeeps.add(work);
    try {
      return await work;
    } finally {
      upkeeps.delete(work);
    }
  }

  /** A backup that could not be made is made at the next chance; it is no reason to disturb anyone. */
  async function backUp(): Promise<void> {
    if (backUpTimer !== null) clearTimeout(backUpTimer);
    backUpTimer = null;
    backUpWanted = false;
    await upkeep(({ call }) => call("backUp")).catch(() => {});
  }
  void backUp();

  const { call } = database;
  return {
    listMeetings: () => call("listMeetings"),
    getMeeting: (id) => call("getMeeting", id),
    createMeeting: (meeting) => call("createMeeting", meeting),
    updateMeeting: (id, patch) => call("updateMeeting", id, patch),
    async deleteMeeting(id) {
      await call("getMeeting", id);
      await sound.call("noteDeletion", id);
      await sound.call("delete", id);
      await call("deleteMeeting", id);
      backUpWanted = true;
      if (backUpTimer !== null) clearTimeout(backUpTimer);
      backUpTimer = setTimeout(() => void backUp(), backUpAfterMs);
      backUpTimer.unref();
    },

    saveTranscript: (id, transcript) => call("saveTranscript", id, transcript),
    getTranscript: (id) => readTranscript(id, call),
    async listSegments(id) {
      return (await readSegments(id, call)).segments;
    },
    saveSpeakers: (id, speakers) => call("saveSpeakers", id, speakers),

    addSummary: (id, summary) => call("addSummary", id, summary),
    listSummaries: (id) => call("listSummaries", id),
    latestSummary: (id) => call("latestSummary", id),

    listTemplates: () => call("listTemplates"),
    saveTemplate: (template) => call("saveTemplate", template),
    deleteTemplate: (id) => call("deleteTemplate", id),

    search: (query, limit) => call("search", query, limit),

    createJob: (meetingId, task) => call("createJob", meetingId, task),
    listJobs: () => call("listJobs"),
    updateJob: (id, patch) => call("updateJob", id, patch),
    saveArtefact: (id, artefact) => call("saveArtefact", id, artefact),
    listArtefacts: (id, stage) => call("listArtefacts", id, stage),
    clearArtefacts: (id) => call("clearArtefacts", id),

    getSettings: () => call("getSettings"),
    setSetting: (key, value) => call("setSetting", key, value),

    checkIntegrity: () => upkeep((worker) => worker.call("checkIntegrity")),
    backups: () => listBackups(options.dir),
    async close() {
      if (backUpWanted) await backUp();
      await Promise.allSettled(upkeeps);
      await call("close").catch(() => {});
      await sound.call("close").catch(() => {});
      await Promise.all([database.end(), sound.end()]);
    },
    sound: soundStore(sound),
  };
}

type CallDatabase = Caller<StoreRole>["call"];

/** In pages, so that main is never held for long. Starts over if the transcript was saved anew meanwhile. */
async function readSegments(
  id: MeetingId,
  call: CallDatabase,
): Promise<{ readonly revision: string | null; readonly segments: readonly Segment[] }> {
  for (;;) {
    const first = await call("segmentPage", id, 0);
    const segments = [...first.segments];
    let page = first;
    while (page.next !== null && page.revision === first.revision) {
      page = await call("segmentPage", id, page.next);
      segments.push(...page.segments);
    }
    if (page.revision === first.revision) return { revision: first.revision, segments };
  }
}

async function readTranscript(id: MeetingId, call: CallDatabase): Promise<Transcript> {
  for (;;) {
    const { revision, head } = await call("transcriptHead", id);
    const read = await readSegments(id, call);
    if (read.revision === null) throw new LyssnaError("not-found");
    if (read.revision === revision) return { ...head, segments: [...read.segments] } as Transcript;
  }
}
