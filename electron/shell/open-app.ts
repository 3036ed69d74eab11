// The one app that is open, and how it is opened again after a backup was restored. Runs in main.
import type { App } from "../app.ts";
import type { SnapshotName } from "../contract.ts";

export interface OpenApp {
  /** The app that is open now; calls wait for one that is being opened. */
  current(): Promise<App>;
  close(): Promise<void>;
}

export interface OpenAppOptions {
  readonly open: () => Promise<App>;
  readonly onSnapshot: (name: SnapshotName) => void;
}

export function keepOpen({ open, onSnapshot }: OpenAppOptions): OpenApp {
  const opened = async () => {
    const app = await open();
    app.onSnapshot(onSnapshot);
    return app;
  };
  let app = opened();
  // Whoever waits for it hears of a failure; nobody waiting must not end the process.
  app.catch(() => {});

  // The window loads its page anew when the restoring call has been answered.
  const reopen = async () => {
    const before = app;
    app = before.then((old) => old.close()).then(opened);
    await app;
  };

  return {
    async current() {
      const now = await app;
      return {
        ...now,
        handlers: {
          ...now.handlers,
          async "app.restoreBackup"() {
            const { storeError } = await now.handlers["app.info"]();
            const answer = await now.handlers["app.restoreBackup"]();
            if (storeError !== null) await reopen();
            return answer;
          },
        },
      };
    },
    async close() {
      await (await app).close();
    },
  };
}
