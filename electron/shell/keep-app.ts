// The one app that is open, or the lock in its place. Runs in main.
// Locked, it answers nothing of the content and its key leaves memory: at once, or when the recording or the jobs that
// run have ended. A lock never stops a recording.
import type { App, AppHandlers } from "../app.ts";
import {
  type AppInfo,
  type CallName,
  type Handlers,
  type PolicyState,
  type SnapshotName,
  snapshotNames,
  type Snapshots,
} from "../contract.ts";
import {
  lockedHandlers,
  lockedSnapshots,
  type LockCalls,
  type PlainSettings,
  recordingCalls,
} from "../calls/locked.ts";
import { LyssnaError } from "../errors.ts";
import type { LockReason, LockState } from "../lock-state.ts";
import type { Keyring, Secret } from "../store/keys/keyring.ts";
import { secretCopy } from "../store/keys/secret-bytes.ts";
import { tellFailedTries, tellUnlocking, type NoteEvent } from "../store/keys/tell-unlocking.ts";

/** What calls and windows are answered by, whether it is locked or not. */
export interface ShownApp extends Pick<App, "sound" | "recorder"> {
  readonly handlers: Handlers;
  snapshot<Name extends SnapshotName>(name: Name): Snapshots[Name];
}

export interface KeptApp {
  /** The app, or its lock, as it is now; calls wait for one that is being opened. */
  current(): Promise<ShownApp>;
  isLocked(): boolean;
  /** Shows nothing more at once; resolves when the key has left memory, or is known to stay for what runs. */
  lock(why: LockReason): Promise<void>;
  /** Shows a file that the system handed over: now, or when it is unlocked. */
  openFile(path: string): void;
  close(): Promise<void>;
}

export interface KeepAppOptions {
  /** Opens the app with the key as the keeper gives it out. */
  readonly open: (key: () => Promise<Uint8Array>) => Promise<App>;
  readonly keyring: Keyring;
  readonly info: Omit<AppInfo, "storeError" | "backupAt">;
  /** What a locked window shows itself by. */
  readonly plainSettings: () => PlainSettings;
  /** What the organisation has decided, which is no secret. */
  readonly policy: () => PolicyState;
  readonly onSnapshot: (name: SnapshotName) => void;
}

const keepsRecording: ReadonlySet<string> = new Set(recordingCalls);

/** What has ended may be followed by more at once: a recording by its transcription. */
const settleMs = 1000;

