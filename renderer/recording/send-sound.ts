// Sends what was taken to main, in order and in pieces of a fifth of a second. Runs in the window.
import { ask } from "../state/ask.ts";
import { blockFrames, createOpusEncoder, rateHz } from "./opus-encoder.ts";
import { createResampler } from "./resample.ts";

/** Packets that make a piece: 200 ms. */
const piecePackets = 10;
/** A piece that waited longer is larger; so many packets fit in one. */
const mostPackets = 50;
/** What a speech model hears. */
const heardHz = 16_000;

export interface Sender {
  send(block: Float32Array<ArrayBuffer>): void;
  /** Resolves when all that was sent is kept. */
  finish(): Promise<void>;
}

/**
 * @param take which part of the recording the sound belongs to
 * @param heard the same sound is wanted for text
 */
export function createSender(take: number, channels: 1 | 2, heard: boolean, onError: () => void): Sender {
  let packets: Uint8Array[] = [];
  let plain: Float32Array[] = [];
  let sending: Promise<void> | null = null;
  const resample = createResampler(rateHz, heardHz);
  const encoder = createOpusEncoder(
    channels,
    (packet) => {
      packets.push(packet);
      if (packets.length >= piecePackets) pump();
    },
    onError,
  );

  function pump(): void {
    sending ??= sendAll().finally(() => (sending = null));
  }

  async function sendAll(): Promise<void> {
    while (packets.length > 0) {
      const piece = packets.slice(0, mostPackets);
      packets = packets.slice(mostPackets);
      const words = plain;
      plain = [];
      try {
        await ask("recording.append", {
          take,
          packets: joined(piece),
          lengths: piece.map(({ length }) => length),
          heard: bytesOf(words),
        });
      } catch {
        onError();
      }
    }
  }

  return {
    send(block) {
      const sound = channels === 2 ? block : block.slice(0, blockFrames);
      if (heard) plain.push(resample(mixed(block, channels)));
      encoder.encode(sound);
    },
    async finish() {
      await encoder.flush().catch(() => {});
      encoder.close();
      pump();
      await sending;
    },
  };
}

function mixed(block: Float32Array, channels: 1 | 2): Float32Array {
  if (channels === 1) return block.subarray(0, blockFrames);
  return Float32Array.from({ length: blockFrames }, (_, at) => ((block[at] ?? 0) + (block[blockFrames + at] ?? 0)) / 2);
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

const bytesOf = (parts: readonly Float32Array[]): Uint8Array<ArrayBuffer> =>
  joined(parts.map(({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength)));
