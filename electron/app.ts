// The composition root: everything behind the window, put together from what the host gives. Runs in main.
// The same under Electron, under the stand-in and in tests: the host is an argument.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { annexHandlers } from "./calls/annex.ts";
import { correctionHandlers } from "./calls/corrections.ts";
import { identityHandlers, protectingStore, shownJobs } from "./calls/identity.ts";
import { openEngines, serverHandlers } from "./calls/engines.ts";
import { examineHandlers } from "./calls/examine.ts";
import { exportHandlers } from "./calls/exports.ts";
import { glossaryHandlers } from "./calls/glossary.ts";
import { maskingHandlers } from "./calls/masking.ts";
import { importHandlers } from "./calls/imports.ts";
import { logHandlers } from "./calls/log.ts";
import { openRecorder } from "./calls/open-recorder.ts";
import { openOrganisation } from "./calls/organisation.ts";
import { originalHandlers, refreshOriginals as refreshOriginalFiles } from "./calls/originals.ts";
import { watchedFolder } from "./calls/watched-folder.ts";
import { voiceHandlers } from "./calls/voices.ts";
import { meetingHandlers } from "./calls/meetings.ts";
import { openPackages } from "./calls/packages.ts";
import { changesFixed, changesHidden, fixedBy, withinPolicy } from "./calls/policies.ts";
import { openPeaks } from "./calls/peaks.ts";
import { reportHandlers } from "./calls/reports.ts";
import { retentionHandlers } from "./calls/retention.ts";
import { openModelDesk } from "./calls/model-desk.ts";
import { renditionHandlers } from "./calls/renditions.ts";
import { questionHandlers } from "./calls/questions.ts";
import { rewriteHandlers } from "./calls/rewrites.ts";
import { reviewHandlers } from "./calls/reviews.ts";
import { createModels } from "./calls/models.ts";
import { createTemplates, templateHandlers } from "./calls/templates.ts";
import { windowHandlers } from "./calls/windows.ts";
import type { Context, Dialogs } from "./calls/context.ts";
import { closedHandlers } from "./calls/closed.ts";
import {
  type AppInfo,
  defaultSettings,
  type Handlers,
  type RetentionState,
  type Settings,
  settingsSchema,
  type SnapshotName,
  type Snapshots,
} from "./contract.ts";
import { LyssnaError, toErrorData } from "./errors.ts";
import { openSpelling } from "./glossary/run-spelling.ts";
import { createInference } from "./inference/client.ts";
import type { StartInference } from "./inference/protocol.ts";
import { openLock } from "./lock-state.ts";
import { startLiveSession } from "./jobs/live-session.ts";
import { createRunJob } from "./jobs/run-job.ts";
import { keepTuning } from "./jobs/keep-tuning.ts";
import { readKnowledge } from "./jobs/machine-knowledge.ts";
import { holdLanguage } from "./jobs/hold-language.ts";
import { createJobRunner } from "./jobs/runner.ts";
import { isLanguageJob } from "./jobs/summarise-with.ts";
import { createSuitedInference } from "./models/suited-inference.ts";
import { type Network, openHere } from "./network.ts";
import type { LiveTextWriter } from "./pipeline/hear-live.ts";
import { findFfmpeg } from "./pipeline/ffmpeg.ts";
import { noPolicy, type PolicyInForce } from "./policy/state.ts";
import type { Recorder } from "./recording/types.ts";
import { recoverRecordings } from "./recording/recover.ts";
import { namesIn, synchronisedBy } from "./retention/synchronised.ts";
import type { LoggedEvent, LogMore } from "./log-events.ts";
import { createSnapshotHub } from "./snapshots.ts";
import { lockFolder } from "./store/lock.ts";
import { latestBackup, restoreBackup } from "./store/backup.ts";
import { openStore } from "./store/store.ts";
import type { Job, Moving, SoundStore, Store } from "./store/types.ts";

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
  /** Reaches servers on this machine, by no proxy; used only where the person has switched one on. */
  readonly fetchHere?: typeof fetch;
  /** Where the installed app carries its own ffmpeg. */
  readonly ffmpegDir?: string | undefined;
  /** Opened for downloads, closed otherwise; counts. None in a host that has no network at all. */
  readonly network?: Network;
  readonly standIn: boolean;
  readonly version: string;
  /** What the organisation has decided for everybody, as it stands on the computer now; without it, nothing. */
  readonly policy?: () => Promise<PolicyInForce>;
  /** The computer's clock, milliseconds since 1970. */
  readonly clock?: () => number;
  /** Whether the computer runs on its battery, and what to call when that changes. Without it, it never does. */
  readonly power?: { onBattery(): boolean; onChange(listener: () => void): void };
}

