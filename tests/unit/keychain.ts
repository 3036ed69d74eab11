// A keychain of one user: it opens only what it wrapped. Tests only.
import type { KeyProtector } from "../../electron/store/keys/keyring.ts";

export function keychain(mask: number): KeyProtector {
  const turn = (bytes: Uint8Array) => bytes.map((byte) => byte ^ mask);
  return {
    available: async () => true,
    wrap: async (bytes) => new Uint8Array([mask, ...turn(bytes)]),
    unwrap: async (bytes) => {
      if (bytes[0] !== mask) throw new Error("not mine");
      return turn(bytes.subarray(1));
    },
  };
}

/** scrypt at a thousandth of its price, so that tests are quick. */
export const cheap = { logN: 10, r: 8, p: 1 } as const;
