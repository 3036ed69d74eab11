import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { App } from "../../electron/app.ts";
import { defaultSettings } from "../../electron/contract.ts";
import { chooseProfile, dataFolder } from "../../electron/shell/data-folder.ts";
import { hostDialogs } from "../../electron/shell/dialogs.ts";
import { type AsyncSafeStorage, keychainProtector } from "../../electron/shell/key-protector.ts";
import { menuTemplate } from "../../electron/shell/menu.ts";
import { noPolicy } from "../../electron/policy/state.ts";
import { keepApp } from "../../electron/shell/keep-app.ts";
import { startInferenceWith } from "../../electron/shell/start-inference.ts";
import en from "../../electron/shell/texts/en.json" with { type: "json" };
import sv from "../../electron/shell/texts/sv.json" with { type: "json" };
import type { Keyring } from "../../electron/store/keys/keyring.ts";

describe("keychain", () => {
  const storage = (backend: ReturnType<AsyncSafeStorage["getSelectedStorageBackend"]>): AsyncSafeStorage => ({
    isAsyncEncryptionAvailable: async () => true,
    encryptStringAsync: async (text) => Buffer.from(text.split("").toReversed().join("")),
    decryptStringAsync: async (bytes) => ({
      shouldReEncrypt: false,
      result: Buffer.from(bytes).toString().split("").toReversed().join(""),
    }),
    getSelectedStorageBackend: () => backend,
  });

  test("what was wrapped is unwrapped, byte by byte", async () => {
    const protector = keychainProtector(storage("unknown"), { platform: "win32", allowPlainText: false });
    const key = Uint8Array.from({ length: 32 }, (_, index) => index * 7);
    assert.deepEqual(await protector.unwrap(await protector.wrap(key)), key);
  });

  test("Linux without a keychain counts as none, unless a developer asked for it", async () => {
    const available = (backend: "basic_text" | "gnome_libsecret", allowPlainText: boolean) =>
      keychainProtector(storage(backend), { platform: "linux", allowPlainText }).available();
    assert.equal(await available("gnome_libsecret", false), true);
    assert.equal(await available("basic_text", false), false);
    assert.equal(await available("basic_text", true), true);
  });
});

describe("menu", () => {
  const build = (language: "sv" | "en", platform: NodeJS.Platform, pressed: string[] = []) =>
    menuTemplate({
      language,
      platform,
      devTools: false,
      press: (key) => pressed.push(key),
      show: (to) => pressed.push(to),
      lock: () => pressed.push("lock"),
    });
  type Items = ReturnType<typeof build>;
  const flat = (items: Items): Items =>
    items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])]);

  test("every item has words, in the language of the interface", () => {
    for (const platform of ["darwin", "win32", "linux"] as const) {
      const swedish = flat(build("sv", platform)).filter(({ type }) => type !== "separator");
      assert.ok(swedish.every(({ label }) => typeof label === "string" && label !== ""));
      assert.ok(swedish.some(({ label }) => label === "Importera…"));
      assert.ok(flat(build("en", platform)).some(({ label }) => label === "Import…"));
      assert.ok(swedish.some(({ role }) => role === "quit"));
    }
  });

  test("both languages have the same texts", () => {
    assert.deepEqual(Object.keys(en).toSorted(), Object.keys(sv).toSorted());
  });

  test("an item presses the key that the window listens for, and does not take it from text fields", () => {
    const pressed: string[] = [];
    const importing = flat(build("sv", "win32", pressed)).find(({ label }) => label === "Importera…");
    assert.equal(importing?.registerAccelerator, false);
    assert.ok(importing?.click);
    (importing.click as () => void)();
    assert.deepEqual(pressed, ["i"]);
  });

  test("developer tools are not in an installed app", () => {
    assert.ok(!flat(build("sv", "win32")).some(({ role }) => role === "toggleDevTools"));
  });
});

