// The app without a window, that locks when it is told to, so that a test can look at its memory.
// Usage: node tests/lockable-app.ts DATA_DIR PASSPHRASE; "lock" on standard input. Tests only.
import { join } from "node:path";
import { createApp } from "../electron/app.ts";
import { defaultSettings } from "../electron/contract.ts";
import { startNodeInference } from "../electron/inference/node-port.ts";
import { noPolicy } from "../electron/policy/state.ts";
import { keepApp } from "../electron/shell/keep-app.ts";
import { openKeyring } from "../electron/store/keys/keyring.ts";
import { keychain } from "./unit/keychain.ts";

const [dataDir = "", passphrase = ""] = process.argv.slice(2);
const nothing = async () => null;
const kept = keepApp({
  open: (key) =>
    createApp({
      dataDir,
      key,
      demonstrationDir: join(dataDir, "demonstration"),
      startInference: startNodeInference(),
      chooseFiles: async () => [],
      chooseFolder: nothing,
      chooseGlossary: nothing,
      chooseOne: nothing,
      chooseSavePath: nothing,
      trash: async () => {},
      copyText: async () => true,
      fetch: () => Promise.reject(new Error("nothing may reach the network")),
      standIn: true,
      version: "0.0.0",
    }),
  keyring: openKeyring({ dir: dataDir, keychain: keychain(7) }),
  info: { version: "0.0.0", platform: process.platform, standIn: true },
  plainSettings: () => defaultSettings,
  policy: () => noPolicy.state,
  onSnapshot: () => {},
});
await (await kept.current()).handlers["lock.unlock"](passphrase);
await (await kept.current()).handlers["meetings.addExample"]();
process.stdout.write("open\n");
for await (const _ of process.stdin) {
  await (await kept.current()).handlers["lock.now"]();
  process.stdout.write("locked\n");
}
