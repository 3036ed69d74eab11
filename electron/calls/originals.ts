// Calls about the files that meetings were made of: they lie on the machine as plain sound until a person decides. Runs
// in main. A file is deleted only if it is byte for byte the one that was taken in, and all of it is kept.
import { access } from "node:fs/promises";
import { basename } from "node:path";
import type { Handlers, OriginalFile } from "../contract.ts";
import { LyssnaError } from "../errors.ts";
import { fingerprintOf } from "../import/fingerprint.ts";
import type { SnapshotHub } from "../snapshots.ts";
import type { SoundPick } from "../sound-pick.ts";
import type { Job, Meeting, MeetingId, Store } from "../store/types.ts";
import type { Context } from "./context.ts";
import { defaultTemplateId } from "./default-template.ts";

type OriginalHandlers = Pick<Handlers, "originals.remove" | "originals.keep" | "originals.pick">;

/** Shows those that are still there; what a person moved or deleted is none of our business any more. */
export async function refreshOriginals(store: Store, hub: SnapshotHub): Promise<void> {
  const shown: OriginalFile[] = [];
  const meetings = new Map(hub.current("meetings").map((meeting) => [meeting.id, meeting]));
  for (const [meetingId, { path, verified, stays = false, sound }] of await store.listOriginals()) {
    const file = shownFile(path, meetings.get(meetingId));
    if (await isThere(path)) shown.push({ meetingId, file, verified, stays, sound });
  }
  hub.set("originals", shown);
}

export function originalHandlers(context: Context): OriginalHandlers {
  const { store } = context;

  /** Answers false where it is not the file that was taken in, or where the system refuses. */
  async function remove(id: MeetingId): Promise<boolean> {
    const original = (await store.listOriginals()).get(id);
    if (original === undefined || !original.verified || original.fingerprint === null) return false;
    const { path, fingerprint } = original;
    try {
      if ((await fingerprintOf(path)) !== fingerprint) return false;
      await context.dialogs.trash(path);
    } catch {
      return false;
    }
    if (await isThere(path)) return false;
    await store.noteEvent("original-deleted", id);
    await store.dropOriginal(id);
    return true;
  }

  return {
    async "originals.remove"(ids) {
      const left: MeetingId[] = [];
      for (const id of ids) if (!(await remove(id))) left.push(id);
      await context.refreshOriginals();
      return left;
    },
    async "originals.keep"(ids) {
      const originals = await store.listOriginals();
      for (const id of ids) {
        const original = originals.get(id);
        if (original !== undefined) await store.saveOriginal(id, { ...original, stays: true });
      }
      await context.refreshOriginals();
      return null;
    },
    "originals.pick": (id, pick) => pickSound(id, pick, context),
  };
}

/** Takes the file in anew: another track of it, or its two channels as two people. What was made of it stays till then. */
async function pickSound(id: MeetingId, pick: SoundPick, context: Context): Promise<Job> {
  const { store, sound, runner } = context;
  const meeting = await store.getMeeting(id);
  const original = (await store.listOriginals()).get(id);
  const file = shownFile(original?.path ?? meeting.title, meeting);
  const track = original?.sound?.tracks[pick.track];
  if (original === undefined || track === undefined || !(await isThere(original.path)))
    throw new LyssnaError("file-not-found", { file });
  if (pick.channels === "split" && track.channels !== 2) throw new LyssnaError("not-two-channels", { file });
  const { modelId, spokenLanguage } = context.settings();
  if (modelId === "") throw new LyssnaError("model-missing", { model: "–" });
  for (const { id: jobId } of (await store.listJobs()).filter(({ meetingId }) => meetingId === id))
    await runner.cancel(jobId, { wait: true });
  await sound.delete(id);
  await store.saveOriginal(id, { ...original, verified: false });
  const templateId = (await store.latestSummary(id))?.summary.template.id;
  const job = await store.createJob(id, {
    kind: "process",
    sourcePath: original.path,
    modelId,
    language: spokenLanguage,
    templateId: templateId ?? defaultTemplateId(meeting.title, context.settings()),
    pick,
  });
  await store.updateMeeting(id, { status: "waiting", hasSound: false, error: null });
  await context.refreshOriginals();
  await context.refreshMeetings();
  await context.refreshJobs();
  runner.wake();
  return job;
}

/** A file is often called what the person is called. */
const shownFile = (path: string, meeting: Meeting | undefined): string =>
  meeting?.protectedIdentity ? meeting.title : basename(path);

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
