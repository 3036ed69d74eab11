// A passphrase as a lock. Runs in main and the command line.
import { randomBytes, scrypt } from "node:crypto";
import { derive } from "./seal.ts";

/** What scrypt (RFC 7914) costs: 2^logN rounds of 128 · r bytes. */
export interface ScryptCost {
  readonly logN: number;
  readonly r: number;
  readonly p: number;
}

/** The first choice of OWASP's Password Storage Cheat Sheet for scrypt: 128 MiB a try. */
export const passphraseCost: ScryptCost = { logN: 17, r: 8, p: 1 };

/** A file that asks for more than this was not written by us, and would hold the machine up. */
export const mostCost: ScryptCost = { logN: 19, r: 8, p: 4 };

/**
 * With the keychain's share beside it six signs do: whoever has the disk alone cannot try them out. Without it the
 * passphrase stands alone (NIST SP 800-63B asks for eight where tries are limited; a stolen disk limits nothing).
 */
export const leastLength = (keychain: boolean): number => (keychain ? 6 : 12);
export const mostLength = 200;

export const newSalt = (): Uint8Array => new Uint8Array(randomBytes(16));

/** As people type the same sign on different keyboards. Blanks at the ends are slips. */
export const normalPassphrase = (typed: string): string => typed.normalize("NFKC").trim();

/**
 * The lock that a passphrase makes, and the keychain's share where there is one: both are needed then.
 * In a thread of Node's own, so that main answers meanwhile.
 */
export async function passphraseLock(
  typed: string,
  salt: Uint8Array,
  cost: ScryptCost,
  share: Uint8Array | null,
): Promise<Uint8Array> {
  const { logN, r, p } = cost;
  const N = 2 ** logN;
  const bytes = Buffer.from(normalPassphrase(typed), "utf8");
  const stretched = await new Promise<Buffer>((done, failed) => {
    scrypt(bytes, salt, 32, { N, r, p, maxmem: 256 * N * r }, (error, made) => (error ? failed(error) : done(made)));
  });
  bytes.fill(0);
  const both = Buffer.concat([stretched, share ?? new Uint8Array()]);
  const lock = derive(both, salt, "lyssna passphrase/1");
  stretched.fill(0);
  both.fill(0);
  return lock;
}
