import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { FuseV1Options } from "@electron/fuses";
import type { App, Session, WebContents } from "electron";
import { fuses } from "../../build/fuses.ts";
import { blockRequests, type RequestSession } from "../../electron/shell/block-requests.ts";
import { loadCatalog } from "../../electron/models/catalog.ts";
import { hosts, isDownloadAddress } from "../../electron/shell/download-hosts.ts";
import { guardEverything } from "../../electron/shell/guard-sessions.ts";
import { guardDownloads, guardNavigation } from "../../electron/shell/navigation.ts";
import { isOwnAddress } from "../../electron/shell/own-address.ts";
import { guardDevices, guardPermissions, permissions } from "../../electron/shell/permissions.ts";
import { frames } from "../../electron/shell/stack-frames.ts";
import { windowOptions } from "../../electron/shell/window-options.ts";

/** Keeps what was given to each method, by name. */
function recorder() {
  const given = new Map<string, (...args: never[]) => unknown>();
  const keep = (name: string) => (handler: unknown) => void given.set(name, handler as never);
  return { given, keep };
}

/** Contents whose listeners can be called. */
function fakeContents() {
  const listeners = new Map<string, (event: object, ...rest: unknown[]) => void>();
  const { given, keep } = recorder();
  const contents = {
    on: (name: string, listener: never) => void listeners.set(name, listener),
    setWindowOpenHandler: keep("open"),
  } as unknown as WebContents;
  const isPrevented = (name: string, details: object = {}) => {
    let prevented = false;
    const listener = listeners.get(name);
    assert.ok(listener, `nobody listens to ${name}`);
    listener({ ...details, preventDefault: () => (prevented = true) });
    return prevented;
  };
  return { contents, given, listeners, isPrevented };
}

describe("requests", () => {
  const decide = (isAllowed: (address: string) => boolean) => {
    const { given, keep } = recorder();
    const session = { webRequest: { onBeforeRequest: keep("request") } } as unknown as RequestSession;
    blockRequests(session, isAllowed);
    return (url: string) => {
      let cancelled: boolean | undefined;
      given.get("request")?.({ url } as never, ((answer: { cancel: boolean }) => (cancelled = answer.cancel)) as never);
      return cancelled;
    };
  };

  test("only the window's own address is let through", () => {
    const cancelled = decide(isOwnAddress);
    assert.equal(cancelled("lyssna://app/assets/app.js"), false);
    for (const url of [
      "https://example.org/",
      "http://127.0.0.1:8080/",
      "ws://example.org/",
      "wss://app/",
      "file:///etc/passwd",
      "data:text/html,x",
      "lyssna://other/",
      "lyssna://app.example.org/",
      "lyssna://app@example.org/",
      "ftp://example.org/",
    ]) {
      assert.equal(cancelled(url), true, url);
    }
  });

  test("the hosts are those of the model catalogue", async () => {
    assert.deepEqual([...hosts], (await loadCatalog()).hosts);
  });

  test("a download reaches the model hub's hosts, encrypted, and nothing else", () => {
    const cancelled = decide(isDownloadAddress);
    assert.equal(cancelled("https://huggingface.co/api/models/KBLab/kb-whisper-small/revision/main"), false);
    assert.equal(cancelled("https://cas-bridge.xethub.hf.co/file?signature=1"), false);
    for (const url of [
      "http://huggingface.co/",
      "https://huggingface.co.example.org/",
      "https://nothuggingface.co/",
      "https://huggingface.co:8443/",
      "https://user@huggingface.co/",
      "lyssna://app/",
      "not an address",
    ]) {
      assert.equal(cancelled(url), true, url);
    }
  });
});

