// The part of the protobuf wire format that ONNX files need. Runs under Node.
// A message is a list of byte pieces, so that weights of hundreds of megabytes are never copied.

export type Pieces = readonly Uint8Array[];

const text = new TextEncoder();

export const lengthOf = (pieces: Pieces): number => pieces.reduce((sum, piece) => sum + piece.byteLength, 0);

/** Base-128 varint; negative numbers as 64-bit two's complement, as int64 fields want them. */
function varint(value: number | bigint): Uint8Array {
  let rest = BigInt.asUintN(64, BigInt(value));
  const bytes: number[] = [];
  do {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    bytes.push(rest > 0n ? low | 0x80 : low);
  } while (rest > 0n);
  return Uint8Array.from(bytes);
}

const tag = (field: number, wireType: number): Uint8Array => varint((field << 3) | wireType);

export const intField = (field: number, value: number | bigint): Pieces => [tag(field, 0), varint(value)];

export function floatField(field: number, value: number): Pieces {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return [tag(field, 5), bytes];
}

export const bytesField = (field: number, value: Uint8Array): Pieces => [
  tag(field, 2),
  varint(value.byteLength),
  value,
];

export const stringField = (field: number, value: string): Pieces => bytesField(field, text.encode(value));

export const messageField = (field: number, value: Pieces): Pieces => [
  tag(field, 2),
  varint(lengthOf(value)),
  ...value,
];
