// Blocks of 20 ms become Opus packets, by Chromium's own encoder. Runs in the window.

export const rateHz = 48_000;
export const blockFrames = 960;
/** Speech: transparent for recognition, 14 MB an hour; both sides of a call take twice that. */
const bitsPerSecond = { 1: 32_000, 2: 64_000 } as const;
/** libopus lags by 6.5 ms; used where the encoder does not tell. */
const usualPreSkip = 312;

/** "opus" is not in TypeScript's types yet: WebCodecs Opus registration, section "AudioEncoderConfig extensions". */
interface OpusConfig extends AudioEncoderConfig {
  readonly opus: { readonly application: "voip"; readonly frameDuration: number; readonly format: "opus" };
}

const configOf = (channels: 1 | 2): OpusConfig => ({
  codec: "opus",
  sampleRate: rateHz,
  numberOfChannels: channels,
  bitrate: bitsPerSecond[channels],
  opus: { application: "voip", frameDuration: 20_000, format: "opus" },
});

export interface OpusEncoder {
  /** One block: the first channel's 960 samples, then the second's. */
  encode(block: Float32Array<ArrayBuffer>): void;
  /** Resolves when every packet of what was encoded has come. */
  flush(): Promise<void>;
  close(): void;
}

export function createOpusEncoder(
  channels: 1 | 2,
  onPacket: (packet: Uint8Array) => void,
  onError: () => void,
): OpusEncoder {
  let frames = 0;
  const encoder = new AudioEncoder({
    output(chunk) {
      const packet = new Uint8Array(chunk.byteLength);
      chunk.copyTo(packet);
      onPacket(packet);
    },
    error: onError,
  });
  encoder.configure(configOf(channels));
  return {
    encode(block) {
      const data = new AudioData({
        format: "f32-planar",
        sampleRate: rateHz,
        numberOfFrames: blockFrames,
        numberOfChannels: channels,
        timestamp: Math.round((frames / rateHz) * 1e6),
        data: block,
      });
      frames += blockFrames;
      encoder.encode(data);
      data.close();
    },
    flush: () => (encoder.state === "configured" ? encoder.flush() : Promise.resolve()),
    close() {
      if (encoder.state !== "closed") encoder.close();
    },
  };
}

/** Samples by which the encoder lags, as its head tells (RFC 7845, 5.1). */
export async function measurePreSkip(): Promise<number> {
  let preSkip = usualPreSkip;
  const encoder = new AudioEncoder({
    output(_chunk, metadata) {
      const head = metadata?.decoderConfig?.description;
      if (head === undefined) return;
      const view = ArrayBuffer.isView(head) ? new DataView(head.buffer, head.byteOffset) : new DataView(head);
      if (view.byteLength >= 12) preSkip = view.getUint16(10, true);
    },
    error: () => {},
  });
  try {
    encoder.configure(configOf(1));
    const data = new Float32Array(blockFrames);
    const shape = {
      format: "f32-planar",
      sampleRate: rateHz,
      numberOfFrames: blockFrames,
      numberOfChannels: 1,
    } as const;
    const silence = new AudioData({ ...shape, timestamp: 0, data });
    encoder.encode(silence);
    silence.close();
    await encoder.flush();
  } finally {
    if (encoder.state !== "closed") encoder.close();
  }
  return preSkip;
}
