// The text of a Word document, bounded against archives that unpack without end. Runs anywhere under Node.
import { inflateRawSync } from "node:zlib";
import mammoth from "mammoth";
import { LyssnaError } from "../errors.ts";

/** Far above the longest meeting (ten hours are under 2 MB of text). */
const unpackedMaxBytes = 64 * 1024 * 1024;
const entriesMax = 4096;

/** Paragraphs and line breaks as rows. Throws transcript-invalid (not-docx, too-large). */
export async function readDocx(bytes: Buffer, file: string): Promise<string> {
  return htmlRows(await docxHtml(bytes, file));
}

/** The document as mammoth's HTML, without pictures. Throws transcript-invalid (not-docx, too-large). */
export async function docxHtml(bytes: Buffer, file: string): Promise<string> {
  boundArchive(bytes, file);
  try {
    const noPictures = mammoth.images.imgElement(async () => ({ src: "" }));
    const { value } = await mammoth.convertToHtml({ buffer: bytes }, { convertImage: noPictures });
    return value;
  } catch (error) {
    throw new LyssnaError("transcript-invalid", { file, reason: "not-docx" }, { cause: error });
  }
}

/** Mammoth's own HTML: well-formed, every sign of the text escaped. */
function htmlRows(html: string): string {
  const signs: Readonly<Record<string, string>> = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&amp;": "&" };
  return html
    .replace(/<br \/>/gu, "\n")
    .replace(/<\/(?:p|h[1-6]|li|tr)>/gu, "\n")
    .replace(/<[^>]*>/gu, "")
    .replace(/&(?:lt|gt|quot|amp);/gu, (sign) => signs[sign] ?? sign);
}

/** Walks the archive's own list and unpacks each XML part against one common limit. Sizes that it states are not believed. */
function boundArchive(bytes: Buffer, file: string): void {
  const refuse = (reason: "not-docx" | "too-large") => new LyssnaError("transcript-invalid", { file, reason });
  const end = bytes.lastIndexOf(Buffer.from("PK\u0005\u0006", "latin1"));
  if (end === -1 || end + 22 > bytes.length) throw refuse("not-docx");
  const entries = bytes.readUInt16LE(end + 10);
  if (entries > entriesMax) throw refuse("too-large");
  let at = bytes.readUInt32LE(end + 16);
  let left = unpackedMaxBytes;
  try {
    for (let entry = 0; entry < entries; entry += 1) {
      if (bytes.readUInt32LE(at) !== 0x02_01_4b_50) throw refuse("not-docx");
      const packedBytes = bytes.readUInt32LE(at + 20);
      const nameBytes = bytes.readUInt16LE(at + 28);
      const name = bytes.toString("utf8", at + 46, at + 46 + nameBytes);
      const local = bytes.readUInt32LE(at + 42);
      if (/\.(?:xml|rels)$/iu.test(name)) {
        const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
        const packed = bytes.subarray(start, start + packedBytes);
        const deflated = bytes.readUInt16LE(at + 10) === 8;
        left -= deflated ? inflateRawSync(packed, { maxOutputLength: left }).length : packed.length;
        if (left <= 0) throw refuse("too-large");
      }
      at += 46 + nameBytes + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    }
  } catch (error) {
    if (error instanceof LyssnaError) throw error;
    const tooLarge = (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE";
    throw refuse(tooLarge ? "too-large" : "not-docx");
  }
}
