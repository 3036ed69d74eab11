// The downloads of models that run, and those that stand still: begun, paused, gone on with, dropped. Runs in main.
import type { ModelDownload } from "../contract.ts";
import { type ErrorData, toErrorData } from "../errors.ts";
import type { Catalog, Download } from "../models/catalog.ts";
import { dropDraft, keptOf } from "../models/download-draft.ts";
import { type DownloadOptions, downloadModel, type DownloadProgress } from "../models/download-model.ts";
import { createPaceMeter } from "../models/transfer-pace.ts";

export interface DownloadsOptions {
  readonly modelsDir: string;
  readonly catalog: Catalog;
  readonly fetch: typeof fetch;
  readonly hub: string;
  /** Holds the network open while a download runs. */
  readonly during?: <Result>(download: () => Promise<Result>) => Promise<Result>;
  /** Waits between tries. */
  readonly wait?: DownloadOptions["wait"];
  /** Is called with the id of a model of which more has come, and not more often than a person can read. */
  readonly moved: (id: string) => void;
  /** Is called when one has begun or ended. */
  readonly changed: () => Promise<void>;
}

export interface Downloads {
  /** Begins, or goes on with what was paused. Goes on by itself: its progress and its end are seen by `of` and `errorOf`. */
  start(download: Download, done?: () => Promise<void>): void;
  /** Stops it; what arrived is kept. */
  pause(id: string): void;
  /** Stops it and deletes what arrived. */
  drop(id: string): Promise<void>;
  /** A download that runs or stands still; null where there is none. */
  of(id: string): Promise<ModelDownload | null>;
  /** What the running one shows at this moment, without looking at the disk. */
  current(id: string): ModelDownload | null;
  errorOf(id: string): ErrorData | null;
  forgetError(id: string): void;
  close(): void;
}

interface Running {
  readonly stop: AbortController;
  readonly ended: Promise<void>;
  shown: ModelDownload;
}

const tellEveryMs = 250;
const nothingYet: ModelDownload = {
  running: true,
  doneBytes: 0,
  totalBytes: 0,
  bytesPerSecond: null,
  leftMs: null,
  waiting: false,
};

export function createDownloads(options: DownloadsOptions): Downloads {
  const { modelsDir } = options;
  const running = new Map<string, Running>();
  const errors = new Map<string, ErrorData>();

  async function run(download: Download, stop: AbortController, done: () => Promise<void>): Promise<void> {
    const { id } = download;
    const pace = createPaceMeter();
    let latest: DownloadProgress = { doneBytes: 0, totalBytes: 0, waiting: false };
    // By the clock and not by what comes: a connection that stands still is to be seen standing still.
    const tell = () => {
      const now = running.get(id);
      if (now === undefined || (latest.totalBytes === 0 && !latest.waiting)) return;
      const { doneBytes, totalBytes, waiting } = latest;
      const measured = pace.measure(doneBytes, totalBytes, performance.now());
      now.shown = { running: true, ...latest, ...(waiting ? { bytesPerSecond: null, leftMs: null } : measured) };
      options.moved(id);
    };
    const telling = setInterval(tell, tellEveryMs);
    try {
      const how: DownloadOptions = {
        fetch: options.fetch,
        hub: options.hub,
        hosts: options.catalog.hosts,
        signal: stop.signal,
        ...(options.wait === undefined ? {} : { wait: options.wait }),
        report: (progress) => void (latest = progress),
      };
      const during = options.during ?? ((work) => work());
      await during(() => downloadModel(download, modelsDir, how));
      await done();
    } catch (error) {
      const data = toErrorData(error);
      if (data.code !== "cancelled") errors.set(id, data);
    } finally {
      clearInterval(telling);
    }
  }

  return {
    start(download, done = async () => {}) {
      const { id } = download;
      if (running.has(id)) return;
      errors.delete(id);
      const stop = new AbortController();
      const ended = Promise.withResolvers<void>();
      running.set(id, { stop, ended: ended.promise, shown: nothingYet });
      void (async () => {
        const kept = await keptOf(modelsDir, id);
        const now = running.get(id);
        if (kept !== null && now !== undefined) now.shown = { ...nothingYet, ...kept };
        await options.changed();
        await run(download, stop, done);
        running.delete(id);
        ended.resolve();
        await options.changed();
      })().catch(() => {});
    },
    pause: (id) => running.get(id)?.stop.abort(),
    async drop(id) {
      const now = running.get(id);
      now?.stop.abort();
      await now?.ended;
      errors.delete(id);
      await dropDraft(modelsDir, id);
    },
    async of(id) {
      const now = running.get(id);
      if (now !== undefined) return now.shown;
      const kept = await keptOf(modelsDir, id);
      return kept === null ? null : { ...nothingYet, ...kept, running: false };
    },
    current: (id) => running.get(id)?.shown ?? null,
    errorOf: (id) => errors.get(id) ?? null,
    forgetError: (id) => void errors.delete(id),
    close: () => running.forEach(({ stop }) => stop.abort()),
  };
}
