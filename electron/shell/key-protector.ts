// The system's keychain as what wraps the store's key. Runs in main.
import type { SafeStorage } from "electron";
import type { KeyProtector } from "../store/keys/keyring.ts";

export type AsyncSafeStorage = Pick<
  SafeStorage,
  "isAsyncEncryptionAvailable" | "encryptStringAsync" | "decryptStringAsync" | "getSelectedStorageBackend"
>;

export interface ProtectorOptions {
  readonly platform: NodeJS.Platform;
  /** Only where a developer asked for it: on Linux without a keychain the key would lie as good as open. */
  readonly allowPlainText: boolean;
}

export function keychainProtector(
  storage: AsyncSafeStorage,
  { platform, allowPlainText }: ProtectorOptions,
): KeyProtector {
  return {
    async available() {
      if (!(await storage.isAsyncEncryptionAvailable())) return false;
      return platform !== "linux" || allowPlainText || storage.getSelectedStorageBackend() !== "basic_text";
    },
    // safeStorage takes text only.
    wrap: async (bytes) => storage.encryptStringAsync(Buffer.from(bytes).toString("base64")),
    async unwrap(bytes) {
      const { result } = await storage.decryptStringAsync(Buffer.from(bytes));
      return new Uint8Array(Buffer.from(result, "base64"));
    },
  };
}
