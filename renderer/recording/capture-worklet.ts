// Takes sound off the audio thread in blocks of 20 ms: the microphone, and beside it the computer's own sound where it
// is connected. Runs in the window's audio thread.

declare const registerProcessor: (name: string, processor: new () => AudioWorkletProcessor) => void;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}

const blockFrames = 960;

class Capture extends AudioWorkletProcessor {
  private block = new Float32Array(2 * blockFrames);
  private filled = 0;

  /** Inputs: 0 the microphone, 1 the computer. One that is not connected is silence. */
  process(inputs: readonly (readonly Float32Array[])[]): boolean {
    const microphone = inputs[0]?.[0];
    const computer = inputs[1]?.[0];
    const frames = microphone?.length ?? computer?.length ?? 128;
    for (let frame = 0; frame < frames; frame++) {
      this.block[this.filled] = microphone?.[frame] ?? 0;
      this.block[blockFrames + this.filled] = computer?.[frame] ?? 0;
      this.filled += 1;
      if (this.filled < blockFrames) continue;
      this.port.postMessage(this.block, [this.block.buffer]);
      this.block = new Float32Array(2 * blockFrames);
      this.filled = 0;
    }
    return true;
  }
}

registerProcessor("capture", Capture);
