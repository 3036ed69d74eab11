// Calls that bring files in: sound and video become jobs, transcripts are read at once. Runs in main.
// Every file gets its row in the library; one that cannot be read says why there, and the others go on.
import { stat } from "node:fs/promises";
import { extname, join } from "node:path";
import type { Handlers, Imported } from "../contract.ts";
import { LyssnaError, toErrorData } from "../errors.ts";
import { fingerprintOf } from "../import/fingerprint.ts";
import { listFolders } from "../import/list-folder.ts";
import { readTranscript, transcriptEndings } from "../import/read-transcript.ts";
import type { Meeting } from "../store/types.ts";
import { defaultTemplateId } from "./default-template.ts";
import { titleOf } from "./meetings.ts";
import type { Context } from "./context.ts";

const isTranscript: ReadonlySet<string> = new Set(transcriptEndings);

type ImportHandlers = Pick<
  Handlers,
  | "import.choose"
  | "import.chooseFolder"
  | "import.list"
  | "import.files"
  | "import.again"
  | "meetings.addDemonstration"
>;

export function importHandlers(context: Context, makeDemonstration: () => Promise<string>): ImportHandlers {
  const { store, runner } = context;

  async function importSound(
    path: string,
    modelId: string,
    demonstration: boolean,
    title: string,
    fingerprint: string | null,
  ): Promise<Meeting> {
    const { spokenLanguage } = context.settings();
    if (modelId === "") throw new LyssnaError("model-missing", { model: "–" });
    const meeting = await store.createMeeting({
      title,
      recordedAt: localTime((await modifiedAt(path)) ?? new Date()),
      language: spokenLanguage === "auto" ? "sv" : spokenLanguage,
      demonstration,
      status: "waiting",
      fingerprint,
    });
    await store.noteEvent("imported", meeting.id, { code: "sound" });
    if (!demonstration) await store.saveOriginal(meeting.id, { path, fingerprint, verified: false, sound: null });
    await store.createJob(meeting.id, {
      kind: "process",
      sourcePath: path,
      modelId,
      language: spokenLanguage,
      templateId: defaultTemplateId(title, context.settings()),
    });
    return meeting;
  }

  async function importTranscript(path: string, fingerprint: string | null): Promise<Meeting> {
    const changed = (await modifiedAt(path)) ?? new Date();
    try {
      const transcript = await readTranscript(path);
      const meeting = await store.createMeeting({
        title: transcript.title?.slice(0, 200) || titleOf(path),
        recordedAt: transcript.recordedAt ?? localTime(changed),
        language: transcript.language,
        durationMs: transcript.durationMs,
        status: "transcribed",
        fingerprint,
      });
      await store.saveTranscript(meeting.id, transcript);
      await store.noteEvent("imported", meeting.id, { code: "transcript" });
      await store.saveOriginal(meeting.id, { path, fingerprint, verified: true, sound: null });
      const templateId = defaultTemplateId(meeting.title, context.settings());
      await store.createJob(meeting.id, { kind: "summarise", templateId });
      return meeting;
    } catch (error) {
      const failed = await store.createMeeting({
        title: titleOf(path),
        recordedAt: localTime(changed),
        language: "sv",
        status: "failed",
      });
      return store.updateMeeting(failed.id, { error: toErrorData(error) });
    }
  }

  async function importFile(path: string, again: boolean): Promise<Imported> {
    // One that cannot be read says so where it is read.
    const fingerprint = await fingerprintOf(path).catch(() => null);
    const before = again || fingerprint === null ? null : await store.findFingerprint(fingerprint);
    if (before !== null) return { ...before, wasThere: { path } };
    return isTranscript.has(extname(path).toLowerCase())
      ? importTranscript(path, fingerprint)
      : importSound(path, context.settings().modelId, false, titleOf(path), fingerprint);
  }

  async function importFiles(paths: readonly string[], again = false): Promise<readonly Imported[]> {
    const meetings: Imported[] = [];
    for (const path of paths) meetings.push(await importFile(path, again));
    await context.refreshMeetings();
    await context.refreshJobs();
    await context.refreshOriginals();
    runner.wake();
    return meetings;
  }

  return {
    async "import.choose"() {
      return importFiles(await context.dialogs.chooseFiles());
    },
    "import.chooseFolder": () => context.dialogs.chooseFolder("conversations"),
    "import.list": (paths) => listFolders(paths),
    "import.files": (paths) => importFiles(paths),
    "import.again": (paths) => importFiles(paths, true),
    async "meetings.addDemonstration"() {
      const title =
        context.settings().interfaceLanguage === "sv" ? "Demonstrationsinspelning" : "Demonstration recording";
      const meeting = await importSound(
        join(await makeDemonstration(), "recording.wav"),
        "demonstration",
        true,
        title,
        null,
      );
      await context.refreshMeetings();
      await context.refreshJobs();
      runner.wake();
      return meeting;
    },
  };
}

async function modifiedAt(path: string): Promise<Date | null> {
  return stat(path).then(
    ({ mtime }) => mtime,
    () => null,
  );
}

/** ISO 8601 local time without zone, as people write it: 2026-03-10T09:02:00. */
export function localTime(date: Date): string {
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 19);
}
