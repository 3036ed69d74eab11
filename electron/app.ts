// The composition root: everything behind the window, put together from what the host gives. Runs in main.
// The same under Electron, under the stand-in and in tests: the host is an argument.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { correctionHandlers } from "./calls/corrections.ts";
import { exportHandlers } from "./calls/exports.ts";
import { glossaryHandlers } from "./calls/glossary.ts";
import { importHandlers } from "./calls/imports.ts";
import { openRecorder } from "./calls/open-recorder.ts";
import { originalHandlers, refreshOriginals as refreshOriginalFiles } from "./calls/originals.ts";
import { watchedFolder } from "./calls/watched-folder.ts";
import { meetingHandlers } from "./calls/meetings.ts";
import { reportHandlers } from "./calls/reports.ts";
import { reviewHandlers } from "./calls/reviews.ts";
import { createModels } from "./calls/models.ts";
import { createTemplates, templateHandlers } from "./calls/templates.ts";
import type { Context, Dialogs } from "./calls/context.ts";
import { closedHandlers } from "./calls/closed.ts";
import {
  type AppInfo,
  defaultSettings,
  type FixedSettings,
  type Handlers,
  nothingFixed,
  type Settings,
  settingsSchema,
  type SnapshotName,
  type Snapshots,
} from "./contract.ts";
import { LyssnaError, toErrorData } from "./errors.ts";
import { createInference } from "./inference/client.ts";
import type { StartInference } from "./inference/protocol.ts";
import { startLiveSession } from "./jobs/live-session.ts";
import { createRunJob } from "./jobs/run-job.ts";
import { keepTuning } from "./jobs/keep-tuning.ts";
import { createJobRunner } from "./jobs/runner.ts";
import { createSuitedInference } from "./models/suited-inference.ts";
import type { LiveTextWriter } from "./pipeline/hear-live.ts";
import { findFfmpeg } from "./pipeline/ffmpeg.ts";
import type { Recorder } from "./recording/types.ts";
import { recoverRecordings } from "./recording/recover.ts";
import { createSnapshotHub } from "./snapshots.ts";
import { lockFolder } from "./store/lock.ts";
import { latestBackup, restoreBackup } from "./store/backup.ts";
import { openStore } from "./store/store.ts";
import type { SoundStore, Store } from "./store/types.ts";

export interface AppHost extends Dialogs {
  /** Where everything the person has is kept. */
  readonly dataDir: string;
  /** Where the demonstration model and its recording lie, or are made on first use. */
  readonly demonstrationDir: string;
  /** The database key, 32 bytes, from the keychain or a key file. */
  readonly key: () => Promise<Uint8Array>;
  readonly startInference: StartInference;
  /** The one place that owns the network; used only for a model download that a person started. */
  readonly fetch: typeof fetch;
  readonly standIn: boolean;
  readonly version: string;
  /** What the organisation has decided for everybody. */
  readonly fixed?: FixedSettings;
}

export interface App {
  readonly handlers: Handlers;
  snapshot<Name extends SnapshotName>(name: Name): Snapshots[Name];
  onSnapshot(listener: (name: SnapshotName) => void): () => void;
  /** Null when the database could not be opened. */
  readonly sound: SoundStore | null;
  /** Null when the database could not be opened. */
  readonly recorder: Recorder | null;
  /** Stops jobs where they stand (they go on at the next start) and closes the store. */
  close(): Promise<void>;
}

/** Opens the data folder and answers the app. A database that cannot be opened gives an app that says so. */
export async function createApp(host: AppHost): Promise<App> {
  await mkdir(host.dataDir, { recursive: true });
  let release = async () => {};
  try {
    const lock = await lockFolder(host.dataDir);
    release = () => lock.release();
    const store = await openStore({ dir: host.dataDir, key: await host.key() });
    return await openApp(host, store, release);
  } catch (error) {
    const info: AppInfo = {
      ...aboutHost(host),
      storeError: toErrorData(error),
      backupAt: await latestBackup(host.dataDir),
    };
    const restore = async () => restoreBackup(host.dataDir, await host.key());
    const hub = createSnapshotHub({
      meetings: [],
      jobs: [],
      models: [],
      settings: { ...defaultSettings, ...host.fixed?.values },
      fixed: host.fixed ?? nothingFixed,
      liveText: null,
      recording: null,
      originals: [],
    });
    return {
      handlers: closedHandlers(info, restore),
      snapshot: (name) => hub.current(name),
      onSnapshot: (listener) => hub.listen(listener),
      sound: null,
      recorder: null,
      close: () => release(),
    };
  }
}

