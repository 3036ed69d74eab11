// The Range header of a request for sound. Pure.

export interface ByteRange {
  readonly start: number;
  /** Not included. */
  readonly end: number;
}

/**
 * One range of bytes, as in RFC 9110 section 14: "bytes=0-99", "bytes=100-", "bytes=-500".
 * Null for no header, another unit, several ranges or what is not a range at all: the whole is then the answer.
 */
export function byteRange(header: string | null, sizeBytes: number): ByteRange | "unsatisfiable" | null {
  const [, first = "", last = ""] = /^bytes=(\d{0,15})-(\d{0,15})$/u.exec(header?.trim() ?? "") ?? [];
  if (first === "" && last === "") return null;
  if (first === "") {
    const length = Math.min(Number(last), sizeBytes);
    return length === 0 ? "unsatisfiable" : { start: sizeBytes - length, end: sizeBytes };
  }
  const start = Number(first);
  if (last !== "" && Number(last) < start) return null;
  if (start >= sizeBytes) return "unsatisfiable";
  return { start, end: last === "" ? sizeBytes : Math.min(Number(last) + 1, sizeBytes) };
}
