import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { IpcMainInvokeEvent } from "electron";
import {
  channels,
  defaultSettings,
  type Handlers,
  type Meeting,
  nothingFixed,
  type Snapshots,
} from "../../electron/contract.ts";
import { type ListPiece, withPiece } from "../../electron/list-pieces.ts";
import { openLock } from "../../electron/lock-state.ts";
import { LyssnaError } from "../../electron/errors.ts";
import { noPolicy } from "../../electron/policy/state.ts";
import { answerCalls } from "../../electron/shell/calls.ts";
import type { ShownApp } from "../../electron/shell/keep-app.ts";

const said = "hon sade något hemligt";
const snapshots: Snapshots = {
  meetings: [],
  jobs: [],
  models: [],
  languageModels: [],
  modelTask: null,
  draft: null,
  settings: defaultSettings,
  liveText: null,
  recording: null,
  originals: [],
  fixed: nothingFixed,
  policy: noPolicy.state,
  retention: { clock: "right", synchronisedBy: null, taken: 0 },
  lock: openLock,
  changes: {},
  passage: null,
  opened: null,
  moving: null,
};

/** The app as far as these tests ask it; every other call would be a mistake of the test. */
function fakeApp(handlers: Partial<Handlers>, state: Partial<Snapshots>): Pick<ShownApp, "handlers" | "snapshot"> {
  return { handlers: handlers as Handlers, snapshot: (name) => state[name] ?? snapshots[name] };
}

function setUp(handlers: Partial<Handlers> = {}, state: Partial<Snapshots> = {}) {
  const handled = new Map<string, (event: IpcMainInvokeEvent, ...args: unknown[]) => unknown>();
  const unexpected: string[] = [];
  const answerer = answerCalls(
    { handle: (channel, listener) => void handled.set(channel, listener) },
    { app: async () => fakeApp(handlers, state), onUnexpected: (call) => unexpected.push(call) },
  );
  const sent: unknown[][] = [];
  const sender = { send: (...args: unknown[]) => void sent.push(args), isDestroyed: () => false };
  const invoke = (channel: string, args: readonly unknown[], senderFrame: unknown = ourFrame) =>
    handled.get(channel)?.({ sender, senderFrame } as unknown as IpcMainInvokeEvent, ...args);
  return { answerer, sent, sender, unexpected, call: (...args: unknown[]) => invoke(channels.call, args), invoke };
}

const ourFrame = { url: "lyssna://app/#/meeting/m1", parent: null };

describe("calls", () => {
  test("a call reaches its handler with parsed arguments, and its value comes back", async () => {
    const { call } = setUp({ "meetings.update": async (id, patch) => ({ id, ...patch }) as never });
    assert.deepEqual(await call("meetings.update", ["m1", { title: "  Uppföljning  ", unknown: 1 }]), {
      ok: true,
      value: { id: "m1", title: "Uppföljning" },
    });
  });

  test("unknown names and wrong arguments are refused before any handler", async () => {
    let reached = 0;
    const reach = async () => {
      reached += 1;
      return null;
    };
    const { call } = setUp({ "meetings.delete": reach, "import.files": reach as never });
    for (const [name, args] of [
      ["meetings.burn", []],
      ["toString", []],
      ["__proto__", []],
      [{ toString: () => "meetings.delete" }, ["m1"]],
      ["meetings.delete", []],
      ["meetings.delete", ["m1", "m2"]],
      ["meetings.delete", [["m1"]]],
      ["meetings.delete", "m1"],
      ["meetings.delete", undefined],
      ["import.files", [[]]],
      ["import.files", [["x".repeat(5000)]]],
    ]) {
      const answer = (await call(name, args)) as { ok: boolean; error: { code: string } };
      assert.equal(answer.ok, false);
      assert.equal(answer.error.code, "bad-call");
    }
    assert.equal(reached, 0);
  });

  test("only the main frame of our own page is answered", async () => {
    const { invoke } = setUp({ "meetings.delete": async () => null });
    const call = (frame: unknown) => invoke(channels.call, ["meetings.delete", ["m1"]], frame);
    assert.deepEqual(await call(ourFrame), { ok: true, value: null });
    for (const frame of [
      null,
      { url: "https://example.org/", parent: null },
      { url: "lyssna://app.example.org/", parent: null },
      { url: "lyssna://app", parent: null },
      { url: "about:blank", parent: null },
      { url: "lyssna://app/", parent: ourFrame },
    ]) {
      assert.deepEqual(await call(frame), { ok: false, error: { code: "bad-call", details: { what: "call" } } });
    }
    assert.equal(await invoke(channels.subscribe, ["meetings"], null), false);
  });

  test("errors cross as code and details; what is not ours loses its words and its stack", async () => {
    const failing = setUp({
      "meetings.get": async () => {
        throw new LyssnaError("file-empty", { file: "a.wav" }, { cause: new Error(said) });
      },
      "transcripts.get": async () => {
        throw new Error(said);
      },
    });
    assert.deepEqual(await failing.call("meetings.get", ["m1"]), {
      ok: false,
      error: { code: "file-empty", details: { file: "a.wav" } },
    });
    const answer = await failing.call("transcripts.get", ["m1"]);
    assert.deepEqual(answer, { ok: false, error: { code: "unexpected", details: {} } });
    assert.deepEqual(failing.unexpected, ["transcripts.get"]);
  });
});

describe("snapshots", () => {
  test("a listener gets the current one first, then those it asked for", async () => {
    const { answerer, invoke, sent } = setUp();
    await answerer.sendSnapshot("settings");
    assert.deepEqual(sent, []);
    assert.equal(await invoke(channels.subscribe, ["settings"]), true);
    await answerer.sendSnapshot("settings");
    await answerer.sendSnapshot("meetings");
    const settings = [channels.snapshot, "settings", defaultSettings];
    assert.deepEqual(sent, [settings, settings]);
    assert.equal(await invoke(channels.subscribe, ["everything"]), false);
  });

  test("a long list comes in pieces, each when the one before has been asked past; then only what changes", async () => {
    const meetings = Array.from({ length: 1500 }, (_, at) => ({ id: `m${String(at)}`, title: "" }) as Meeting);
    const state = { meetings: meetings as readonly Meeting[] };
    const { answerer, invoke, sent } = setUp({}, state);
    const pieces = () => sent.map(([, , piece]) => piece as ListPiece<Meeting>);
    await invoke(channels.subscribe, ["meetings"]);
    assert.equal(sent.length, 1);
    await invoke(channels.more, []);
    await invoke(channels.more, [], null);
    assert.equal(sent.length, 2, "a frame that is not ours asks for nothing");
    // A change before all has come begins anew.
    state.meetings = meetings.slice(1);
    await answerer.sendSnapshot("meetings");
    assert.equal(pieces()[2]?.first, true);
    for (let more = 0; more < 4; more++) await invoke(channels.more, []);
    assert.deepEqual(pieces().slice(2).reduce<readonly Meeting[]>(withPiece, []), state.meetings);
    sent.length = 0;
    state.meetings = meetings.slice(2);
    await answerer.sendSnapshot("meetings");
    assert.deepEqual(pieces(), [{ first: false, last: true, put: [], gone: ["m1"] }]);
  });

  test("a window that is gone is sent nothing", async () => {
    const { answerer, invoke, sent, sender } = setUp();
    await invoke(channels.subscribe, ["jobs"]);
    sender.isDestroyed = () => true;
    await answerer.sendSnapshot("jobs");
    assert.equal(sent.length, 1);
  });
});
