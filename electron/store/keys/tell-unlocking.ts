// What was locked, unlocked and tried in vain, written where it can be: in the log of the store that has just been opened.
// Runs in main and the command line.
import type { LogMore, LoggedEvent } from "../../log-events.ts";
import type { Keyring, Secret } from "./keyring.ts";

export type NoteEvent = (event: LoggedEvent, more: LogMore) => Promise<void>;

const ways = {
  none: "keychain",
  passphrase: "passphrase",
  recovery: "recovery",
  organisation: "organisation",
} as const satisfies Record<Secret["kind"], string>;

/** Wrong tries since the log was last told. They are forgotten only when the log has them. */
export async function tellFailedTries(keyring: Keyring, note: NoteEvent): Promise<void> {
  const failed = keyring.untoldTries();
  if (failed === null) return;
  const { count, firstAt: from, lastAt: to } = failed;
  await note("unlock-failed", { by: "app", count, from, to });
  keyring.triesTold();
}

/** That the store is open, by which key, and what was tried before. */
export async function tellUnlocking(keyring: Keyring, secret: Secret["kind"], note: NoteEvent): Promise<void> {
  await tellFailedTries(keyring, note);
  await note("unlocked", { code: ways[secret] });
}
