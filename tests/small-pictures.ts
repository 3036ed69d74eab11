// Pictures of a few points, made here. Tests only.
import { crc32, deflateSync } from "node:zlib";

/** Four by four, grey with alpha; or with these rows, which may be more than the picture holds. */
export function smallPng(rows: Buffer = Buffer.concat(Array.from({ length: 4 }, () => row))): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(4, 0);
  head.writeUInt32BE(4, 4);
  head.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", head),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}
/** No filter, then four points of four bytes. */
const row = Buffer.from([0, ...Array<number>(16).fill(0x55)]);

/** The heads of a JPEG of one pixel: what the size is read from, and what a document takes as it is. */
export const smallJpeg = Buffer.from(
  "ffd8ffe000104a46494600010100000100010000ffc0000b080001000101011100ffda00080101000003f00ffd9".padEnd(90, "0"),
  "hex",
);