export type AppHandlers = Omit<Handlers, `lock.${string}` | `key.${string}`>;

export interface App {
  /** Without those of the lock and the key, which whoever keeps the app answers. */
  readonly handlers: AppHandlers;
  snapshot<Name extends SnapshotName>(name: Name): Snapshots[Name];
  onSnapshot(listener: (name: SnapshotName) => void): () => void;
  /** Null when the database could not be opened. */
  readonly sound: SoundStore | null;
  /** Null when the database could not be opened. */
  readonly recorder: Recorder | null;
  /** Shows a file that the system handed over. Nothing where the database could not be opened. */
  openFile(path: string): Promise<void>;
  /** A line in the log of what no call is about. Nothing where the database could not be opened. */
  noteEvent(event: LoggedEvent, more: LogMore): Promise<void>;
  /** Stops jobs where they stand (they go on at the next start) and closes the store. */
  close(): Promise<void>;
}

/** Opens the data folder and answers the app. A database that cannot be opened gives an app that says so. */
export async function createApp(host: AppHost): Promise<App> {
  await mkdir(host.dataDir, { recursive: true });
  const policy = (await host.policy?.()) ?? noPolicy;
  const { clock = Date.now } = host;
  let release = async () => {};
  try {
    const lock = await lockFolder(host.dataDir);
    release = () => lock.release();
    const store = await openStore({ dir: host.dataDir, key: await host.key(), clock });
    return await openApp(host, store, policy, release);
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
      languageModels: [],
      modelTask: null,
      draft: null,
      settings: { ...defaultSettings, ...policy.values },
      fixed: fixedBy(policy, defaultSettings),
      liveText: null,
      recording: null,
      originals: [],
      policy: policy.state,
      retention: noRetentionState,
      lock: openLock,
      changes: {},
      passage: null,
      opened: null,
      moving: null,
    });
    return {
      handlers: closedHandlers(info, restore),
      snapshot: (name) => hub.current(name),
      onSnapshot: (listener) => hub.listen(listener),
      sound: null,
      recorder: null,
      noteEvent: async () => {},
      openFile: async () => {},
      close: () => release(),
    };
  }
}

