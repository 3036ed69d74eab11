// The part of the protobuf wire format that reading ONNX files needs. Runs anywhere.

/** One field of a message. `bytes` is a view for fields with a length, `value` a number for varints. */
export interface Field {
  readonly number: number;
  readonly value: number;
  readonly bytes: Uint8Array;
}

/** A file of more fields, numbers or levels than any model has: made to take time, not to be read. */
export class TooMuchToRead extends RangeError {}

/**
 * What one file may cost, counted down while it is read. A node has about ten fields, and Whisper's largest graphs some
 * ten thousand nodes: this is several times as much, and read within a second.
 */
export interface Budget {
  fields: number;
  numbers: number;
  levels: number;
}

export const wholeBudget = (): Budget => ({ fields: 500_000, numbers: 1_000_000, levels: 24 });

export function spend(budget: Budget, what: "fields" | "numbers" | "levels", count = 1): void {
  budget[what] -= count;
  if (budget[what] < 0) throw new TooMuchToRead(`too many ${what}`);
}

const none = new Uint8Array(0);
const text = new TextDecoder();
/** So many groups of seven bits fit a number exactly. */
const exactGroups = 7;
const mostGroups = 10;

/** The fields of a message in order. Throws a RangeError where the bytes are no message. */
export function decodeMessage(bytes: Uint8Array, budget: Budget = wholeBudget()): Field[] {
  const fields: Field[] = [];
  let at = 0;
  const varint = (): number => {
    const read = readVarint(bytes, at);
    if (read === null) throw new RangeError("a number is cut off");
    at = read.end;
    return read.value;
  };
  const take = (length: number): Uint8Array => {
    if (length < 0 || at + length > bytes.byteLength) throw new RangeError("a field is cut off");
    at += length;
    return bytes.subarray(at - length, at);
  };
  while (at < bytes.byteLength) {
    spend(budget, "fields");
    const tag = varint();
    const number = tag >>> 3;
    const wireType = tag & 7;
    if (wireType === 0) fields.push({ number, value: varint(), bytes: none });
    else if (wireType === 1) fields.push({ number, value: 0, bytes: take(8) });
    else if (wireType === 2) fields.push({ number, value: 0, bytes: take(varint()) });
    else if (wireType === 5) fields.push({ number, value: 0, bytes: take(4) });
    else throw new RangeError("an unknown kind of field");
  }
  return fields;
}

/** A whole number of 64 bits with its sign; null where it is cut off or longer. */
function readVarint(bytes: Uint8Array, from: number): { readonly value: number; readonly end: number } | null {
  let value = 0;
  let weight = 1;
  for (let group = 0; group < exactGroups; group += 1, weight *= 128) {
    const byte = bytes[from + group];
    if (byte === undefined) return null;
    value += (byte & 0x7f) * weight;
    if (byte < 0x80) return { value, end: from + group + 1 };
  }
  let large = BigInt(value);
  for (let group = exactGroups; group < mostGroups; group += 1) {
    const byte = bytes[from + group];
    if (byte === undefined) return null;
    large |= BigInt(byte & 0x7f) << BigInt(7 * group);
    if (byte < 0x80) return { value: Number(BigInt.asIntN(64, large)), end: from + group + 1 };
  }
  return null;
}

export const readText = (field: Field | undefined): string => (field === undefined ? "" : text.decode(field.bytes));

/** Adds a repeated whole number to a list: one by one, or packed. */
export function addInts(ints: number[], { bytes, value }: Field, budget: Budget): void {
  if (bytes.byteLength === 0) {
    spend(budget, "numbers");
    ints.push(value);
    return;
  }
  for (let at = 0; at < bytes.byteLength;) {
    spend(budget, "numbers");
    const read = readVarint(bytes, at);
    if (read === null) throw new RangeError("a number is cut off");
    ints.push(read.value);
    at = read.end;
  }
}