test("Windows keeps data in the local profile, unless another folder was named", () => {
  const pathOf = (platform: NodeJS.Platform, named: boolean) => {
    let userData = "default";
    const app = {
      setPath: (_name: string, path: string) => void (userData = path),
      getPath: () => userData,
      commandLine: { hasSwitch: () => named } as unknown as Electron.CommandLine,
    };
    chooseProfile(app, { platform, env: { LOCALAPPDATA: "L" } });
    return dataFolder(app);
  };
  assert.match(pathOf("win32", false), /^L.Lyssna.data$/u);
  assert.match(pathOf("win32", true), /^default/u);
  assert.match(pathOf("linux", false), /^default/u);
});

test("dialogs answer paths, or that the person thought better of it", async () => {
  const asked: Electron.OpenDialogOptions[] = [];
  const dialogs = (canceled: boolean) =>
    hostDialogs({
      dialog: {
        showOpenDialog: async (options: unknown) => {
          asked.push(options as Electron.OpenDialogOptions);
          return { canceled, filePaths: canceled ? [] : ["/a", "/b"] };
        },
        showSaveDialog: async () => ({ canceled, filePath: canceled ? "" : "/c.docx" }),
      },
      clipboard: {
        clipboard: { write: async () => {}, writeText: async () => {} },
        clipboardItem: () => assert.fail("nothing is copied here"),
        platform: "linux",
      },
      window: () => null,
      language: () => "sv",
    });
  assert.deepEqual(await dialogs(false).chooseFiles(), ["/a", "/b"]);
  assert.deepEqual(await dialogs(true).chooseFiles(), []);
  assert.equal(await dialogs(false).chooseFolder("model"), "/a");
  assert.equal(await dialogs(true).chooseFolder("conversations"), null);
  assert.equal(await dialogs(false).chooseGlossary(), "/a");
  assert.equal(await dialogs(true).chooseGlossary(), null);
  assert.equal(await dialogs(false).chooseSavePath("x", "docx"), "/c.docx");
  assert.equal(await dialogs(true).chooseSavePath("x", "docx"), null);
  assert.ok(asked.every(({ properties }) => properties?.includes("dontAddToRecent")));
});

test("the inference process gets no proxy, token or home folder from the environment", () => {
  process.env["HTTPS_PROXY"] = "http://proxy.example";
  let env: Record<string, string> = {};
  const start = startInferenceWith(
    {
      fork(_path, _args, options) {
        env = options.env;
        return { postMessage: () => {}, on: () => undefined as never, kill: () => true };
      },
    },
    "/worker.js",
    "ignore",
  );
  start();
  delete process.env["HTTPS_PROXY"];
  assert.ok(!("HTTPS_PROXY" in env) && !("HOME" in env) && !("NODE_OPTIONS" in env));
});

test("after a backup was restored the app is opened anew, and calls reach the new one", async () => {
  const log: string[] = [];
  let count = 0;
  const openOne = async (): Promise<App> => {
    count += 1;
    const number = count;
    return {
      handlers: {
        "app.info": async () => ({ storeError: number === 1 ? { code: "store-damaged", details: {} } : null }),
        "app.restoreBackup": async () => (log.push(`restore ${number}`), null),
      } as unknown as App["handlers"],
      snapshot: () => [] as never,
      recorder: null,
      noteEvent: async () => {},
      openFile: async () => {},
      onSnapshot: () => () => {},
      sound: null,
      close: async () => void log.push(`close ${number}`),
    };
  };
  const open = keepApp({
    open: openOne,
    keyring: {
      needs: async () => "nothing",
      open: async () => new Uint8Array(32),
    } as Partial<Keyring> as Keyring,
    info: { version: "0.0.0", platform: "linux", standIn: true },
    plainSettings: () => defaultSettings,
    policy: () => noPolicy.state,
    onSnapshot: () => {},
  });
  await (await open.current()).handlers["app.restoreBackup"]();
  assert.deepEqual(log, ["restore 1", "close 1"]);
  await (await open.current()).handlers["app.restoreBackup"]();
  assert.deepEqual(log.slice(2), ["restore 2"], "one that is whole stays open");
  await open.close();
  assert.equal(log.at(-1), "close 2");
});
