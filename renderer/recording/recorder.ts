// Follows the recording that main holds: takes sound while it runs, and is deaf while it does not. Runs in the window.
// Main decides; this only does. A window that was loaded anew in the middle goes on where the last one was cut off.
import type { Hears } from "../../electron/recorded.ts";
import { act, ask } from "../state/ask.ts";
import { createCell } from "../state/cell.ts";
import { snapshotCell } from "../state/snapshots.ts";
import { type Capture, openCapture } from "./capture.ts";
import { checkOf, type Check, createWatch, type Loudness, loudnessOf, shown } from "./level.ts";
import type { Microphone } from "./microphones.ts";
import { createSender, type Sender } from "./send-sound.ts";

export interface Hearing {
  readonly microphone: Microphone;
  /** The one that was wanted is not there. */
  readonly isOther: boolean;
  readonly check: Check;
}

/** What the open microphone hears; "denied" and "none" where it cannot be opened; null while it is closed. */
export const hearing = createCell<Hearing | "opening" | "denied" | "none" | null>(null);
/** 0 to 1, fifty times a second. */
export const level = createCell(0);

const keptBlocks = 150;
/** A block comes every 20 ms; a device that hangs (a headset out of reach) ends nothing and sends nothing. */
const noSoundMs = 2000;

let capture: Capture | null = null;
let opening: Promise<void> | null = null;
let blocks: Loudness[] = [];
let sender: { readonly take: number; readonly to: Sender } | null = null;
let finishing: Promise<void> = Promise.resolve();
let watchBlock = createWatch();
let lastBlockMs = 0;

function onBlock(block: Float32Array<ArrayBuffer>): void {
  sender?.to.send(block);
  lastBlockMs = performance.now();
  const loudness = loudnessOf(block.subarray(0, block.length / 2));
  if (sender !== null) tellHears(watchBlock(loudness));
  level.set(shown(loudness));
  blocks = [...blocks.slice(1 - keptBlocks), loudness];
  const now = hearing.get();
  if (now === null || typeof now === "string" || blocks.length % 10 !== 0) return;
  const check = checkOf(blocks);
  if (check !== now.check) hearing.set({ ...now, check });
}

/** Main tells all windows; it hears of changes only. */
function tellHears(hears: Hears): void {
  const recording = snapshotCell("recording").get();
  if (recording?.state === "recording" && recording.hears !== hears && hears !== told)
    void act("recording.hears", hears);
  told = hears;
}
let told: Hears = "good";

function lookForSound(): void {
  if (sender !== null && capture !== null && performance.now() - lastBlockMs > noSoundMs) tellHears("no-sound");
}

function tell(): void {
  if (capture !== null)
    hearing.set({ microphone: capture.microphone(), isOther: capture.isOther(), check: checkOf(blocks) });
}

/** Opens the microphone, or changes over to another. */
export async function openMicrophone(wanted: Microphone, system: boolean): Promise<void> {
  await opening;
  blocks = [];
  if (capture !== null) {
    await capture.use(wanted).catch(() => false);
    tell();
    return;
  }
  hearing.set("opening");
  const onComputerLost = () => void act("recording.computerGone");
  opening = openCapture(wanted, system, { onBlock, onLost: () => void changeOver(), onComputerLost }).then(
    (opened) => {
      capture = opened;
      tell();
    },
    (error: unknown) => {
      const isDenied = error instanceof DOMException && error.name === "NotAllowedError";
      hearing.set(isDenied ? "denied" : "none");
    },
  );
  await opening;
  opening = null;
}

export function closeMicrophone(): void {
  capture?.close();
  capture = null;
  blocks = [];
  level.set(0);
  hearing.set(null);
}

/** The microphone was unplugged: the recording goes on with another, and says so; without one it stands still. */
async function changeOver(): Promise<void> {
  const went = capture?.microphone() ?? { id: "", label: "" };
  const found = (await capture?.use({ id: "", label: went.label }).catch(() => false)) ?? false;
  if (found) tell();
  else hearing.set("none");
  const recording = snapshotCell("recording").get();
  if (recording === null) return;
  if (found) await act("recording.microphone", capture?.microphone().label ?? "");
  else if (recording.state === "recording") await act("recording.pause", "microphone");
}

async function plugged(): Promise<void> {
  if (capture === null || hearing.get() !== "none") return;
  if (!(await capture.use(snapshotCell("settings").get().microphone).catch(() => false))) return;
  tell();
  if (snapshotCell("recording").get() !== null) await act("recording.microphone", capture.microphone().label);
}

/** Lets what was taken reach main, and takes no more. */
function stopSending(): Promise<void> {
  const before = sender;
  sender = null;
  if (before !== null) finishing = finishing.then(() => before.to.finish());
  return finishing;
}

/** Sound could not be taken or handed over: the recording says so instead of running on with nothing in it. */
async function standStill(take: number): Promise<void> {
  if (sender?.take !== take) return;
  void stopSending();
  await act("recording.pause", "microphone");
}

async function follow(): Promise<void> {
  const recording = snapshotCell("recording").get();
  if (recording === null) {
    await stopSending();
    // Ended from the small window, by a key or by a full disk: nothing listens on.
    if (snapshotCell("recording").get() === null && !window.location.hash.startsWith("#/record")) closeMicrophone();
    return;
  }
  const { state, take, systemSound } = recording;
  if (state === "recording") {
    if (sender?.take === take) return;
    void stopSending();
    const { microphone, liveText } = snapshotCell("settings").get();
    if (capture === null && opening === null) await openMicrophone(microphone, systemSound);
    await opening;
    const now = snapshotCell("recording").get();
    if (now?.state !== "recording" || now.take !== take || sender?.take === take) return;
    if (capture === null) {
      await act("recording.pause", "microphone");
      return;
    }
    capture.listen(true);
    const onError = () => void standStill(take);
    sender = { take, to: createSender(take, systemSound ? 2 : 1, liveText, onError) };
    [watchBlock, told, lastBlockMs] = [createWatch(), "good", performance.now()];
    return;
  }
  // Deaf first, then what was taken before.
  if (state !== "no-microphone") capture?.listen(state === "saving");
  await stopSending();
  if (state === "saving") await ask("recording.flushed", take).catch(() => {});
}

/** Called once, in the window that records. */
export function followRecording(): void {
  snapshotCell("recording").watch(() => void follow());
  setInterval(lookForSound, noSoundMs / 2);
  navigator.mediaDevices.addEventListener("devicechange", () => void plugged());
  void follow();
}
