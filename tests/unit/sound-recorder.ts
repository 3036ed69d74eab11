// A child process for sound.test.ts: appends frames until it is killed, and prints one character for each that was taken.
import { openStore } from "../../electron/store/store.ts";

const [dir = "", key = ""] = process.argv.slice(2);
const store = await openStore({ dir, key: new Uint8Array(Buffer.from(key, "hex")) });
const writer = await store.sound.create("m");
for (let frame = 0; ; frame++) {
  await writer.append(new Uint8Array(100).fill(frame % 251), frame * 500);
  process.stdout.write(".");
}
