// Bytes of a text file as text, whatever program saved it. Runs anywhere under Node.
import { LyssnaError } from "../errors.ts";

/**
 * Byte order mark first, then UTF-16 without one (Latin text has a zero in every second byte), then UTF-8,
 * and Windows-1252 for what is not valid UTF-8. Line ends become "\n".
 * @param file name for the error. Throws transcript-invalid for what is no text.
 */
export function decodeText(bytes: Uint8Array, file: string): string {
  const text = new TextDecoder(encodingOf(bytes)).decode(bytes).replaceAll(/\r\n?/gu, "\n");
  if (text.includes("\0")) throw new LyssnaError("transcript-invalid", { file, reason: "not-text" });
  return text;
}

function encodingOf(bytes: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" | "windows-1252" {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  const start = bytes.subarray(0, 1000);
  const pairs = start.length >> 1;
  const zerosAt = (parity: number) => start.filter((byte, at) => at % 2 === parity && byte === 0).length;
  if (pairs > 0 && zerosAt(1) > pairs * 0.6 && zerosAt(0) < pairs * 0.1) return "utf-16le";
  if (pairs > 0 && zerosAt(0) > pairs * 0.6 && zerosAt(1) < pairs * 0.1) return "utf-16be";
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return "utf-8";
  } catch {
    return "windows-1252";
  }
}