test("every session and every page is guarded as it is made", () => {
  const made = new Map<string, (...args: unknown[]) => void>();
  guardEverything({ on: (name: string, listener: never) => void made.set(name, listener) } as unknown as App, false);
  const { given, keep } = recorder();
  made.get("session-created")?.({
    webRequest: { onBeforeRequest: keep("requests") },
    setPermissionCheckHandler: keep("checks"),
    setPermissionRequestHandler: keep("permissions"),
    setDevicePermissionHandler: keep("devices"),
    setDisplayMediaRequestHandler: keep("screens"),
    on: keep("on"),
  });
  assert.deepEqual(
    [...given.keys()].toSorted(),
    ["checks", "devices", "on", "permissions", "requests", "screens"].toSorted(),
  );
  const { contents, isPrevented } = fakeContents();
  made.get("web-contents-created")?.({}, contents);
  assert.equal(isPrevented("will-navigate", { url: "https://example.org/" }), true);
});

const checked = (permission: string, origin: string, media: string) =>
  [null, permission, origin, { mediaType: media, requestingUrl: `${origin}/` }] as unknown as never[];

function asked(
  given: ReadonlyMap<string, (...args: never[]) => unknown>,
  permission: string,
  requestingUrl: string,
  mediaTypes: readonly string[],
): unknown {
  let answer: unknown;
  const callback = (granted: boolean) => (answer = granted);
  given.get("request")?.(...([null, permission, callback, { mediaTypes, requestingUrl }] as unknown as never[]));
  return answer;
}

describe("permissions", () => {
  test("each is refused when checked and when asked for, also one that nobody knows", () => {
    const { given, keep } = recorder();
    guardPermissions({
      setPermissionCheckHandler: keep("check"),
      setPermissionRequestHandler: keep("request"),
      setDevicePermissionHandler: keep("device"),
      setDisplayMediaRequestHandler: keep("display"),
    });
    for (const permission of [...Object.keys(permissions), "not-thought-of-yet", "constructor"]) {
      assert.equal(given.get("check")?.(...checked(permission, "https://example.org", "audio")), false, permission);
      assert.equal(asked(given, permission, "https://example.org/", ["audio"]), false, permission);
      if (permission === "media") continue;
      assert.equal(given.get("check")?.(...checked(permission, "lyssna://app", "audio")), false, permission);
      assert.equal(asked(given, permission, "lyssna://app/", ["audio"]), false, permission);
    }
    assert.equal(given.get("device")?.({} as never), false);
    let streams: unknown;
    given.get("display")?.(
      { audioRequested: true, securityOrigin: "lyssna://app" } as never,
      ((answer: unknown) => (streams = answer)) as never,
    );
    assert.equal(streams, null);
  });

  test("the microphone is for our own page, and the camera for none", () => {
    const { given, keep } = recorder();
    guardPermissions({
      setPermissionCheckHandler: keep("check"),
      setPermissionRequestHandler: keep("request"),
      setDevicePermissionHandler: keep("device"),
      setDisplayMediaRequestHandler: keep("display"),
    });
    for (const [origin, media, isAllowed] of [
      ["lyssna://app", "audio", true],
      ["lyssna://app", "video", false],
      ["lyssna://app", "unknown", false],
      ["lyssna://app.example.org", "audio", false],
      ["https://example.org", "audio", false],
      ["", "audio", false],
    ] as const) {
      assert.equal(given.get("check")?.(...checked("media", origin, media)), isAllowed, `${origin} ${media}`);
      assert.equal(asked(given, "media", `${origin}/#/record`, [media]), isAllowed, `${origin} ${media}`);
    }
    assert.equal(asked(given, "media", "lyssna://app/", ["audio", "video"]), false);
    assert.equal(asked(given, "media", "lyssna://app/", []), false);
  });

  test("the computer's sound comes with a screen, only where the system has it, and only for our own page", async () => {
    for (const [origin, screen, audioRequested, wanted] of [
      ["lyssna://app", { id: "screen:0:0", name: "" }, true, "loopback"],
      ["lyssna://app", null, true, undefined],
      ["lyssna://app", { id: "screen:0:0", name: "" }, false, undefined],
      ["https://example.org", { id: "screen:0:0", name: "" }, true, undefined],
    ] as const) {
      const { given, keep } = recorder();
      guardPermissions(
        {
          setPermissionCheckHandler: keep("check"),
          setPermissionRequestHandler: keep("request"),
          setDevicePermissionHandler: keep("device"),
          setDisplayMediaRequestHandler: keep("display"),
        },
        async () => screen,
      );
      const streams = await new Promise((done) => {
        given.get("display")?.({ audioRequested, securityOrigin: origin } as never, done as never);
      });
      assert.equal((streams as { audio?: string } | null)?.audio, wanted);
    }
  });

  test("no Bluetooth device is chosen by itself", () => {
    const { contents, listeners } = fakeContents();
    guardDevices(contents);
    let prevented = false;
    let chosen: unknown;
    listeners.get("select-bluetooth-device")?.({ preventDefault: () => (prevented = true) }, [{}], (id: string) => {
      chosen = id;
    });
    assert.deepEqual([prevented, chosen], [true, ""]);
  });
});

