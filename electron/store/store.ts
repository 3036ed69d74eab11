// The store as the rest of the app sees it. Runs in main, and does nothing there but pass calls to worker threads.
import { listBackups } from "./backup-files.ts";
import type { SoundCalls } from "./sound-calls.ts";
import { soundStore } from "./sound.ts";
import { runUpkeep, startRole, type StoreOptions, type UpkeepTask } from "./start-role.ts";
import type { StoreRole } from "./store-worker.ts";
import { chainedLog } from "./chained-log.ts";
import { readSegments, readStart, readTranscript, writeTranscript } from "./transcript-pages.ts";
import { moveRows } from "./moving.ts";
import { dropPack } from "./pack-path.ts";
import type { Moving, SoundStore, Store } from "./types.ts";
import type { Caller } from "../thread-calls.ts";

/** A deletion is followed by tidying, and a new backup without what was deleted, once no more come for this long. */
const tidyAfterMs = 5000;
/** Closing waits no longer than this for tidying; what is left is done at the next start. */
const closeWithinMs = 3000;

/** Whatever becomes of the sound becomes of its peaks, before it: a picture of what is gone is never left. */
const soundWithPeaks = (sound: SoundStore, call: Caller<StoreRole>["call"]): SoundStore => ({
  ...sound,
  async create(id) {
    await call("dropPeaks", id);
    return sound.create(id);
  },
  async strike(id, fromMs, toMs) {
    await call("silencePeaks", id, fromMs, toMs);
    await sound.strike(id, fromMs, toMs);
  },
  async delete(id) {
    await call("dropPeaks", id);
    await sound.delete(id);
  },
});

/**
 * Opens the folder's database and sound. The caller holds the folder's lock (lock.ts).
 * @throws store-key-wrong, store-damaged, store-newer, no-room, cannot-write; then nothing was changed
 */
