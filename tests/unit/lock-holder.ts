// A child process for lock.test.ts: takes the folder's lock and holds it until it is killed.
import { lockFolder } from "../../electron/store/lock.ts";

await lockFolder(process.argv[2] ?? "");
process.stdout.write("held");
setInterval(() => {}, 1000);