async function openApp(
  host: AppHost,
  opened: Store & { readonly sound: SoundStore; readonly moving: Moving },
  firstPolicy: PolicyInForce,
  release: () => Promise<void>,
): Promise<App> {
  const settings = () => hub.current("settings");
  const store = protectingStore(opened, settings);
  const modelsDir = join(host.dataDir, "models");
  // Before anything else: what a crash left is whole again before the library is shown.
  const recovered = await recoverRecordings(store, store.sound);
  const kept = async () => validSettings(await store.getSettings());
  const meetings = await store.listMeetings();
  const hub = createSnapshotHub({
    meetings,
    jobs: shownJobs(await store.listJobs(), meetings),
    models: [],
    languageModels: [],
    modelTask: null,
    draft: null,
    settings: await kept(),
    fixed: fixedBy(firstPolicy, await kept()),
    liveText: null,
    recording: null,
    originals: [],
    policy: firstPolicy.state,
    retention: {
      ...noRetentionState,
      synchronisedBy: await synchronisedBy(host.dataDir, { env: process.env, namesIn }),
    },
    lock: openLock,
    changes: {},
    passage: null,
    opened: null,
    moving: null,
  });
  const refreshOriginals = () => refreshOriginalFiles(store, hub);
  const organisation = await openOrganisation({
    store,
    hub,
    first: firstPolicy,
    load: host.policy,
    clock: host.clock ?? Date.now,
    kept,
    async policyChanged() {
      await models.refresh();
      void models.installByPolicy();
    },
  });
  const { keeper, refreshMeetings, lookAtRules } = organisation;
  const policy = () => organisation.policy().state;
  const showJobs = (jobs: readonly Job[]) => hub.set("jobs", shownJobs(jobs, hub.current("meetings")));
  const refreshJobs = async () => showJobs(await store.listJobs());
  const noteChange: Context["noteChange"] = (ids, what) => {
    const changes = { ...hub.current("changes") };
    for (const id of [ids].flat()) {
      const counted = changes[id] ?? { transcript: 0, summary: 0, masking: 0 };
      changes[id] = { ...counted, [what]: counted[what] + 1 };
    }
    hub.set("changes", changes);
  };
  const setSettings = async (patch: Partial<Settings>) => {
    for (const [key, value] of Object.entries(patch)) if (value !== undefined) await store.setSetting(key, value);
    hub.set("settings", await organisation.readSettings());
    if (patch.retention !== undefined) lookAtRules();
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
  const templates = createTemplates(store, policy);
  const models = await createModels({
    modelsDir,
    demonstrationDir: host.demonstrationDir,
    fetch: withinPolicy(host.fetch, policy),
    policy,
    ...(host.network === undefined ? {} : { during: host.network.during }),
    dialogs: host,
    changed: (list) => hub.set("models", list),
    languageChanged: (list) => hub.set("languageModels", list),
    showTask: (task) => hub.set("modelTask", task),
    settings,
    setSettings,
    knowledge: () => readKnowledge(store),
  });
  const askHere = host.fetchHere === undefined ? null : openHere(host.fetchHere);
  const engines = openEngines({
    askHere,
    startInference: host.startInference,
    fileOf: (id) => models.languageFile(id),
    settings,
    setSettings,
    show: (draft) => hub.set("draft", draft),
    makeRoom: () => inference.close(),
  });
  const isLanguage = (job: Job) => isLanguageJob(job, engines);
  const runner = createJobRunner({
    isLanguage,
    store,
    run: createRunJob({
      store,
      sound: store.sound,
      inference,
      ffmpeg: () => findFfmpeg({ env: process.env, bundledDir: host.ffmpegDir }),
      async modelDir(modelId) {
        const dir = await models.dirOf(modelId);
        // Before hours of sound are read, not after.
        await inference.checkMemory(dir);
        return dir;
      },
      voicesDir: () => models.voicesDir(),
      engines,
      template: templates.byId,
      refreshMeetings,
      refreshOriginals,
    }),
    onChange: showJobs,
    onPause() {
      inference.close();
      engines.close();
    },
    async onEnd(job) {
      // A summary that was not made leaves the transcript as good as it was.
      if (job.state === "failed" || job.state === "cancelled") {
        const summary = await store.latestSummary(job.meetingId);
        const { segments } = await store.getTranscript(job.meetingId).catch(() => ({ segments: [] }));
        const status = summary !== null ? "to-review" : segments.length > 0 ? "transcribed" : "failed";
        await store.updateMeeting(job.meetingId, { status, error: job.error });
        inference.close();
      }
      if (job.state === "failed")
        await store.noteEvent("job-failed", job.meetingId, { by: "app", code: job.error?.code ?? "unexpected" });
      if (job.state === "done") {
        if (job.task.kind === "process") await store.noteEvent("transcribed", job.meetingId, { by: "app" });
        const { status } = await store.getMeeting(job.meetingId);
        if (status === "to-review") await store.noteEvent("summarised", job.meetingId, { by: "app" });
      }
      await refreshMeetings();
      // What it took tells what an hour takes.
      if (job.state === "done") await models.refresh();
      lookAtRules();
    },
  });
  const isHeld = () =>
    hub.current("recording") !== null || (settings().waitOnBattery && host.power?.onBattery() === true);
  const lookAtLanguage = holdLanguage(runner, isHeld, isLanguage);
  hub.listen((name) => {
    if (name === "recording" || name === "settings") lookAtLanguage();
  });
  host.power?.onChange(lookAtLanguage);
  lookAtLanguage();
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
    policy,
    lookAtRules,
    refreshMeetings,
    refreshJobs,
    refreshOriginals,
    noteChange,
    startLiveText,
  };

  const desk = openModelDesk(context, engines);
  const spelling = openSpelling();
  const peaks = openPeaks(context, () => findFfmpeg({ env: process.env }));
  const recording = openRecorder(context, host.dataDir);
  const imports = importHandlers(context, models.demonstration);
  const watched = watchedFolder(context, (paths) => imports["import.files"]([...paths]));

  const templateParts = templateHandlers(context);
  // Rows move as they are, also those of protected identities: by the store itself.
  const packages = openPackages(context, { store: opened, version: host.version, takeTemplate: templateParts.takeIn });

  await models.refresh();
  void models.installByPolicy();
  // A share that was out of reach at the start, or a package that IT has laid there since.
  const policyInstall = setInterval(() => void models.installByPolicy(), 3_600_000).unref();
  await refreshOriginals();
  runner.wake();
  await recording.goOn(recovered);
  keeper.start();

  let closing: Promise<void> | null = null;
  const closeStore = () =>
    (closing ??= (async () => {
      watched.stop();
      await packages.close();
      await keeper.stop();
      await peaks.close();
      await spelling.close();
      await recording.close();
      clearInterval(policyInstall);
      models.close();
      live?.close();
      desk.stop();
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
      ...identityHandlers(context),
      ...windowHandlers(context),
      ...correctionHandlers(context),
      ...voiceHandlers(context),
      ...maskingHandlers(context),
      ...reportHandlers(context),
      ...recording.handlers,
      ...peaks.handlers,
      ...reviewHandlers(context),
      ...rewriteHandlers(context, engines, desk),
      ...renditionHandlers(context, desk),
      ...questionHandlers(context, desk),
      ...imports,
      ...originalHandlers(context),
      ...watched.handlers,
      ...exportHandlers(context),
      ...glossaryHandlers(context, spelling),
      ...templateParts.handlers,
      ...packages.handlers,
      ...models.handlers,
      ...serverHandlers(askHere, settings),
      ...retentionHandlers(context, keeper),
      ...logHandlers(context),
      "app.network": async () => host.network?.status() ?? { requests: 0, since: "", open: false },
      ...examineHandlers(host, modelsDir),
      ...annexHandlers(context, { dataDir: host.dataDir, modelsDir, version: host.version }),
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
        const isDecided = changesFixed(patch, hub.current("fixed")) || changesHidden(patch, policy(), settings());
        if (isDecided) throw new LyssnaError("setting-fixed");
        await setSettings(patch as Partial<Settings>);
        return null;
      },
    },
    snapshot: (name) => hub.current(name),
    onSnapshot: (listener) => hub.listen(listener),
    sound: store.sound,
    recorder: recording.recorder,
    openFile: (path) => packages.open(path),
    noteEvent: (event, more) => store.noteEvent(event, null, more),
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

const noRetentionState: RetentionState = { clock: "right", synchronisedBy: null, taken: 0 };

/** Settings as kept, each one that is missing or no longer valid as its default. */
function validSettings(kept: Readonly<Record<string, unknown>>): Settings {
  const settings: Record<string, unknown> = { ...defaultSettings };
  for (const [key, schema] of Object.entries(settingsSchema.shape)) {
    const value = schema.safeParse(kept[key]);
    if (value.success) settings[key] = value.data;
  }
  return settingsSchema.parse(settings);
}
