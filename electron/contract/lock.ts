// The lock and the key. A locked app answers only these calls, and those that keep a recording going.
import { z } from "zod";
import type { KeyStatus } from "../lock-state.ts";
import { call } from "./call.ts";

const passphrase = z.string().min(1).max(1000);
/** What is there now: null where there is no passphrase yet. */
const current = passphrase.nullable();

export const lockCalls = {
  "lock.now": call<null>()(z.tuple([])),
  /** By passphrase; null where the keychain is enough. */
  "lock.unlock": call<null>()(z.tuple([current])),
  /** The first passphrase of a computer that has no keychain. */
  "lock.setUp": call<null>()(z.tuple([passphrase])),
  /** By the recovery code; a new passphrase takes the place of the one that was forgotten, null where none is wanted. */
  "lock.recover": call<null>()(z.tuple([z.string().min(1).max(200), current])),

  "key.status": call<KeyStatus>()(z.tuple([])),
  /** A new passphrase; null takes it away where the keychain is enough. */
  "key.setPassphrase": call<null>()(z.tuple([current, current])),
  /** Answers the code this once. One that was made before opens nothing any more. */
  "key.newRecoveryCode": call<string>()(z.tuple([current])),
} as const;