export async function openStore(
  options: StoreOptions,
): Promise<Store & { readonly sound: SoundStore; readonly moving: Moving }> {
  const database = startRole<StoreRole>("store", options);
  const sound = startRole<SoundCalls>("sound", options);
  const upkeeps = new Set<Promise<unknown>>();
  const stop = new AbortController();
  let tidyTimer: NodeJS.Timeout | null = null;
  let tidyWanted = false;

  const { call } = database;
  const log = chainedLog({ call, soundCall: sound.call, clock: options.clock ?? Date.now });

  try {
    await database.open();
    await sound.open();
    await log.takeOver();
    // What a crash left of a move; its key is gone.
    dropPack(options.dir);
  } catch (error) {
    await Promise.all([database.end(), sound.end()]);
    throw error;
  }

  async function upkeep<Result>(task: UpkeepTask<Result>): Promise<Result> {
    const work = runUpkeep(options, task, stop.signal);
    upkeeps.add(work);
    try {
      return await work;
    } finally {
      upkeeps.delete(work);
    }
  }

  /** A backup that could not be made is made at the next chance; it is no reason to disturb anyone. */
  async function tidy(): Promise<void> {
    if (tidyTimer !== null) clearTimeout(tidyTimer);
    tidyTimer = null;
    tidyWanted = false;
    await upkeep((worker) => worker.call("tidy")).catch(() => {});
  }
  void tidy();

  function tidySoon(): void {
    tidyWanted = true;
    if (tidyTimer !== null) clearTimeout(tidyTimer);
    tidyTimer = setTimeout(() => void tidy(), tidyAfterMs);
    tidyTimer.unref();
  }

  return {
    listMeetings: () => call("listMeetings"),
    getMeeting: (id) => call("getMeeting", id),
    createMeeting: (meeting) => call("createMeeting", meeting),
    findFingerprint: (fingerprint) => call("findFingerprint", fingerprint),
    createReport: (report, sources) => call("createReport", report, sources),
    updateMeeting: (id, patch) => call("updateMeeting", id, patch),
    setCaseReference: (ids, caseReference) => call("setCaseReference", ids, caseReference),
    protectIdentity: (ids) => call("protectIdentity", ids),
    async deleteMeeting(id) {
      await call("getMeeting", id);
      await sound.call("noteDeletion", id);
      await sound.call("delete", id);
      await call("deleteMeeting", id);
      tidySoon();
    },

    saveTranscript: (id, transcript) => writeTranscript(id, transcript, call),
    getTranscript: (id) => readTranscript(id, call),
    getTranscriptStart: (id) => readStart(id, call),
    async listSegments(id) {
      return (await readSegments(id, call)).segments;
    },
    editSegments: (id, edits) => call("editSegments", id, edits),
    saveSpeakers: (id, speakers) => call("saveSpeakers", id, speakers),
    makeCorrection: (id, correction) => call("makeCorrection", id, correction),
    undoCorrection: (id) => call("undoCorrection", id),
    redoCorrection: (id) => call("redoCorrection", id),
    listCorrections: (id) => call("listCorrections", id),
    async strikeSegments(id, segmentIds) {
      await call("strikeSegments", id, segmentIds);
      tidySoon();
    },

    addSummary: (id, summary) => call("addSummary", id, summary),
    saveReview: (id, base, summary, asNew) => call("saveReview", id, base, summary, asNew),
    approveSummary: (id, base, name) => call("approveSummary", id, base, name),
    listSummaries: (id) => call("listSummaries", id),
    latestSummary: (id) => call("latestSummary", id),
    listRenditions: (id) => call("listRenditions", id),
    saveRendition: (id, rendition) => call("saveRendition", id, rendition),
    async removeRendition(id, kind) {
      await call("removeRendition", id, kind);
      tidySoon();
    },

    listTemplates: () => call("listTemplates"),
    saveTemplate: (template) => call("saveTemplate", template),
    deleteTemplate: (id) => call("deleteTemplate", id),
    noteTemplateVersion: (template) => call("noteTemplateVersion", template),
    listTemplateVersions: (id) => call("listTemplateVersions", id),
    templateVersion: (id, version) => call("templateVersion", id, version),
    listTemplateDrafts: () => call("listTemplateDrafts"),
    keepTemplateDraft: (draft) => call("keepTemplateDraft", draft),
    dropTemplateDraft: (id) => call("dropTemplateDraft", id),

    getRecording: (id) => call("getRecording", id),
    saveRecording: (id, record) => call("saveRecording", id, record),
    listRunningRecordings: () => call("listRunningRecordings"),
    async withdrawFrom(id, fromMs) {
      await call("withdrawFrom", id, fromMs);
      tidySoon();
    },
    saveOriginal: (id, original) => call("saveOriginal", id, original),
    listOriginals: () => call("listOriginals"),
    dropOriginal: (id) => call("dropOriginal", id),

    listRetentionFacts: () => call("listRetentionFacts"),
    setCaseOpen: (id, open) => call("setCaseOpen", id, open),
    keepUntil: (id, kept) => call("keepUntil", id, kept),
    async takeAway(id, parts) {
      if (parts.includes("sound")) {
        await call("dropPeaks", id);
        await sound.call("delete", id);
      }
      await call("takeAway", id, parts);
      tidySoon();
    },

    noteEvent: log.note,
    readLog: log.read,
    shortenLog: log.shorten,
    getMark: (key) => sound.call("getMark", key),
    setMark: (key, value) => sound.call("setMark", key, value),
    savePeaks: (id, peaks) => call("savePeaks", id, peaks),
    getPeaks: (id) => call("getPeaks", id),

    listTerms: () => call("listTerms"),
    saveTerms: (terms) => call("saveTerms", terms),
    removeTerm: (id) => call("removeTerm", id),
    listRejected: (id) => call("listRejected", id),
    rejectTerms: (id, rejected) => call("rejectTerms", id, rejected),
    getMaskChoice: (id) => call("getMaskChoice", id),
    saveMaskChoice: (id, choice) => call("saveMaskChoice", id, choice),
    getMaskWords: (caseReference) => call("getMaskWords", caseReference),
    saveMaskWords: (caseReference, words) => call("saveMaskWords", caseReference, words),

    search: (query, limit, filter) => call("search", query, limit, filter),

    createJob: (meetingId, task) => call("createJob", meetingId, task),
    listJobs: () => call("listJobs"),
    updateJob: (id, patch) => call("updateJob", id, patch),
    putJobFirst: (id) => call("putJobFirst", id),
    saveArtefact: (id, artefact) => call("saveArtefact", id, artefact),
    listArtefacts: (id, stage) => call("listArtefacts", id, stage),
    clearArtefacts: (id) => call("clearArtefacts", id),

    getSettings: () => call("getSettings"),
    setSetting: (key, value) => call("setSetting", key, value),

    checkIntegrity: () => upkeep((worker) => worker.call("checkIntegrity")),
    backups: () => listBackups(options.dir),
    async close() {
      const timer = setTimeout(() => stop.abort(), closeWithinMs);
      if (tidyWanted) void tidy();
      await Promise.allSettled(upkeeps);
      clearTimeout(timer);
      await call("close").catch(() => {});
      await sound.call("close").catch(() => {});
      await Promise.all([database.end(), sound.end()]);
    },
    sound: soundWithPeaks(soundStore(sound), call),
    moving: moveRows(options.dir, upkeep, sound.call),
  };
}
