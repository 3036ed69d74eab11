// The window's calls and subscriptions as they arrive in main: who asks, what is asked, with which arguments.
// Runs in main. Every call is answered with data; nothing but a code and its details tells what went wrong.
import type { IpcMain, IpcMainInvokeEvent, WebContents } from "electron";
import {
  type Answer,
  type CallName,
  calls,
  channels,
  type Meeting,
  type SnapshotName,
  snapshotNames,
} from "../contract.ts";
import { LyssnaError, toErrorData } from "../errors.ts";
import { type ListPiece, piecesBetween } from "../list-pieces.ts";
import type { ShownApp } from "./keep-app.ts";
import { isOwnAddress } from "./own-address.ts";

export interface CallOptions {
  /** The app that is open now. Calls that come before it is wait for it. */
  readonly app: () => Promise<Pick<ShownApp, "handlers" | "snapshot">>;
  /** Told of every failure that is not one of ours, for a developer's eyes. */
  readonly onUnexpected?: (call: CallName, error: unknown) => void;
}

export interface CallAnswerer {
  /** Sends the current snapshot, or what has changed of the list of meetings, to every window that listens. */
  sendSnapshot(name: SnapshotName): Promise<void>;
}

type Listener = Pick<WebContents, "send" | "isDestroyed">;

/** Answers the contract's channels on `ipc`. */
export function answerCalls(ipc: Pick<IpcMain, "handle">, { app, onUnexpected }: CallOptions): CallAnswerer {
  const listeners = new Map<SnapshotName, Set<Listener>>(snapshotNames.map((name) => [name, new Set()]));

  /** What each window knows of the meetings, and what it has not asked for yet. */
  const known = new WeakMap<
    Listener,
    { readonly meetings: readonly Meeting[]; waiting: readonly ListPiece<Meeting>[] }
  >();

  const send = async (name: SnapshotName, to: Iterable<Listener>) => {
    const { snapshot } = await app();
    for (const listener of to) {
      if (listener.isDestroyed()) continue;
      if (name === "meetings") sendMeetings(listener, snapshot(name));
      else listener.send(channels.snapshot, name, snapshot(name));
    }
  };

  /** A window that still waits for pieces of an older list begins anew. */
  const sendMeetings = (listener: Listener, meetings: readonly Meeting[]) => {
    const now = known.get(listener);
    const before = now?.waiting.length === 0 ? now.meetings : null;
    known.set(listener, { meetings, waiting: piecesBetween(before, meetings) });
    sendPiece(listener);
  };

  const sendPiece = (listener: Listener) => {
    const now = known.get(listener);
    const [piece, ...waiting] = now?.waiting ?? [];
    if (now === undefined || piece === undefined || listener.isDestroyed()) return;
    now.waiting = waiting;
    listener.send(channels.snapshot, "meetings", piece);
  };

  ipc.handle(channels.call, async (event, name: unknown, args: unknown): Promise<Answer<unknown>> => {
    const call = isOurs(event) && isCallName(name) ? name : null;
    try {
      if (call === null) throw new LyssnaError("bad-call", { what: "call" });
      const parsed = calls[call].args.safeParse(args);
      if (!parsed.success) throw new LyssnaError("bad-call", { what: call });
      const { handlers } = await app();
      // The arguments were parsed by this very call's schema: the two types belong together.
      const handler = handlers[call] as (...values: readonly unknown[]) => Promise<unknown>;
      return { ok: true, value: await handler(...parsed.data) };
    } catch (error) {
      const data = toErrorData(error);
      if (data.code === "unexpected" && call !== null) onUnexpected?.(call, error);
      return { ok: false, error: data };
    }
  });

  ipc.handle(channels.subscribe, async (event, name: unknown): Promise<boolean> => {
    const wanted = snapshotNames.find((snapshot) => snapshot === name);
    if (!isOurs(event) || wanted === undefined) return false;
    const those = listeners.get(wanted);
    for (const listener of those ?? []) if (listener.isDestroyed()) those?.delete(listener);
    if (wanted === "meetings") known.delete(event.sender);
    await send(wanted, [event.sender]);
    those?.add(event.sender);
    return true;
  });

  ipc.handle(channels.more, (event) => {
    if (isOurs(event)) sendPiece(event.sender);
  });

  return { sendSnapshot: (name) => send(name, listeners.get(name) ?? []) };
}

/** Only the main frame of our own page may ask. A frame that is already gone has no address. */
function isOurs({ senderFrame }: Pick<IpcMainInvokeEvent, "senderFrame">): boolean {
  return senderFrame !== null && senderFrame.parent === null && isOwnAddress(senderFrame.url);
}

const isCallName = (name: unknown): name is CallName => typeof name === "string" && Object.hasOwn(calls, name);
