// The app behind its window, at work on a recording, telling how long its main thread was busy at a time. Bench only;
// asked by measure-main.ts.
import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type App, createApp } from "../../electron/app.ts";
import { startNodeInference } from "../../electron/inference/node-port.ts";
import type { InferencePort, RequestMessage, StartInference } from "../../electron/inference/protocol.ts";
import { wavBytes } from "../../models/demonstration/say.ts";
import { meetingSound } from "./sound.ts";
import { type Stalls, watchStalls } from "./stalls.ts";

export interface AppRequest {
  readonly modelDir: string;
  readonly minutes: number;
}

const silenceShare = 0.25;

async function answer({ modelDir, minutes }: AppRequest): Promise<Stalls> {
  const dir = await mkdtemp(join(tmpdir(), "lyssna-bench-"));
  const recording = join(dir, "recording.wav");
  const sound = meetingSound(minutes, silenceShare);
  await writeFile(recording, wavBytes(Int16Array.from(sound, (value) => value * 32_767)));
  const key = randomBytes(32);
  const app = await createApp({
    dataDir: join(dir, "data"),
    demonstrationDir: join(dir, "demonstration"),
    key: async () => key,
    startInference: withOneTry(startNodeInference()),
    chooseFiles: async () => [recording],
    chooseFolder: async () => modelDir,
    chooseGlossary: async () => null,
    chooseOne: async () => null,
    chooseSavePath: async () => null,
    trash: async () => {},
    copyText: async () => true,
    fetch: () => Promise.reject(new Error("nothing may reach the network")),
    standIn: true,
    version: "0.0.0",
  });
  try {
    await app.handlers["models.importFolder"]();
    const stalls = watchStalls();
    const [meeting] = await app.handlers["import.choose"]();
    await ended(app, meeting?.id ?? "");
    return stalls.stop();
  } finally {
    await app.close();
    await rm(dir, { recursive: true, force: true });
  }
}

/** Random text is always doubtful: it is not tried again. */
const withOneTry =
  (start: StartInference): StartInference =>
  (): InferencePort => {
    const port = start();
    const once = (message: RequestMessage): RequestMessage =>
      message.request.type === "load-speech"
        ? { ...message, request: { ...message.request, model: { ...message.request.model, temperatures: [0] } } }
        : message;
    return { ...port, post: (message) => port.post(once(message)) };
  };

function ended(app: App, id: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = () => {
      const meeting = app.snapshot("meetings").find((one) => one.id === id);
      if (meeting?.status === "to-review") resolve();
      if (meeting?.status === "failed" || meeting?.status === "no-speech") {
        reject(new Error(`the recording ended as ${meeting.status} ${meeting.error?.code ?? ""}`));
      }
    };
    app.onSnapshot(look);
    look();
  });
}

process.once("message", (request: AppRequest) => {
  answer(request).then(
    (stalls) => process.send?.(stalls, () => process.exit(0)),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
      process.exit(1);
    },
  );
});
