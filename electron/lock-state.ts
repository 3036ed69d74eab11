// How the app is locked, and what opens it. Values.

/** What has to be given before the app opens. "lost": no key that this computer has opens it, and there is no other way. */
export type LockNeeds = "nothing" | "passphrase" | "recovery" | "set-up";

/** Why it was locked: nobody touched it, the computer sleeps, the system was locked, or somebody wanted it. */
export const lockReasons = ["idle", "sleep", "system", "person"] as const;
export type LockReason = (typeof lockReasons)[number];

export interface LockState {
  readonly locked: boolean;
  readonly needs: LockNeeds;
  /** Whether a recovery code was made. */
  readonly hasRecovery: boolean;
  /** The shortest passphrase that is taken. */
  readonly leastLength: number;
  /** What goes on behind the lock, and keeps the key until it has ended. */
  readonly working: "recording" | "jobs" | null;
}

/** What the key file holds, as the settings show it. */
export interface KeyStatus {
  /** Whether the system's keychain can be used. */
  readonly keychain: boolean;
  readonly passphrase: boolean;
  /** ISO 8601; null where there is no recovery code. */
  readonly recoveryMadeAt: string | null;
  /** The fingerprint of the organisation's public key; null where the organisation has no way in. */
  readonly organisation: string | null;
  readonly leastLength: number;
}

export const openLock: LockState = {
  locked: false,
  needs: "nothing",
  hasRecovery: false,
  leastLength: 6,
  working: null,
};
