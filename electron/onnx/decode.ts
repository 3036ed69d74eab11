// The part of the protobuf wire format that reading ONNX files needs. Runs anywhere.

/** One field of a message. `bytes` is a view for fields with a length, `value` a number for varints. */
export interface Field {
  readonly number: number;
  readonly value: number;
  readonly bytes: Uint8Array;
}

const none = new Uint8Array(0);
const text = new TextDecoder();

/** The fields of a message in order. Throws a RangeError where the bytes are no message. */
export function decodeMessage(bytes: Uint8Array): Field[] {
  const fields: Field[] = [];
  let at = 0;
  const varint = (): number => {
    let low = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at++];
      if (byte === undefined || shift > 63n) throw new RangeError("a number is cut off");
      low |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return Number(BigInt.asIntN(64, low));
    }
  };
  const take = (length: number): Uint8Array => {
    if (length < 0 || at + length > bytes.byteLength) throw new RangeError("a field is cut off");
    at += length;
    return bytes.subarray(at - length, at);
  };
  while (at < bytes.byteLength) {
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

export const readText = (field: Field | undefined): string => (field === undefined ? "" : text.decode(field.bytes));

/** A repeated whole number: one by one, or packed. */
export function packedInts({ bytes, value }: Field): number[] {
  if (bytes.byteLength === 0) return [value];
  const ints: number[] = [];
  let low = 0n;
  let shift = 0n;
  for (const byte of bytes) {
    low |= BigInt(byte & 0x7f) << shift;
    shift += 7n;
    if (byte >= 0x80) continue;
    ints.push(Number(BigInt.asIntN(64, low)));
    low = 0n;
    shift = 0n;
  }
  return ints;
}
