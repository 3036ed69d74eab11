// The app without a window, that puts one sentence everywhere it can be put, and then goes on recording until it is
// killed. Usage: node tests/marker-app.ts DATA_DIR FILE MARKER. Tests only.
import { join } from "node:path";
import { createApp } from "../electron/app.ts";
import { addItem } from "../electron/summary/review.ts";
import { startNodeInference } from "../electron/inference/node-port.ts";

const [dataDir = "", file = "", marker = ""] = process.argv.slice(2);
const nothing = async () => null;
const app = await createApp({
  dataDir,
  demonstrationDir: join(dataDir, "demonstration"),
  key: async () => new Uint8Array(32).fill(7),
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
});
const { handlers } = app;

await handlers["settings.set"]({ modelId: "demonstration", organisationName: marker, consentText: marker });
await handlers["glossary.save"]({ text: marker, kind: "term", soundsLike: [marker], note: marker });
const [meeting] = await handlers["import.files"]([file]);
const id = meeting?.id ?? "";
await new Promise<void>((done) => {
  const look = () => {
    const state = app.snapshot("jobs").find(({ meetingId }) => meetingId === id)?.state;
    if (state === "done" || state === "failed") done();
  };
  app.onSnapshot(look);
  look();
});
await handlers["meetings.update"](id, { title: marker, caseReference: "2026-0114" });
const { segments } = await handlers["transcripts.get"](id);
const [first] = segments;
if (first !== undefined) {
  const after = [{ ...first, text: `${marker} ${first.text}` }];
  await handlers["corrections.make"](id, { kind: "text", hunks: [{ before: [first], after }] });
}
const [made] = await handlers["summaries.list"](id);
const section = made?.summary.sections[0];
if (made !== undefined && section !== undefined) {
  await handlers["summaries.save"](id, made.id, addItem(made.summary, section.id, marker));
}
const hits = (await handlers["search.find"](marker)).length;
const draft = await handlers["templates.start"](null, null);
await handlers["templates.keepDraft"]({ ...draft, title: marker, description: marker });
await handlers["recording.start"]({
  kind: "meeting",
  about: null,
  microphone: marker,
  systemSound: false,
  people: null,
  templateId: "",
  consent: null,
  title: marker,
  preSkip: 312,
  liveText: false,
});
await handlers["recording.mark"]("own", marker.slice(0, 80));
// A second one waits in the queue when the process is killed.
await handlers["import.files"]([file]);
await handlers["meetings.get"](marker).catch(() => {});
process.send?.({ hits, segments: segments.length });
const silence = { packets: Uint8Array.from([0xf8, 0xff, 0xfe]), lengths: [3], heard: new Uint8Array() };
for (;;) {
  await handlers["recording.append"]({ take: app.snapshot("recording")?.take ?? 1, ...silence });
  await new Promise((next) => setTimeout(next, 20));
}
