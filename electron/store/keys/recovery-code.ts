// The recovery code: 120 random bits as a person can write them down and type them. Pure.
// Six groups of five signs, the last of each a check of the four before it and of the group's place.

/** Crockford's base 32 (crockford.com/base32.html): no I, L, O or U, so that nothing is taken for anything else. */
const signs = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const groups = 6;
const dataPerGroup = 4;
export const recoveryBytes = (groups * dataPerGroup * 5) / 8;

/** Multiplication by x in the field of 32 elements, modulo x⁵ + x² + 1. */
const timesX = (value: number): number => ((value << 1) ^ (value >= 16 ? 0b100101 : 0)) & 31;

/**
 * A sum with a different weight for each place: one wrong sign is always found, and so are two that changed places.
 * The group's number is weighed in, so that groups in another order are found too.
 */
function checkOf(values: readonly number[], group: number): number {
  return timesX([...values, group + 1].reduceRight((sum, value) => timesX(sum) ^ value, 0));
}

/** @param bytes 15 random bytes */
export function writeRecoveryCode(bytes: Uint8Array): string {
  if (bytes.length !== recoveryBytes) throw new RangeError("a recovery code is made of 15 bytes");
  let bits = 0n;
  for (const byte of bytes) bits = (bits << 8n) | BigInt(byte);
  const values = Array.from({ length: groups * dataPerGroup }, (_, at) =>
    Number((bits >> BigInt(5 * (groups * dataPerGroup - 1 - at))) & 31n),
  );
  const words = Array.from({ length: groups }, (_, group) => {
    const own = values.slice(group * dataPerGroup, (group + 1) * dataPerGroup);
    return [...own, checkOf(own, group)].map((value) => signs[value]).join("");
  });
  return words.join("-");
}

export type ReadCode =
  | { readonly kind: "code"; readonly bytes: Uint8Array }
  /** The group, counted from 1, in which something is mistyped. */
  | { readonly kind: "group-wrong"; readonly group: number }
  | { readonly kind: "length-wrong" };

/** Reads what a person typed: small or capital letters, with or without hyphens, O as 0, I and L as 1. */
export function readRecoveryCode(typed: string): ReadCode {
  const plain = typed
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[\s\p{Pd}_.,]/gu, "")
    .replaceAll("O", "0")
    .replaceAll(/[IL]/gu, "1");
  const perGroup = dataPerGroup + 1;
  if (plain.length !== groups * perGroup) return { kind: "length-wrong" };
  let bits = 0n;
  for (let group = 0; group < groups; group++) {
    const values = plain
      .slice(group * perGroup, (group + 1) * perGroup)
      .split("")
      .map((sign) => signs.indexOf(sign));
    const own = values.slice(0, dataPerGroup);
    if (values.includes(-1) || values[dataPerGroup] !== checkOf(own, group)) {
      return { kind: "group-wrong", group: group + 1 };
    }
    for (const value of own) bits = (bits << 5n) | BigInt(value);
  }
  const bytes = new Uint8Array(recoveryBytes);
  for (let at = recoveryBytes - 1; at >= 0; at--, bits >>= 8n) bytes[at] = Number(bits & 255n);
  return { kind: "code", bytes };
}
