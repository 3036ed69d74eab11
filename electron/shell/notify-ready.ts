// A quiet word from the system when a meeting is ready or could not be processed, while one looks at something else. Runs
// in main. It names nobody and quotes nothing: it may be read on a locked screen, and the system keeps a list of them.
import type { Job } from "../contract.ts";
import type { InterfaceLanguage } from "../formats.ts";
import { shellText } from "./texts.ts";

export interface Note {
  show(): void;
  close(): void;
  on(event: "click", listener: () => void): unknown;
}

export interface NotifyOptions {
  readonly make: (options: { readonly title: string; readonly body: string; readonly silent: boolean }) => Note;
  /** False while the window is in front, while a conversation is recorded, and where the person wants none. */
  readonly mayShow: () => boolean;
  readonly language: () => InterfaceLanguage;
  readonly onClick: () => void;
}

export interface ReadyNotifier {
  /** With every change of the queue. */
  changed(jobs: readonly Job[]): void;
  /** The window is looked at: what was told is known. */
  seen(): void;
}

const title = "Lyssna";

export function notifyWhenReady({ make, mayShow, language, onClick }: NotifyOptions): ReadyNotifier {
  let before: ReadonlyMap<string, Job["state"]> | null = null;
  let shown: Note | null = null;
  let counts = { ready: 0, failed: 0 };

  const seen = (): void => {
    shown?.close();
    shown = null;
    counts = { ready: 0, failed: 0 };
  };

  function show(): void {
    const text = shellText(language());
    const words = (count: number, one: string, many: string): readonly string[] =>
      count === 0 ? [] : [count === 1 ? one : many.replace("{count}", String(count))];
    shown?.close();
    // One note for all: a night's work is no list of twenty.
    shown = make({
      title,
      body: [
        ...words(counts.ready, text.readyOne, text.readyMany),
        ...words(counts.failed, text.failedOne, text.failedMany),
      ].join(". "),
      silent: true,
    });
    shown.on("click", () => {
      seen();
      onClick();
    });
    shown.show();
  }

  return {
    changed(jobs) {
      const known = before;
      before = new Map(jobs.map(({ id, state }) => [id, state]));
      if (known === null) return;
      const ended = (state: Job["state"]): number =>
        jobs.filter((job) => job.state === state && ["queued", "running"].includes(known.get(job.id) ?? "")).length;
      const [ready, failed] = [ended("done"), ended("failed")];
      if (ready + failed === 0 || !mayShow()) return;
      counts = { ready: counts.ready + ready, failed: counts.failed + failed };
      show();
    },
    seen,
  };
}
