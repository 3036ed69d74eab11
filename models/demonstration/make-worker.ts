// Makes the demonstration model and its recording off the main thread: `workerData` is the folder. A worker thread of main.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { workerData } from "node:worker_threads";
import { makeDemonstrationModel } from "./make-model.ts";
import { makeDemonstrationRecording } from "./recording.ts";

const dir = String(workerData);
await mkdir(dir, { recursive: true });
await makeDemonstrationModel(join(dir, "model"));
await makeDemonstrationRecording(join(dir, "recording.wav"));
