// Loaded before a utility process's module: gives it `process.parentPort`, as Electron does. Runs in the utility process.
import { EventEmitter } from "node:events";

const port = Object.assign(new EventEmitter(), {
  postMessage: (message: unknown) => void process.send?.(message),
  start: () => {},
});
process.on("message", (data) => port.emit("message", { data, ports: [] }));
// Electron ends the process with its parent.
process.on("disconnect", () => process.exit(0));
Object.defineProperty(process, "parentPort", { value: port });