async function openApp(
  host: AppHost,
  store: Store & { readonly sound: SoundStore },
  release: () => Promise<void>,
): Promise<App> {
  const modelsDir = join(host.dataDir, "models");
  // Before anything else: what a crash left is whole again before the library is shown.
  const recovered = await recoverRecordings(store, store.sound);
  const fixed = host.fixed ?? nothingFixed;
  const readSettings = async () => ({ ...validSettings(await store.getSettings()), ...fixed.values });
  const hub = createSnapshotHub({
    meetings: await store.listMeetings(),
    jobs: await store.listJobs(),
    models: [],
    settings: await readSettings(),
    fixed,
    liveText: null,
    recording: null,
    originals: [],
  });
  const refreshOriginals = () => refreshOriginalFiles(store, hub);
  const refreshMeetings = async () => hub.set("meetings", await store.listMeetings());
  const refreshJobs = async () => hub.set("jobs", await store.listJobs());
  const settings = () => hub.current("settings");
  const setSettings = async (patch: Partial<Settings>) => {
    for (const [key, value] of Object.entries(patch)) if (value !== undefined) await store.setSetting(key, value);
    hub.set("settings", await readSettings());
  };

  const inference = createSuitedInference({
    inference: createInference(host.startInference),
    version: host.version,
    modelsDir,
    computeOn: () => settings().computeOn,
    failedDevice: () => settings().failedDevice || null,
    deviceFailed: (failedDevice) => setSettings({ failedDevice }),
    kept: keepTuning(store),
  });
  const templates = createTemplates(store);
  const models = await createModels({
    modelsDir,
    demonstrationDir: host.demonstrationDir,
    fetch: host.fetch,
    chooseFolder: () => host.chooseFolder("model"),
    changed: (list) => hub.set("models", list),
    chosen: () => settings().modelId,
    choose: (modelId) => setSettings({ modelId }),
  });
  const runner = createJobRunner({
    store,
    run: createRunJob({
      store,
      sound: store.sound,
      inference,
      ffmpeg: () => findFfmpeg({ env: process.env }),
      async modelDir(modelId) {
        const dir = await models.dirOf(modelId);
        // Before hours of sound are read, not after.
        await inference.checkMemory(dir);
        return dir;
      },
      template: templates.byId,
      refreshMeetings,
      refreshOriginals,
    }),
    onChange: (jobs) => hub.set("jobs", jobs),
    onPause: () => inference.close(),
    async onEnd(job) {
      // A summary that was not made leaves the transcript as good as it was.
      if (job.state === "failed" || job.state === "cancelled") {
        const summary = await store.latestSummary(job.meetingId);
        const { segments } = await store.getTranscript(job.meetingId).catch(() => ({ segments: [] }));
        const status = summary !== null ? "to-review" : segments.length > 0 ? "transcribed" : "failed";
        await store.updateMeeting(job.meetingId, { status, error: job.error });
        inference.close();
      }
      await refreshMeetings();
    },
  });
  let live: LiveTextWriter | null = null;
  const startLiveText = (fromMs = 0): LiveTextWriter => {
    live?.close();
    live = startLiveSession({
      runner,
      // A process of its own, on the processor: a meeting that runs is no time to measure or to try a driver.
      inference: createSuitedInference({
        inference: createInference(host.startInference),
        version: host.version,
        modelsDir,
        computeOn: () => "cpu",
        failedDevice: () => null,
        deviceFailed: async () => {},
      }),
      model: models.dirOf(settings().modelId).then((dir) => ({ dir })),
      language: settings().spokenLanguage,
      fromMs,
      show: (text) => hub.set("liveText", text),
    });
    return live;
  };
  const context: Context = {
    store,
    sound: store.sound,
    runner,
    hub,
    dialogs: host,
    templates: templates.all,
    settings,
    setSettings,
    refreshMeetings,
    refreshJobs,
    refreshOriginals,
    startLiveText,
  };

  const recording = openRecorder(context, host.dataDir);
  const imports = importHandlers(context, models.demonstration);
  const watched = watchedFolder(context, (paths) => imports["import.files"]([...paths]));

  await models.refresh();
  await refreshOriginals();
  runner.wake();
  await recording.goOn(recovered);

  let closing: Promise<void> | null = null;
  const closeStore = () =>
    (closing ??= (async () => {
      watched.stop();
      await recording.close();
      models.close();
      live?.close();
      await runner.close();
      inference.close();
      await checked;
      await store.sound.close();
      await store.close();
    })());

  let damaged = false;
  const checked = store.checkIntegrity().then(
    (result) => void (damaged = result === "damaged"),
    () => {},
  );
  return {
    handlers: {
      ...meetingHandlers(context),
      ...correctionHandlers(context),
      ...reportHandlers(context),
      ...recording.handlers,
      ...reviewHandlers(context),
      ...imports,
      ...originalHandlers(context),
      ...watched.handlers,
      ...exportHandlers(context),
      ...glossaryHandlers(context),
      ...templateHandlers(context),
      ...models.handlers,
      "app.info": async () => {
        const backupAt = await latestBackup(host.dataDir);
        const storeError = damaged ? ({ code: "store-damaged", details: { backup: backupAt ?? "–" } } as const) : null;
        return { ...aboutHost(host), storeError, backupAt };
      },
      // Damage that the check found after the database had opened. The host opens the app anew afterwards.
      "app.restoreBackup": async () => {
        if (!damaged) return null;
        await closeStore();
        await restoreBackup(host.dataDir, await host.key());
        return null;
      },
      "settings.set": async (patch) => {
        if (changesFixed(patch, fixed)) throw new LyssnaError("setting-fixed");
        await setSettings(patch as Partial<Settings>);
        return null;
      },
    },
    snapshot: (name) => hub.current(name),
    onSnapshot: (listener) => hub.listen(listener),
    sound: store.sound,
    recorder: recording.recorder,
    async close() {
      await closeStore();
      await release();
    },
  };
}

const aboutHost = (host: AppHost): Pick<AppInfo, "version" | "platform" | "standIn"> => ({
  version: host.version,
  platform: process.platform,
  standIn: host.standIn,
});

/** Whether a change would move what the organisation has fixed; saying the same again moves nothing. */
const changesFixed = (patch: object, { values }: FixedSettings): boolean =>
  Object.entries(patch).some(
    ([key, value]) => Object.hasOwn(values, key) && !isDeepStrictEqual(value, values[key as keyof Settings]),
  );

/** Settings as kept, each one that is missing or no longer valid as its default. */
function validSettings(kept: Readonly<Record<string, unknown>>): Settings {
  const settings: Record<string, unknown> = { ...defaultSettings };
  for (const [key, schema] of Object.entries(settingsSchema.shape)) {
    const value = schema.safeParse(kept[key]);
    if (value.success) settings[key] = value.data;
  }
  return settingsSchema.parse(settings);
}
