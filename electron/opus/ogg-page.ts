// Ogg pages: written, read and measured. Pure.
// Sources: RFC 3533 (Ogg), section 6, for the page and its checksum; RFC 7845 (Ogg Opus) for granules and heads.

/** One page as it stands in a file. */
export interface OggPage {
  /** Samples at 48 kHz from the stream's start to the page's end, the encoder's delay included; −1 where no packet ends. */
  readonly granule: bigint;
  readonly serial: number;
  readonly sequence: number;
  /** Bits: 1 goes on with a packet, 2 begins the stream, 4 ends it. */
  readonly flags: number;
  readonly packets: readonly Uint8Array[];
}

const headerBytes = 27;
const capture = 0x53_67_67_4f; // "OggS", little-endian
export const granuleRateHz = 48_000;

/** The checksum of RFC 3533: polynomial 0x04c11db7, no reflection, starts at 0. */
const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 24;
  for (let bit = 0; bit < 8; bit++) value = value & 0x80_00_00_00 ? (value << 1) ^ 0x04_c1_1d_b7 : value << 1;
  return value;
});

function checksum(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) crc = (crc << 8) ^ (table[((crc >>> 24) ^ byte) & 0xff] ?? 0);
  return crc >>> 0;
}

/** A page of whole packets. Throws RangeError when they do not fit (255 lacing values). */
export function writePage({ granule, serial, sequence, flags, packets }: OggPage): Uint8Array<ArrayBuffer> {
  const lacing = packets.flatMap(({ length }) => [
    ...Array.from({ length: Math.floor(length / 255) }, () => 255),
    length % 255,
  ]);
  if (lacing.length > 255) throw new RangeError("an Ogg page holds at most 255 lacing values");
  const bodyBytes = packets.reduce((sum, { length }) => sum + length, 0);
  const page = new Uint8Array(headerBytes + lacing.length + bodyBytes);
  const view = new DataView(page.buffer);
  view.setUint32(0, capture, true);
  view.setUint8(5, flags);
  view.setBigInt64(6, granule, true);
  view.setUint32(14, serial, true);
  view.setUint32(18, sequence, true);
  view.setUint8(26, lacing.length);
  page.set(lacing, headerBytes);
  let at = headerBytes + lacing.length;
  for (const packet of packets) {
    page.set(packet, at);
    at += packet.length;
  }
  view.setUint32(22, checksum(page), true);
  return page;
}

/** Length of the page that begins at `at`, or null where none does, or where it is not whole. */
export function pageLength(bytes: Uint8Array, at = 0): number | null {
  if (at + headerBytes > bytes.length) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, bytes.length - at);
  if (view.getUint32(0, true) !== capture) return null;
  const segments = view.getUint8(26);
  let length = headerBytes + segments;
  if (length > view.byteLength) return null;
  for (let segment = 0; segment < segments; segment++) length += view.getUint8(headerBytes + segment);
  return length > view.byteLength ? null : length;
}

/** The page that begins at `at`; null where none does. A packet that goes on in the next page is given as far as it goes. */
export function readPage(bytes: Uint8Array, at = 0): OggPage | null {
  const length = pageLength(bytes, at);
  if (length === null) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, length);
  const segments = view.getUint8(26);
  const packets: Uint8Array[] = [];
  let start = at + headerBytes + segments;
  let end = start;
  for (let segment = 0; segment < segments; segment++) {
    const part = view.getUint8(headerBytes + segment);
    end += part;
    if (part === 255 && segment < segments - 1) continue;
    packets.push(bytes.subarray(start, end));
    start = end;
  }
  return {
    granule: view.getBigInt64(6, true),
    serial: view.getUint32(14, true),
    sequence: view.getUint32(18, true),
    flags: view.getUint8(5),
    packets,
  };
}

/** The last whole page in a stretch of a stream, by its capture pattern; null where there is none. */
export function lastPage(bytes: Uint8Array): OggPage | null {
  for (let at = bytes.length - headerBytes; at >= 0; at--) {
    if (bytes[at] !== 0x4f) continue;
    const page = readPage(bytes, at);
    if (page !== null) return page;
  }
  return null;
}
