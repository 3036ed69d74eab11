// An Ogg Opus stream made of packets as an encoder gives them, and its silence. Pure.
// Sources: RFC 7845, section 5 (the two heads); RFC 6716, section 3.1 (the first byte of a packet).
import { granuleRateHz, type OggPage, readPage, writePage } from "./ogg-page.ts";

/** Every packet of ours holds 20 ms. */
export const packetSamples = 960;

export interface OpusStream {
  /** The two pages that begin a stream, one after another. */
  readonly heads: Uint8Array;
  /** The page that goes on with these packets. At most 50: a second. */
  page(packets: readonly Uint8Array[]): Uint8Array;
  /** The page that ends the stream after `samples` samples at 48 kHz of sound, which cuts the padding off. */
  end(packets: readonly Uint8Array[], samples: number): Uint8Array;
  /** Samples at 48 kHz that the pages hold so far, the encoder's delay not counted. */
  samples(): number;
}

/**
 * @param preSkip samples at 48 kHz that the encoder's delay costs at the start
 * @param serial any number that tells this stream from others
 */
export function opusStream(channels: 1 | 2, preSkip: number, serial: number): OpusStream {
  let sequence = 0;
  let packetCount = 0;
  const write = (packets: readonly Uint8Array[], granule: bigint, flags: number): Uint8Array =>
    writePage({ granule, serial, sequence: sequence++, flags, packets });
  const first = write([opusHead(channels, preSkip)], 0n, 2);
  const second = write([opusTags()], 0n, 0);
  const heads = new Uint8Array(first.length + second.length);
  heads.set(first);
  heads.set(second, first.length);
  return {
    heads,
    page(packets) {
      packetCount += packets.length;
      return write(packets, BigInt(packetCount * packetSamples), 0);
    },
    end(packets, samples) {
      packetCount += packets.length;
      return write(packets, BigInt(Math.min(packetCount * packetSamples, samples + preSkip)), 4);
    },
    samples: () => Math.max(0, packetCount * packetSamples - preSkip),
  };
}

function opusHead(channels: number, preSkip: number): Uint8Array {
  const head = new Uint8Array(19);
  const view = new DataView(head.buffer);
  head.set(new TextEncoder().encode("OpusHead"));
  view.setUint8(8, 1);
  view.setUint8(9, channels);
  view.setUint16(10, preSkip, true);
  view.setUint32(12, granuleRateHz, true);
  return head;
}

/** No comments: nothing that tells of the program, the person or the machine. */
function opusTags(): Uint8Array {
  const vendor = new TextEncoder().encode("Lyssna");
  const tags = new Uint8Array(8 + 4 + vendor.length + 4);
  tags.set(new TextEncoder().encode("OpusTags"));
  new DataView(tags.buffer).setUint32(8, vendor.length, true);
  tags.set(vendor, 12);
  return tags;
}

/** Sound that a page ends at, in milliseconds; null for a page that ends no packet. */
export const endOfPageMs = ({ granule }: OggPage, preSkip: number): number | null =>
  granule < 0n ? null : Math.max(0, (Number(granule) - preSkip) / (granuleRateHz / 1000));

/** What the head says the encoder's delay is; null where the bytes do not begin with one. */
export function preSkipOf(bytes: Uint8Array): number | null {
  const head = readPage(bytes)?.packets[0];
  if (head === undefined || head.length < 19 || new TextDecoder().decode(head.subarray(0, 8)) !== "OpusHead")
    return null;
  return new DataView(head.buffer, head.byteOffset).getUint16(10, true);
}

/**
 * An encoder looks ahead, a decoder lets a packet ring into the next, and a page's time is in whole milliseconds: so
 * much on both sides of a stretch goes with it.
 */
export const ringMs = 20;

/**
 * The same page, as long in time, with silence from `fromMs` up to `toMs`; `atMs` is when the page begins. A page that
 * begins a stream stays as it is. Works on any page of whole packets, ours or an encoder program's.
 */
export function silencePage(bytes: Uint8Array, atMs = 0, fromMs = 0, toMs = Number.MAX_SAFE_INTEGER): Uint8Array {
  const page = readPage(bytes);
  if (page === null || (page.flags & 2) !== 0) return bytes;
  const [first] = page.packets;
  if (first !== undefined && new TextDecoder().decode(first.subarray(0, 8)) === "OpusTags") return bytes;
  let at = atMs;
  const packets = page.packets.map((packet) => {
    const start = at;
    at += lengthOf(packet);
    return start < toMs && at > fromMs ? silentPacket(packet) : packet;
  });
  return writePage({ ...page, packets });
}

/** Frame lengths by the configuration in a packet's first five bits, in units of 2.5 ms (RFC 6716, table 2). */
const frameUnits = (config: number): number => {
  if (config < 12) return [4, 8, 16, 24][config % 4] ?? 8;
  if (config < 16) return config % 2 === 0 ? 4 : 8;
  return [1, 2, 4, 8][config % 4] ?? 8;
};

function unitsOf(packet: Uint8Array): number {
  const toc = packet[0] ?? 0;
  const code = toc & 3;
  const frames = code === 0 ? 1 : code === 3 ? (packet[1] ?? 1) & 0x3f : 2;
  return frameUnits(toc >> 3) * frames;
}

/** Milliseconds of sound in a packet. */
const lengthOf = (packet: Uint8Array): number => unitsOf(packet) * 2.5;

/** A packet of digital silence that lasts as long: full-band CELT frames that say "silence" and nothing else. */
function silentPacket(packet: Uint8Array): Uint8Array {
  const units = unitsOf(packet);
  const stereo = (packet[0] ?? 0) & 4;
  const [config, each] = units % 8 === 0 ? [31, 8] : units % 4 === 0 ? [30, 4] : units % 2 === 0 ? [29, 2] : [28, 1];
  const count = units / each;
  const frame = [0xff, 0xfe];
  if (count === 1) return Uint8Array.of((config << 3) | stereo, ...frame);
  return Uint8Array.of((config << 3) | stereo | 3, count, ...Array.from({ length: count }, () => frame).flat());
}
