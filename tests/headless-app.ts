// The app without a window in a process of its own, so that a test can kill it: imports FILE once, and ends when its job
// has. Usage: node tests/headless-app.ts DATA_DIR DEMONSTRATION_DIR FILE. Prints the meeting as JSON. Tests only.
import { createApp } from "../electron/app.ts";
import { startNodeInference } from "../electron/inference/node-port.ts";

const [dataDir = "", demonstrationDir = "", file = ""] = process.argv.slice(2);
const nothing = async () => null;
const app = await createApp({
  dataDir,
  demonstrationDir,
  key: async () => new Uint8Array(32).fill(7),
  startInference: startNodeInference(),
  chooseFiles: async () => [file],
  chooseFolder: nothing,
  chooseGlossary: nothing,
  chooseOne: nothing,
  chooseSavePath: nothing,
  trash: async () => {},
  copyText: async () => true,
  fetch: () => Promise.reject(new Error("nothing may reach the network")),
  standIn: true,
  version: "0.0.0",
});
await app.handlers["settings.set"]({ modelId: "demonstration" });
if (app.snapshot("meetings").length === 0) await app.handlers["import.choose"]();

const { promise: finished, resolve } = Promise.withResolvers<void>();
const look = () => {
  const [meeting] = app.snapshot("meetings");
  if (meeting?.status === "to-review" || meeting?.status === "failed") resolve();
};
app.onSnapshot(look);
look();
await finished;
const [meeting] = app.snapshot("meetings");
const transcript = await app.handlers["transcripts.get"](meeting?.id ?? "");
const summaries = await app.handlers["summaries.list"](meeting?.id ?? "");
process.stdout.write(
  JSON.stringify({
    meetings: app.snapshot("meetings").length,
    status: meeting?.status,
    durationMs: meeting?.durationMs,
    transcript,
    summaries: summaries.map(({ summary }) => summary),
  }),
);
await app.close();