describe("navigation", () => {
  test("the window stays on its page; nothing else is opened", () => {
    const { contents, given, isPrevented } = fakeContents();
    guardNavigation(contents);
    assert.equal(isPrevented("will-navigate", { url: "lyssna://app/" }), false);
    assert.equal(isPrevented("will-navigate", { url: "lyssna://app/#/settings/about" }), false);
    for (const url of [
      "https://example.org/",
      "lyssna://app/sound/m1",
      "lyssna://other/",
      "file:///etc/passwd",
      "javascript:1",
    ]) {
      assert.equal(isPrevented("will-navigate", { url }), true, url);
      assert.equal(isPrevented("will-frame-navigate", { url, isMainFrame: true }), true, url);
    }
    assert.equal(isPrevented("will-frame-navigate", { url: "lyssna://app/", isMainFrame: false }), true);
    assert.equal(isPrevented("will-redirect", { url: "lyssna://app/" }), true);
    assert.equal(isPrevented("will-attach-webview"), true);
    assert.deepEqual(given.get("open")?.({ url: "lyssna://app/" } as never), { action: "deny" });
  });

  test("nothing is downloaded by the window", () => {
    const { contents, isPrevented } = fakeContents();
    guardDownloads(contents as unknown as Session);
    assert.equal(isPrevented("will-download"), true);
  });
});

test("the window is sandboxed, isolated and without Node", () => {
  const { webPreferences } = windowOptions({
    preloadPath: "/p.cjs",
    session: {} as Session,
    dark: true,
    devTools: false,
  });
  const { preload, session, ...settings } = webPreferences ?? {};
  assert.ok(preload !== undefined && session !== undefined);
  // All of them: one that is added has to be decided about here too.
  assert.deepEqual(settings, {
    devTools: false,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    safeDialogs: true,
    plugins: false,
    images: true,
    webgl: false,
    spellcheck: false,
    backgroundThrottling: false,
  });
});

test("every fuse that Electron has is decided about, and none lets Node's doors stand open", () => {
  const known = Object.values(FuseV1Options).filter((value) => typeof value === "number");
  assert.deepEqual(
    known.filter((fuse) => !(fuse in fuses)),
    [],
  );
  for (const fuse of [
    FuseV1Options.RunAsNode,
    FuseV1Options.EnableNodeOptionsEnvironmentVariable,
    FuseV1Options.EnableNodeCliInspectArguments,
  ] as const) {
    assert.equal(fuses[fuse], false);
  }
});

test("a trace tells where, never what", () => {
  const error = new SyntaxError('Unexpected token "hon sade"', { cause: new Error("något hemligt") });
  const text = frames(error);
  assert.match(text, /SyntaxError/u);
  assert.match(text, /shell-guards\.test\.ts/u);
  assert.doesNotMatch(text, /hon sade|hemligt/u);
});
