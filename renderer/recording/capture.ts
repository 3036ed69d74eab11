// The microphone, and the computer's own sound where it is wanted, as blocks of 20 ms at 48 kHz. Runs in the window.
// The graph stays while microphones come and go, so that a recording goes on in the same stream.
import workletUrl from "./capture-worklet.ts?worker&url";
import { findMicrophone, listMicrophones, type Microphone } from "./microphones.ts";
import { blockFrames } from "./opus-encoder.ts";

export interface CaptureEvents {
  /** 960 samples of the microphone, then 960 of the computer. */
  readonly onBlock: (block: Float32Array<ArrayBuffer>) => void;
  /** The microphone that was used is gone. */
  readonly onLost: () => void;
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

/** @throws DOMException NotAllowedError or NotFoundError, as the system answers */
export async function openCapture(wanted: Microphone, system: boolean, events: CaptureEvents): Promise<Capture> {
  const context = new AudioContext({ sampleRate: 48_000, latencyHint: "playback" });
  let source: MediaStreamAudioSourceNode | null = null;
  let computer: MediaStream | null = null;
  let current: Microphone = { id: "", label: "" };
  let other = false;
  let listening = true;
  let closed = false;

  async function use(next: Microphone): Promise<boolean> {
    const found = findMicrophone(await listMicrophones(), next);
    if (found === null) return false;
    const { id } = found.microphone;
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: { ...plain, ...(id === "" ? {} : { deviceId: { exact: id } }) },
    });
    if (closed) {
      stop(stream);
      return false;
    }
    const [track] = stream.getAudioTracks();
    if (track === undefined) return false;
    stopSource();
    track.enabled = listening;
    track.addEventListener("ended", () => {
      if (source?.mediaStream === stream) events.onLost();
    });
    source = context.createMediaStreamSource(stream);
    source.connect(node, 0, 0);
    // Names are told only once the microphone is allowed.
    current = { id: track.getSettings().deviceId ?? id, label: track.label || found.microphone.label };
    other = found.isOther && current.label !== next.label;
    return true;
  }

  function stopSource(): void {
    source?.disconnect();
    if (source !== null) stop(source.mediaStream);
    source = null;
  }

  function close(): void {
    closed = true;
    stopSource();
    if (computer !== null) stop(computer);
    void context.close();
  }

  await context.audioWorklet.addModule(workletUrl);
  const node = new AudioWorkletNode(context, "capture", {
    numberOfInputs: 2,
    numberOfOutputs: 0,
    channelCount: 1,
    channelCountMode: "explicit",
  });
  node.port.addEventListener("message", ({ data }: MessageEvent<Float32Array<ArrayBuffer>>) => {
    if (!closed && data.length === 2 * blockFrames) events.onBlock(data);
  });
  node.port.start();
  try {
    if (!(await use(wanted))) throw new DOMException("no microphone", "NotFoundError");
    if (system) {
      computer = await computerSound();
      context.createMediaStreamSource(computer).connect(node, 0, 1);
    }
    await context.resume();
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
      for (const stream of [source?.mediaStream, computer])
        for (const track of stream?.getAudioTracks() ?? []) track.enabled = on;
    },
    close,
  };
}

const stop = (stream: MediaStream): void => {
  for (const track of stream.getTracks()) track.stop();
};

/** Main answers which screen; its picture is not wanted and stops at once. */
async function computerSound(): Promise<MediaStream> {
  const stream = await navigator.mediaDevices.getDisplayMedia({ audio: true, video: true });
  for (const track of stream.getVideoTracks()) {
    track.stop();
    stream.removeTrack(track);
  }
  return stream;
}
