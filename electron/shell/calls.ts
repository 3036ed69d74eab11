// The window's calls and subscriptions as they arrive in main: who asks, what is asked, with which arguments.
// Runs in main. Every call is answered with data; nothing but a code and its details tells what went wrong.
import type { IpcMain, IpcMainInvokeEvent, WebContents } from "electron";
import { type Answer, type CallName, calls, channels, type SnapshotName, snapshotNames } from "../contract.ts";
import { LyssnaError, toErrorData } from "../errors.ts";
import type { ShownApp } from "./keep-app.ts";
import { isOwnAddress } from "./own-address.ts";

export interface CallOptions {
  /** The app that is open now. Calls that come before it is wait for it. */
  readonly app: () => Promise<Pick<ShownApp, "handlers" | "snapshot">>;
  /** Told of every failure that is not one of ours, for a developer's eyes. */
  readonly onUnexpected?: (call: CallName, error: unknown) => void;
}

export interface CallAnswerer {
  /** Sends the current snapshot to every window that listens. */
  sendSnapshot(name: SnapshotName): Promise<void>;
}

type Listener = Pick<WebContents, "send" | "isDestroyed">;

/** Answers the contract's channels on `ipc`. */
export function answerCalls(ipc: Pick<IpcMain, "handle">, { app, onUnexpected }: CallOptions): CallAnswerer {
  const listeners = new Map<SnapshotName, Set<Listener>>(snapshotNames.map((name) => [name, new Set()]));

  const send = async (name: SnapshotName, to: Iterable<Listener>) => {
    const snapshot = (await app()).snapshot(name);
    for (const listener of to) if (!listener.isDestroyed()) listener.send(channels.snapshot, name, snapshot);
  };

  ipc.handle(channels.call, async (event, name: unknown, args: unknown): Promise<Answer<unknown>> => {
    const known = isOurs(event) && isCallName(name) ? name : null;
    try {
      if (known === null) throw new LyssnaError("bad-call", { what: "call" });
      const parsed = calls[known].args.safeParse(args);
      if (!parsed.success) throw new LyssnaError("bad-call", { what: known });
      const { handlers } = await app();
      // The arguments were parsed by this very call's schema: the two types belong together.
      const handler = handlers[known] as (...values: readonly unknown[]) => Promise<unknown>;
      return { ok: true, value: await handler(...parsed.data) };
    } catch (error) {
      const data = toErrorData(error);
      if (data.code === "unexpected" && known !== null) onUnexpected?.(known, error);
      return { ok: false, error: data };
    }
  });

  ipc.handle(channels.subscribe, async (event, name: unknown): Promise<boolean> => {
    const wanted = snapshotNames.find((snapshot) => snapshot === name);
    if (!isOurs(event) || wanted === undefined) return false;
    const those = listeners.get(wanted);
    for (const listener of those ?? []) if (listener.isDestroyed()) those?.delete(listener);
    await send(wanted, [event.sender]);
    those?.add(event.sender);
    return true;
  });

  return { sendSnapshot: (name) => send(name, listeners.get(name) ?? []) };
}

/** Only the main frame of our own page may ask. A frame that is already gone has no address. */
function isOurs({ senderFrame }: Pick<IpcMainInvokeEvent, "senderFrame">): boolean {
  return senderFrame !== null && senderFrame.parent === null && isOwnAddress(senderFrame.url);
}

const isCallName = (name: unknown): name is CallName => typeof name === "string" && Object.hasOwn(calls, name);
