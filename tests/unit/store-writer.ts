// A child process for store-faults.test.ts: saves one transcript after another until it is killed.
import { openStore } from "../../electron/store/store.ts";
import { transcript } from "./store-fixtures.ts";

const [dir = "", key = "", id = ""] = process.argv.slice(2);
const store = await openStore({ dir, key: new Uint8Array(Buffer.from(key, "hex")) });
for (let round = 0; ; round++) {
  await store.saveTranscript(id, transcript(Array.from({ length: 500 }, () => `omgång${round} skrevs hel`)));
  process.stdout.write(".");
}