export function keepApp({ open, keyring, info, plainSettings, policy, onSnapshot }: KeepAppOptions): KeptApp {
  let app: App | null = null;
  let locked = true;
  let lockState: LockState = { locked, needs: "nothing", hasRecovery: false, leastLength: 6, working: null };
  /** Every copy of the key that was given out. */
  let given: Uint8Array[] = [];
  let ready: Promise<void> = Promise.resolve();
  let settling: NodeJS.Timeout | undefined;

  /** Opening, locking and closing, one after another. */
  const inTurn = <Result>(run: () => Promise<Result>): Promise<Result> => {
    const result = ready.then(run);
    ready = result.then(
      () => {},
      () => {},
    );
    return result;
  };

  let toOpen: string | null = null;
  const handOver = () => {
    if (app === null || locked || toOpen === null) return;
    const path = toOpen;
    toOpen = null;
    void app.openFile(path).catch(() => {});
  };

  const tellAll = () => {
    handOver();
    for (const name of snapshotNames) onSnapshot(name);
  };

  function forgetKey(): void {
    for (const copy of given) copy.fill(0);
    given = [];
  }

  async function openWith(key: Uint8Array): Promise<void> {
    given.push(key);
    const opened = await open(async () => {
      const copy = secretCopy(key);
      given.push(copy);
      return copy;
    });
    show(opened);
  }

  /** The log is worth no lost minute: what it cannot take now stands in the way of nothing. */
  const told = async (tell: Promise<void>): Promise<void> => tell.catch(() => {});
  const noteFor =
    (opened: App): NoteEvent =>
    (event, more) =>
      opened.noteEvent(event, more);

  function show(opened: App): void {
    app = opened;
    locked = false;
    handOver();
    opened.onSnapshot((name) => {
      onSnapshot(name);
      if (!locked || app !== opened) return;
      clearTimeout(settling);
      settling = setTimeout(() => void look(opened), settleMs);
    });
  }

  /** What runs behind the lock, or null: then there is nothing left to keep the key for. */
  function working(opened: App): LockState["working"] {
    if (opened.snapshot("recording") !== null) return "recording";
    const isBusy =
      opened.snapshot("jobs").some(({ state }) => state === "running" || state === "queued") ||
      opened.snapshot("moving") !== null ||
      [...opened.snapshot("models"), ...opened.snapshot("languageModels")].some(({ state }) => state === "downloading");
    return isBusy ? "jobs" : null;
  }

  async function putDown(opened: App): Promise<void> {
    app = null;
    await opened.close().catch(() => {});
    forgetKey();
  }

  /** Behind the lock something changed: perhaps it was the last that ran. */
  function look(opened: App): Promise<void> {
    return inTurn(async () => {
      if (!locked || app !== opened) return;
      const goesOn = working(opened);
      if (goesOn === null) await putDown(opened);
      if (goesOn === lockState.working) return;
      lockState = { ...lockState, working: goesOn };
      onSnapshot("lock");
    });
  }

  async function lockedAs(needs: LockState["needs"], goesOn: LockState["working"]): Promise<void> {
    const { recoveryMadeAt, leastLength } = await keyring.status();
    lockState = { locked: true, needs, hasRecovery: recoveryMadeAt !== null, leastLength, working: goesOn };
  }

  /** What runs behind the lock is shown again; otherwise the store is opened. */
  const unlock = (secret: Secret, next?: string | null): Promise<void> =>
    inTurn(async () => {
      if (!locked) return;
      if (next !== undefined) await keyring.setPassphrase(secret, next);
      const key = await keyring.open(secret);
      if (app !== null) {
        key.fill(0);
        locked = false;
      } else await openWith(key);
      tellAll();
      if (app !== null) await told(tellUnlocking(keyring, secret.kind, noteFor(app)));
    });

  const lock = async (why: LockReason): Promise<void> => {
    if (locked) return;
    // At once, whatever is being done.
    locked = true;
    lockState = { ...lockState, locked: true, working: app === null ? null : working(app) };
    tellAll();
    await inTurn(async () => {
      if (!locked) return;
      const opened = app;
      if (opened !== null)
        await told(opened.noteEvent("locked", { by: why === "person" ? "person" : "app", code: why }));
      await lockedAs(await keyring.needs().catch(() => "nothing" as const), opened === null ? null : working(opened));
      onSnapshot("lock");
    });
    if (app !== null) await look(app);
  };

  const done = async (work: Promise<void>): Promise<null> => {
    await work;
    return null;
  };
  const secretOf = (passphrase: string | null): Secret =>
    passphrase === null ? { kind: "none" } : { kind: "passphrase", passphrase };

  const lockCalls: LockCalls = {
    "lock.now": () => done(lock("person")),
    "lock.unlock": (passphrase) => done(unlock(secretOf(passphrase))),
    "lock.setUp": (passphrase) =>
      done(
        inTurn(async () => {
          if (!locked || lockState.needs !== "set-up") throw new LyssnaError("locked");
          await openWith(await keyring.setUp(passphrase));
          tellAll();
          if (app !== null) await told(tellUnlocking(keyring, "passphrase", noteFor(app)));
        }),
      ),
    "lock.recover": (code, next) => done(unlock({ kind: "recovery", code }, next)),
  };
  /** A wrong passphrase given in the settings is a try like any other; there the log is open. */
  const withTries = async <Result>(work: Promise<Result>): Promise<Result> => {
    try {
      return await work;
    } catch (error) {
      if (app !== null && !locked) await told(tellFailedTries(keyring, noteFor(app)));
      throw error;
    }
  };
  const keyCalls: Pick<Handlers, Extract<CallName, `key.${string}`>> = {
    "key.status": () => keyring.status(),
    async "key.setPassphrase"(passphrase, next) {
      await withTries(keyring.setPassphrase(secretOf(passphrase), next));
      if (app !== null) await told(app.noteEvent("passphrase-changed", {}));
      return null;
    },
    "key.newRecoveryCode": (passphrase) => withTries(keyring.newRecoveryCode(secretOf(passphrase))),
  };

  /** Damage was mended: the app is opened anew. The window loads its page when the call has been answered. */
  const reopen = (): Promise<void> =>
    inTurn(async () => {
      const [key] = given;
      await app?.close();
      app = null;
      await (key === undefined ? start() : openWith(key));
    });

  const start = async (): Promise<void> => {
    try {
      const needs = await keyring.needs();
      if (needs !== "nothing") return await lockedAs(needs, null);
      await openWith(await keyring.open({ kind: "none" }));
      if (app !== null) await told(tellUnlocking(keyring, "none", noteFor(app)));
    } catch (error) {
      // An app that says why it is closed.
      show(await open(() => Promise.reject(error)));
    }
  };
  void inTurn(start);

  function openHandlers(handlers: AppHandlers): Handlers {
    const guarded = Object.fromEntries(
      Object.entries(handlers).map(([name, handler]) => [
        name,
        async (...args: never[]) => {
          const answer = await (handler as (...values: never[]) => Promise<unknown>)(...args);
          // What was asked before the lock is not told after it.
          if (locked && !keepsRecording.has(name)) throw new LyssnaError("locked");
          return answer;
        },
      ]),
    ) as unknown as AppHandlers;
    return {
      ...guarded,
      ...lockCalls,
      ...keyCalls,
      async "app.restoreBackup"() {
        const { storeError } = await handlers["app.info"]();
        const answer = await handlers["app.restoreBackup"]();
        if (storeError !== null) await reopen();
        return answer;
      },
    };
  }

  return {
    async current() {
      if (app === null) await ready;
      const now = app;
      if (locked || now === null) {
        const behind =
          now === null ? null : { recording: now.snapshot("recording"), settings: now.snapshot("settings") };
        const records = now !== null && now.snapshot("recording") !== null;
        const snapshots = lockedSnapshots(plainSettings(), lockState, policy(), behind);
        return {
          handlers: lockedHandlers(
            { ...info, storeError: null, backupAt: null },
            lockCalls,
            records ? now.handlers : null,
          ),
          snapshot: (name) => snapshots[name],
          sound: null,
          recorder: now?.recorder ?? null,
        };
      }
      return {
        handlers: openHandlers(now.handlers),
        snapshot: (name) => now.snapshot(name),
        sound: now.sound,
        recorder: now.recorder,
      };
    },
    isLocked: () => locked,
    lock,
    openFile(path) {
      toOpen = path;
      handOver();
    },
    async close() {
      await inTurn(async () => {
        const opened = app;
        app = null;
        await opened?.close();
        forgetKey();
      });
    },
  };
}
