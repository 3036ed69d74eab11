// The microphone, and the computer's own sound where it is wanted, as blocks of 20 ms at 48 kHz. Runs in the window.
// Microphones come and go, and the recording goes on in the same stream.
import { findMicrophone, listMicrophones, type Microphone } from "./microphones.ts";
import { blockFrames } from "./opus-encoder.ts";
import { readTrack } from "./read-track.ts";

export interface CaptureEvents {
  /** 960 samples of the microphone, then 960 of the computer. */
  readonly onBlock: (block: Float32Array<ArrayBuffer>) => void;
  /** The microphone that was used is gone. */
  readonly onLost: () => void;
  /** The computer's sound is gone: what follows is the microphone alone. */
  readonly onComputerLost: () => void;
}

export interface Capture {
  /** What is heard now. */
  microphone(): Microphone;
  /** The wanted microphone was not there, and another was taken. */
  isOther(): boolean;
  /** Changes over, or takes the best there is. False where there is none. */
  use(wanted: Microphone): Promise<boolean>;
  /** The microphone hears, or is deaf for as long as nothing may be heard. */
  listen(on: boolean): void;
  close(): void;
}

/** What was said is kept as it was: no part of the system may sharpen, level or cancel it. */
const plain = { echoCancellation: false, noiseSuppression: false, autoGainControl: false, channelCount: 1 } as const;

/** Blocks of the computer's that wait for the microphone's: 100 ms, by which the two may be apart. */
const mostApart = 5;

interface Heard {
  readonly track: MediaStreamTrack;
  readonly stop: () => void;
}

/** @throws DOMException NotAllowedError or NotFoundError, as the system answers */
export async function openCapture(wanted: Microphone, system: boolean, events: CaptureEvents): Promise<Capture> {
  let source: Heard | null = null;
  let computer: Heard | null = null;
  let waiting: Float32Array[] = [];
  let current: Microphone = { id: "", label: "" };
  let other = false;
  let listening = true;
  let closed = false;

  /** The microphone's clock leads: where the computer is silent it sends nothing, and where it runs ahead it waits. */
  function join(samples: Float32Array): void {
    const block = new Float32Array(2 * blockFrames);
    block.set(samples);
    const beside = waiting.shift();
    if (beside !== undefined) block.set(beside, blockFrames);
    events.onBlock(block);
  }

  async function use(next: Microphone): Promise<boolean> {
    const found = findMicrophone(await listMicrophones(), next);
    if (found === null) return false;
    const { id } = found.microphone;
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: { ...plain, ...(id === "" ? {} : { deviceId: { exact: id } }) },
    });
    const [track] = stream.getAudioTracks();
    if (closed || track === undefined) {
      track?.stop();
      return false;
    }
    source?.stop();
    track.enabled = listening;
    source = { track, stop: readTrack(track, join, events.onLost) };
    // Names are told only once the microphone is allowed.
    current = { id: track.getSettings().deviceId ?? id, label: track.label || found.microphone.label };
    other = found.isOther && current.label !== next.label;
    return true;
  }

  async function useComputer(): Promise<void> {
    const track = await computerTrack();
    const keep = (samples: Float32Array) => (waiting = [...waiting, samples].slice(-mostApart));
    computer = { track, stop: readTrack(track, keep, events.onComputerLost) };
  }

  function close(): void {
    closed = true;
    source?.stop();
    computer?.stop();
  }

  try {
    if (!(await use(wanted))) throw new DOMException("no microphone", "NotFoundError");
    if (system) await useComputer();
  } catch (error) {
    close();
    throw error;
  }
  return {
    microphone: () => current,
    isOther: () => other,
    use,
    listen(on) {
      listening = on;
      for (const heard of [source, computer]) if (heard !== null) heard.track.enabled = on;
    },
    close,
  };
}

/** Main answers which screen; its picture is not wanted and stops at once. */
async function computerTrack(): Promise<MediaStreamTrack> {
  const stream = await navigator.mediaDevices.getDisplayMedia({ audio: true, video: true });
  for (const track of stream.getVideoTracks()) track.stop();
  const [track] = stream.getAudioTracks();
  if (track === undefined) throw new DOMException("no sound of the computer", "NotFoundError");
  return track;
}
